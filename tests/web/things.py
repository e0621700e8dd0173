"""One student of each kind of thing there is, and the things, all under one mark that may be looked for."""

from datetime import date

from pathbook.needs.models import Dismissal
from pathbook.people.models import SubjectStudied
from pathbook.records.models import ActivityTemplate, Aspiration, Barrier, Closure, ExamDays
from tests import make


def things_of(name, year=10, group="10B", at=None, **said):
    """A student whose every thing carries their own mark, and the keys of those things."""
    mark = f"Zz{name}mark"
    common = (
        mark if at else f"Common {name}"
    )  # what everybody of that school may see: its programme, its staff, its closures
    one = make.student(name.title(), mark, year=year, group=group, at=at, **said)
    by = {"recorded_by": "a test", "recorded_at": make.NOW}
    there = {"institution": one.institution}
    dan = make.Staff.objects.create(institution=one.institution, name=f"Dan {common}", level=6)
    fair, proposal, asked = (
        make.activity(f"Visit {common}"),
        make.proposal(one),
        make.survey(title=common, is_named=True),
    )
    taught = make.taught(f"Class {common}")
    for made in (fair, proposal, asked, taught):
        type(made).objects.filter(pk=made.pk).update(**there)
    # a leaver is not drawn any more
    drawn = make.student("Stand", "In", year=year, at=at) if "end_date" in said else one
    SubjectStudied.objects.create(student=drawn, academic_year=make.YEAR, subject=f"Subject of {name}")
    looked = make.monitoring_round(subjects=[f"Subject of {name}"], at=one.institution)
    seen = make.observed(looked.observations.get(), words=mark)
    make.photograph(seen)
    type(seen).objects.filter(pk=seen.pk).update(student=one)
    meeting = make.guidance_meeting(one, summary=mark, purpose=mark, private_note=mark)
    return mark, {
        "student": one.key, "row": "GB5.1", "version": 1, "meeting": meeting.key,
        "booked": make.guidance_meeting(one, status="booked", planned_on=make.TODAY, adviser=dan).key,
        "missed": make.guidance_meeting(one, status="not_attended", planned_on=date(2026, 1, 5), reason=mark).key,
        "action": make.action(one, mark).key,
        "wish": Aspiration.objects.create(student=one, words=mark, said_on=make.TODAY, **by).pk,
        "barrier": Barrier.objects.create(student=one, kind="transport", words=mark, said_on=make.TODAY, **by).key,
        "dismissal": Dismissal.objects.create(student=one, code="no_guidance", fingerprint="f", reason=mark,
                                              said_on=make.TODAY, until=date(2026, 3, 3), **by).pk,
        "placement": make.placement(one, named_host=mark, reflection=mark).key, "party": "employer",
        "host": make.host(f"Host {common}", at=one.institution).key,
        "request": make.guidance_request(one, mark).key, "correction": make.correction(one, mark).key,
        "participation": make.participation(one, fair).pk,
        "opening": make.note_opening(meeting, make.adviser(f"Ann {name}"), reason=common).key,
        "proposal": proposal.key, "survey": asked.key, "objection": make.objection(one).pk, "family": make.guardian(one).links.get().pk, "employer": make.employer_form(fair)[0].pk, "class": taught.pk,
        "activity": fair.key, "account": (someone := make.careers_leader(f"Leader {common}", at=at)).pk,
        "role": someone.roles.get().pk, "feed": make.calendar_feed(adviser=dan).pk,
        "round": looked.key, "observation": seen.key, "follow_up": make.follow_up(looked, dan).key,
        "training": make.training(at=one.institution).key,
        "exams": ExamDays.objects.create(first_day=make.TODAY, last_day=make.TODAY, why=common, **there, **by).pk,
        "template": ActivityTemplate.objects.create(title=common, **there, **by).key,
        "closure": Closure.objects.create(first_day=make.TODAY, last_day=make.TODAY, why=common, **there, **by).pk,
        "statement": make.statement(words=common, at=one.institution).key, "evidence": make.evidence_file(one.institution).key,
        "cohort": make.cohort(why=common, at=one.institution).key, "rule": make.own_rule(why=common, at=one.institution).key,
        "snapshot": (frozen := make.snapshot(at=one.institution)).key, "note": make.review_note(frozen).key,
    }  # fmt: skip
