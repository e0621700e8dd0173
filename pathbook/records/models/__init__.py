"""One file a noun; import them from here."""

from pathbook.records.models.action import Action
from pathbook.records.models.activity import Activity
from pathbook.records.models.barrier import Barrier
from pathbook.records.models.before import Before
from pathbook.records.models.cohort import Cohort, CohortStudent, OwnRule
from pathbook.records.models.confirmation import Confirmation
from pathbook.records.models.consent import Consent
from pathbook.records.models.destination import Aspiration, Destination, Intention, PriorRecord
from pathbook.records.models.employer_form import EmployerForm
from pathbook.records.models.guidance import GuidanceMeeting, MeetingDraft
from pathbook.records.models.host import Host
from pathbook.records.models.judgement import Evidence, EvidenceFile, Statement
from pathbook.records.models.next_step import NextStepCode
from pathbook.records.models.note_opening import NoteOpening
from pathbook.records.models.offer import Offer
from pathbook.records.models.participation import Participation
from pathbook.records.models.placement import Placement, PlacementDay, PlacementForm
from pathbook.records.models.plan import ActivityTemplate, ExamDays, YearBudget
from pathbook.records.models.provider import Provider
from pathbook.records.models.reminder import Reminder
from pathbook.records.models.review import AnnualReview
from pathbook.records.models.slot import CalendarFeed, Closure, GuidanceSlot
from pathbook.records.models.snapshot import ReviewNote, Snapshot
from pathbook.records.models.voice import Correction, GuidanceRequest

__all__ = [
    "Action",
    "Activity",
    "ActivityTemplate",
    "AnnualReview",
    "Aspiration",
    "Barrier",
    "Before",
    "CalendarFeed",
    "Closure",
    "Cohort",
    "CohortStudent",
    "Confirmation",
    "Consent",
    "Correction",
    "Destination",
    "EmployerForm",
    "Evidence",
    "EvidenceFile",
    "ExamDays",
    "GuidanceMeeting",
    "GuidanceRequest",
    "GuidanceSlot",
    "Host",
    "Intention",
    "MeetingDraft",
    "NextStepCode",
    "NoteOpening",
    "Offer",
    "OwnRule",
    "Participation",
    "Placement",
    "PlacementDay",
    "PlacementForm",
    "PriorRecord",
    "Provider",
    "Reminder",
    "ReviewNote",
    "Snapshot",
    "Statement",
    "YearBudget",
]
