"""Every role of product.md at every address: what it opens, whose words it shows there, and the one event each reading leaves.

A string of its own stands in every field that holds words about a student. It may be met only by a role that the access
table gives that part of the record to; an audit or a log that holds one, or a denied page that leaves an event, fails.
Looking changes nothing but the audit, and nothing looked at is kept by a browser.
"""

import csv
import logging
import zlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client

from pathbook.audit.models import Event
from pathbook.needs.models import Dismissal
from pathbook.people import access
from pathbook.people.models import Place, Role
from pathbook.records.models import Aspiration, Barrier, Destination, MeetingDraft, Offer
from tests import make
from tests.web.test_every_page import PAGES, address, ask, look, words_of
from tests.web.things import things_of

pytestmark = pytest.mark.django_db
POLICY = {row["role"]: row for row in csv.DictReader((Path(__file__).parents[1] / "people/policy.csv").open())}
OVER = {Role.FORM_TUTOR: Place.TUTOR_GROUP, Role.HEAD_OF_YEAR: Place.YEAR_GROUP, Role.SUBJECT_TEACHER: Place.GROUP,
        Role.STUDENT: Place.STUDENT, Role.PARENT: Place.STUDENT}  # fmt: skip
MAY_CHANGE = {"audit_event", "django_session", "sqlite_sequence"}  # who looked, and that they are still signed in
FORMER = "former"  # a careers leader until yesterday

# field -> the parts of the record any one of which shows it; () is shown on no page to anybody but its writer
WORDS = {
    "people.Student.upn": (access.ROLL, access.ERASURE),
    "people.Student.uln": (access.ROLL,),
    "people.Student.legal_surname": (access.IDENTITY, access.SHARED, access.ERASURE, access.SHARING),
    "people.Student.middle_names": (access.ROLL,),
    "people.Enrolment.first_language": (access.ROLL,),
    "people.Enrolment.ethnicity": (access.ROLL,),
    "records.GuidanceMeeting.purpose": (access.GUIDANCE,),
    "records.GuidanceMeeting.summary": (access.GUIDANCE,),
    "records.GuidanceMeeting.private_note": (),
    "records.Before.words": (access.GUIDANCE,),
    "records.Confirmation.words": (access.GUIDANCE,),
    "records.MeetingDraft.says": (),
    "records.NoteOpening.reason": (),
    "records.Participation.reflection": (access.ACTIVITIES,),
    "records.Placement.named_host": (access.ACTIVITIES,),
    "records.Placement.reflection": (access.ACTIVITIES,),
    "records.Placement.called_off_why": (access.ACTIVITIES,),
    "records.Action.what": (access.ACTIONS, access.GUIDANCE),
    "records.Action.evidence": (access.ACTIONS, access.GUIDANCE),
    "records.Barrier.words": (access.NEEDS,),
    "records.Aspiration.words": (access.ASPIRATIONS, access.SHARED),
    "records.GuidanceRequest.words": (access.VOICE, access.ANSWERS),
    "records.GuidanceRequest.answer": (access.VOICE, access.ANSWERS),
    "records.Correction.words": (access.VOICE, access.ANSWERS),
    "records.Correction.answer": (access.VOICE, access.ANSWERS),
    "records.Offer.course": (access.ASPIRATIONS,),
    "records.Destination.source": (access.ASPIRATIONS,),
    "needs.Dismissal.reason": (access.NEEDS,),
    "uptake.SurveyResponse.said": (access.ANSWERS,),
    "uptake.Observation.words": (access.MONITORING,),
}
# Fields of a student's rows that are codes, other people's names, keys, or kept for matching and on no page.
NOT_THEIR_WORDS = {
    "people.Student.mis_id", "people.Student.legal_forename", "people.Student.preferred_surname",
    "people.Student.preferred_forename", "people.FormerUpn.upn", "people.FormerName.surname",
    "people.FormerName.forename", "people.SubjectStudied.subject", "people.GuardianLink.relation",
    "records.GuidanceMeeting.adviser_name", "records.GuidanceMeeting.reason", "records.GuidanceMeeting.reason_before", "records.GuidanceMeeting.no_next",
    "records.Action.owner_name", "records.Action.closed_by", "records.Barrier.kind", "records.Aspiration.occupation",
    "records.Aspiration.soc2020", "records.Aspiration.sector", "records.Intention.code", "records.Destination.code",
    "records.NoteOpening.officer_saw_by", "records.GuidanceRequest.answered_by", "records.Correction.answered_by", "records.Offer.provider", "records.Destination.place", "exchange.AuthorityLine.digest", "needs.Dismissal.code",
    "needs.Dismissal.criterion", "needs.Dismissal.fingerprint", "needs.Dismissal.restored_by",
    "needs.ProposedPlace.need", "needs.ProposedPlace.needs", "needs.ProposedPlace.offer", "needs.ProposedPlace.why",
    "needs.ProposedPlace.refused", "people.JoiningCode.digest",
    "uptake.Observation.form", "uptake.Observation.subject", "uptake.Observation.found", "uptake.Observation.seen_by",
    "uptake.CheckAnswer.said", "uptake.CheckAnswer.stood",
    "records.Consent.said_by",
    "records.Placement.named_email", "records.Placement.approved_by", "records.Placement.called_off_by", "records.Placement.done_by",
    "uptake.SurveyCode.digest", "uptake.SurveyCode.label",
    "records.GuidanceMeeting.elsewhere", "records.Action.elsewhere", "records.Aspiration.elsewhere", "records.Intention.elsewhere",
    "records.PriorRecord.source", "exchange.RecordRun.file_name", "exchange.RecordRun.serial", "exchange.RecordRun.source",
    "exchange.RecordRun.counts", "exchange.RecordRun.undo", "exchange.RecordRun.undone_by",
    "people.Erasure.reason",
    "people.Objection.withdrawn_by",
}  # fmt: skip

# What each role that test_every_page does not walk opens (200 to GET). `home` and the rest of ALL are everybody's.
ALL = {
    "calendar-feed",
    "home",
    "help",
    "health",
    "privacy",
    "accessibility",
    "notice",
    "gallery",
    "set-up",
    "password",
    "account",
    "mfa_index",
    "mfa_list_webauthn",
    "leave-whiteboard",
    "answer-thanks",
    "say",
    "say-code",
    "say-thanks",
    "placement-thanks",
}
IDENTITY = {"students", "student"}
PROGRAMME = {"activities", "activity", "programme", "programme-calendar", "sheets"}
NEXT = {"next-steps", "offers", "leavers", "at-risk", "outcomes", "next-codes"}
RECORD = {"student-next", "student-guidance", "student-benchmarks", "student-needs", "coverage", "coverage-cell", "workplace-days", "workplace-days-csv", "needs",
          "actions", "action", "parents-evening", "records-pdf", "record-pdf", "tutor-group-pdf"}  # fmt: skip
WHOLE = {
    "evaluation",
    "use",
    "use-pdf",
    "charts",
    "years-svg",
    "nation",
    "equity",
    "provider-access",
    "loop",
    "demand",
    "demand-of",
    "needs-rules",
    "governors-pdf",
    "reviews-pdf",
}
MINE = {
    "me",
    "my-record",
    "my-plan",
    "my-wish",
    "ask-for-guidance",
    "something-is-wrong",
    "my-readers",
    "my-record-pdf",
    "take-it-with-me",
    "my-record-file",
    "reflect",
    "my-placement",
    "propose-placement",
    "my-host",
    "my-placement-day",
    "my-placement-reflect",
    "my-sharing",
    "child-sharing",
}
DIARY = {"appointments", "book-meeting", "calendars", "cancel-meeting", "closures", "missed-meetings", "move-meeting",
         "no-next-meeting", "not-attended", "offer-slots", "slots-week"}  # fmt: skip
PLACES = {"capacity", "places", "places-progress", "proposal"}
OPENS = {
    Role.ADVISER: ALL | IDENTITY | PROGRAMME | RECORD | NEXT | WHOLE | DIARY
    | {"record-file", "leavers-zip", "year-pdf", "record-meeting", "write-up", "write-up-needs", "hope", "agree-action", "change-action", "answers"},
    Role.HEAD_OF_YEAR: ALL | IDENTITY | PROGRAMME | RECORD | NEXT | WHOLE | {"log-activity", "consent", "placements", "placement", "agree-action", "change-action", "answers"},
    Role.SENDCO: ALL | IDENTITY | PROGRAMME | RECORD | NEXT | WHOLE | {"year-pdf"},
    Role.SENIOR_LEADER: ALL | IDENTITY | PROGRAMME | RECORD | NEXT | WHOLE | PLACES | {"year-pdf"},
    Role.SUBJECT_TEACHER: ALL | IDENTITY | PROGRAMME | {"student-next"},
    Role.TRUST_LEAD: ALL | {"evaluation", "use", "use-pdf", "charts", "years-svg", "nation", "equity", "provider-access", "governors-pdf", "loop", "loop-csv"},
    Role.IT_ADMIN: ALL | {"staff", "one-account", "codes", "safeguarding", "institution-kind", "access-review", "access-review-csv"},
    Role.DPO: ALL | {"audit", "notes-opened", "requests", "erase-student", "due", "due-named", "papers", "paper", "student-sharing"},
    Role.STUDENT: (ALL - {"home"}) | IDENTITY | RECORD | MINE | {"hope"},
    Role.PARENT: (ALL - {"home"}) | {"child", "child-sharing"},  # with one child, home and family lead straight there
    FORMER: {"health", "privacy", "accessibility", "calendar-feed", "say", "say-code", "say-thanks", "placement-thanks"},
}  # fmt: skip
for staff in set(OPENS) - {Role.STUDENT, Role.PARENT, FORMER}:
    OPENS[staff] |= {"answer"}  # staff are asked too
for role in (Role.ADVISER, Role.HEAD_OF_YEAR):
    OPENS[role] |= {"survey-said"}
KEPT = {"kept-about-me"}  # every member of staff's own
for staff in set(OPENS) - {Role.STUDENT, Role.PARENT, FORMER}:
    OPENS[staff] |= KEPT
OPENS[Role.SENIOR_LEADER] |= {"reading", "one-reader", "surveys", "survey", "survey-preview", "survey-results"}
OPENS[Role.HEAD_OF_YEAR] |= {"monitoring", "monitoring-csv", "round", "round-csv", "observation-photograph"}
OPENS[Role.SENIOR_LEADER] |= {"monitoring", "round", "round-new", "observation", "observation-photograph"}
OPENS[Role.SENIOR_LEADER] |= {
    "monitoring-csv",
    "round-csv",
    "training-csv",
    "training-who-csv",
    "reading-csv",
    "one-reader-csv",
}
OPENS[Role.SENIOR_LEADER] |= {"training", "training-who"}
OPENS[Role.SENIOR_LEADER] |= {"reading", "surveys", "survey", "survey-preview", "survey-results", "survey-results-csv"}
OPENS[Role.SENIOR_LEADER] |= {
    "criterion",
    "evidence-file",
    "snapshots",
    "typing-sheet",
    "forecast",
    "what-if",
    "pass-rule",
}
# Opening one of these is reading that one student's record; the files name each student in them.
READS = {
    "my-sharing",
    "child-sharing",
    "student-sharing",
    "erase-student",
    "student",
    "student-guidance",
    "student-benchmarks",
    "student-needs",
    "student-access",
    "student-next",
    "coverage-cell",
    "hope",
    "write-up",
    "me",
    "my-record",
    "my-plan",
    "my-placement",
    "placement",
    "child",
    "survey-said",
    "observation",
    "observation-photograph",
}
COPIES = {**{f"{page}-{kind}": "exported" for page in ("students", "coverage", "actions", "workplace-days", "placements", "round", "one-reader") for kind in ("csv", "xlsx")}, "records-pdf": "printed",
          "record-pdf": "printed", "parents-evening": "printed", "tutor-group-pdf": "printed", "my-record-pdf": "printed",
          "my-record-file": "exported", "record-file": "exported", "leavers-zip": "exported"}  # fmt: skip


def canary(field):
    """Ten letters and digits, so that it fits where a UPN does."""
    return f"CAN{zlib.crc32(field.encode()) % 10**7:07}"


@pytest.fixture
def cast():
    class Cast:
        adviser = make.adviser("Author Adviser")
        mine = make.student(
            "Mine", canary("people.Student.legal_surname"), group="10B", sen="E", upn=canary("people.Student.upn"),
            uln=canary("people.Student.uln"), middle_names=canary("people.Student.middle_names"),
            first_language=canary("people.Enrolment.first_language"), ethnicity=canary("people.Enrolment.ethnicity")[:10],
        )  # fmt: skip
        activity = make.activity(asks_consent=True)
        group, taught = make.group(), make.taught()

    make.member(Cast.mine, Cast.group)
    took_part = make.participation(Cast.mine, Cast.activity)
    took_part.reflection = canary("records.Participation.reflection")
    took_part.save()
    Cast.meeting = make.guidance_meeting(
        Cast.mine, adviser=Cast.adviser.staff, adviser_name="Author Adviser",
        **{name: canary(f"records.GuidanceMeeting.{name}") for name in ("purpose", "summary", "private_note")},
    )  # fmt: skip
    make.before(Cast.mine, canary("records.Before.words"), row=Cast.meeting.pk)
    make.confirmation(Cast.meeting, "not", canary("records.Confirmation.words"))
    said = {"window": "w", "said": {"summary": canary("records.MeetingDraft.says")}, "others": []}
    by = {"recorded_by": "a test", "recorded_at": make.NOW}
    MeetingDraft.objects.create(meeting=Cast.meeting, author_id=Cast.adviser.pk, says=said, base=1, **by)
    make.note_opening(Cast.meeting, Cast.adviser, reason=canary("records.NoteOpening.reason"), at=make.NOW - timedelta(days=9),
                      author_saw_at=make.NOW, officer_saw_at=make.NOW)  # fmt: skip
    dan = make.adviser().staff
    slot = make.slot(dan, make.at(make.TODAY, 14))
    Cast.booked = make.guidance_meeting(Cast.mine, status="booked", planned_on=make.TODAY, adviser=dan, slot=slot)
    Cast.placement = make.placement(Cast.mine, **{
        name: canary(f"records.Placement.{name}") for name in ("named_host", "reflection")})  # fmt: skip
    Cast.host = make.host()
    Cast.feed = make.calendar_feed(adviser=dan)
    Cast.evidence = make.evidence_file()
    Cast.proposal = make.proposal(Cast.mine)
    Cast.action = make.action(Cast.mine, canary("records.Action.what"), evidence=canary("records.Action.evidence"))
    Aspiration.objects.create(student=Cast.mine, words=canary("records.Aspiration.words"), said_on=make.TODAY, **by)
    Barrier.objects.create(
        student=Cast.mine, kind="transport", words=canary("records.Barrier.words"), said_on=make.TODAY, **by
    )
    Offer.objects.create(student=Cast.mine, provider="College", course=canary("records.Offer.course"), status="offered",
                         on=make.TODAY, **by)  # fmt: skip
    make.guidance_request(Cast.mine, canary("records.GuidanceRequest.words"))
    make.guidance_request(Cast.mine, answer=canary("records.GuidanceRequest.answer"), answered_on=make.TODAY)
    make.correction(Cast.mine, canary("records.Correction.words"))
    make.correction(Cast.mine, answer=canary("records.Correction.answer"), answered_on=make.TODAY, outcome="left")
    Destination.objects.create(
        student=Cast.mine, as_of=make.TODAY, code="210", source=canary("records.Destination.source"), **by
    )
    Dismissal.objects.create(
        student=Cast.mine, code="no_guidance", fingerprint="f", reason=canary("needs.Dismissal.reason"),
        said_on=make.TODAY, until=make.TODAY + timedelta(days=30), **by,
    )  # fmt: skip
    Cast.people = {
        who: holder(Cast, who)
        for who in (*OPENS, Role.CAREERS_LEADER, Role.FORM_TUTOR, Role.GOVERNOR, Role.DATA_MANAGER)
    }
    ask(Cast, said=canary("uptake.SurveyResponse.said"))
    look(Cast, canary("uptake.Observation.words"))
    Cast.elsewhere, _ = things_of("elsewhere", at=make.school("Other School"))
    return Cast


def holder(cast, who):
    """Somebody who is no one's author, with that role over a place that reaches Mine."""
    someone = make.account(f"Holder of {who}")
    if who == FORMER:
        make.role(someone, Role.CAREERS_LEADER, ends_on=make.TODAY - timedelta(days=1))
        return someone
    place = OVER.get(who, Place.INSTITUTION)
    over = {
        Place.TUTOR_GROUP: {"tutor_group": make.tutor_group("10B")}, Place.YEAR_GROUP: {"year_group": 10},
        Place.GROUP: {"group": cast.group}, Place.STUDENT: {"student": cast.mine}, Place.INSTITUTION: {},
    }[place]  # fmt: skip
    make.role(someone, who, place, **over)
    return someone


def opened(cast, who, name):
    client = Client(raise_request_exception=False)
    client.force_login(cast.people[who])
    return client.get(address(name, cast, cast.mine))


@dataclass
class Visit:
    """One page asked for: the answer, what is written on it (a PDF's pages too), and the events of a student it left."""

    name: str
    answer: HttpResponse
    said: str
    left: list


def walked(cast, who):
    """Every page of the table, asked for by one person in one session."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.people[who])  # signing in itself notes when
    before, visits = everything(), []
    for name in PAGES:
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        answer = client.get(address(name, cast, cast.mine))
        left = list(Event.objects.filter(pk__gt=last, noun="student").values_list("verb", "student_id"))
        visits.append(Visit(name, answer, words_of(answer), left))
    after = everything()
    assert [table for table in before if after[table] != before[table]] == [], "looking changes nothing but the audit"
    return visits


def everything():
    with connection.cursor() as cursor:
        names = [n for n in connection.introspection.table_names(cursor) if n not in MAY_CHANGE]
        return {name: cursor.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


@pytest.mark.parametrize("who", [*OPENS, Role.CAREERS_LEADER, Role.FORM_TUTOR, Role.GOVERNOR, Role.DATA_MANAGER])
def test_a_role_at_every_address(cast, who, caplog):
    """One walk, read for all of it: what opens, whose words are met, the event each reading leaves, what may be kept."""
    caplog.set_level(logging.DEBUG)
    visits = walked(cast, who)
    if who in OPENS:
        opens_what_it_is_for_and_nothing_else(who, visits)
    meets_no_words_of_a_part_it_is_not_given(who, visits)
    assert [one.name for one in visits if cast.elsewhere in one.said] == [], "of another school"
    leaves_one_event_for_a_reading_and_none_for_a_refusal(cast, visits, own=who == Role.STUDENT)
    asks_that_nothing_is_kept_nor_framed(visits)
    rows = str(list(Event.objects.values_list("actor_name", "noun", "detail")))
    assert [field for field in WORDS if canary(field) in rows] == [], "no event holds any of the words"
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert lines or who not in (Role.GOVERNOR, FORMER), "refusals are logged"
    assert [line for line in lines for field in WORDS if canary(field) in line] == []
    assert not any("sessionid" in line or "csrftoken" in line for line in lines)


def opens_what_it_is_for_and_nothing_else(who, visits):
    found = {one.name for one in visits if one.answer.status_code == 200}
    right = OPENS[who] | {name for name in PAGES if page_of(name) in OPENS[who]}
    assert found - right == set(), "opened and should not"
    assert right - found == set(), "should open"


def page_of(name):
    """A table's file opens for whoever its page opens for."""
    page, _, kind = name.rpartition("-")
    return page if kind in ("csv", "xlsx") else ""


def meets_no_words_of_a_part_it_is_not_given(who, visits):
    given = {part for part in access.STUDENT_PARTS if who != FORMER and POLICY[who][part] != "none"}
    met = set()
    for one in visits:
        here = {field for field in WORDS if canary(field) in one.said}
        wrong = [f for f in here if not set(WORDS[f]) & given and not may_by_name(f, who, one.name)]
        assert wrong == [], (who, one.name)
        met |= here
    if who == Role.CAREERS_LEADER:
        planted = {"records.GuidanceMeeting.summary", "people.Student.upn", "records.Action.what"}
        assert planted <= met, "planted and found"
    if who in (Role.IT_ADMIN, Role.DPO, Role.GOVERNOR, Role.TRUST_LEAD, FORMER):
        on_request = {"people.Student.upn", "people.Student.legal_surname"} if who == Role.DPO else set()
        assert met - {"records.NoteOpening.reason"} - on_request == set()


def leaves_one_event_for_a_reading_and_none_for_a_refusal(cast, visits, *, own):
    assert {one.name for one in visits} >= READS | set(COPIES)
    for one in visits:
        if one.name not in READS | set(COPIES):
            continue
        right = [COPIES.get(one.name, "read_own" if own else "read")] if one.answer.status_code == 200 else []
        assert one.left == [(verb, cast.mine.pk) for verb in right], one.name


def asks_that_nothing_is_kept_nor_framed(visits):
    for one in visits:
        answer = one.answer
        assert "no-store" in answer["Cache-Control"], one.name
        assert "default-src 'none'" in answer["Content-Security-Policy"], one.name
        assert answer["X-Frame-Options"] == "DENY", one.name


def may_by_name(field, who, name):
    """The officer reads why a note was opened, on that one page."""
    return field == "records.NoteOpening.reason" and who == Role.DPO and name == "notes-opened"


def test_the_writer_alone_meets_the_working_note_and_the_draft(cast):
    client = Client()
    client.force_login(cast.adviser)
    said = client.get(f"/guidance/{cast.meeting.key}/").content.decode()
    assert canary("records.MeetingDraft.says") in said or canary("records.GuidanceMeeting.private_note") in said
    assert canary("records.GuidanceMeeting.private_note") not in words_of(opened(cast, Role.ADVISER, "write-up"))


def test_every_field_of_words_about_a_student_is_planted_or_said_to_be_none():
    """A new one fails here until somebody says which part of the record shows it."""
    found = set()
    for model in apps.get_models():
        about = {f.related_model.__name__ for f in model._meta.fields if f.related_model}
        if model.__module__.startswith("pathbook.") and (
            model.__name__ == "Student" or about & {"Student", "GuidanceMeeting"}
        ):
            wordy = (models.CharField, models.TextField, models.JSONField)
            found |= {
                f"{model._meta.app_label}.{model.__name__}.{f.name}" for f in model._meta.fields
                if isinstance(f, wordy) and not f.choices and f.name not in ("key", "recorded_by")
            }  # fmt: skip
    ours = {name for name in found if ".RoleHeld." not in name}
    assert ours - set(WORDS) - NOT_THEIR_WORDS == set()
    assert (set(WORDS) | NOT_THEIR_WORDS) - ours == set(), "no longer a field"
