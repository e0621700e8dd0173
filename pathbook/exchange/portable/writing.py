"""A student's record as this school kept it, signed: what they may see and carry, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pathbook.exchange.portable.canonical import canonical
from pathbook.exchange.portable.keys import own_key, public_half, signature_of
from pathbook.exchange.portable.shape import FORMAT, VERSION
from pathbook.people.keys import new_key
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, Intention, Participation

SUFFIX = ".record.json"


def portable_record(
    student: Student, school: Institution, *, folder: Path, at: datetime, numbers: bool = False, support: bool = False
) -> bytes:
    """The file. `numbers`: UPN and ULN, between schools; `support`: only where the student chose to take it along."""
    key = own_key(folder)
    issued = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = {
        "format": FORMAT, "version": VERSION, "serial": new_key(), "issued_at": issued,
        "school": {"name": school.name, "urn": school.urn}, "key": public_half(key),
        "student": _who(student, numbers), **_what(student, school),
    } | ({"support": _support(student)} if support else {})  # fmt: skip
    return canonical(said | {"signature": signature_of(said, key)}) + b"\n"


def _who(student: Student, numbers: bool) -> dict[str, str]:
    said = {"legal_surname": student.legal_surname, "legal_forename": student.legal_forename, "name": student.name}
    known = {"date_of_birth": student.date_of_birth.isoformat() if student.date_of_birth else ""}
    known |= {"upn": student.upn, "uln": student.uln} if numbers else {}
    return said | {name: value for name, value in known.items() if value}


def _what(student: Student, school: Institution) -> dict[str, Any]:
    years = Enrolment.objects.main().filter(student=student, institution=school).order_by("academic_year", "pk")
    actions = _actions(student)
    return {
        "years": [{"academic_year": row.academic_year, "year_group": row.year_group} for row in years],
        "activities": [_activity(part) for part in _parts(student, school)],
        "guidance": [_meeting(one, actions[one.pk]) for one in _meetings(student, school)],
        "actions": [_action(one) for one in actions[None]],
        "aspirations": [_aspiration(one) for one in _ordered(Aspiration, student, "said_on")],
        "intentions": [
            {"recorded_on": one.recorded_on.isoformat(), "code": one.code}
            for one in _ordered(Intention, student, "recorded_on")
        ],
    }


def _parts(student: Student, school: Institution) -> Iterable[Participation]:
    """What another school sent is that school's to sign: it stands in its own file."""
    rows = Participation.objects.attended().filter(
        student=student, activity__institution=school, activity__withdrawn_at=None, activity__elsewhere=""
    )
    return rows.select_related("activity__provider").order_by("on", "pk")


def _meetings(student: Student, school: Institution) -> Iterable[GuidanceMeeting]:
    rows = GuidanceMeeting.objects.held().filter(student=student, institution=school, elsewhere="")
    return rows.defer("private_note").order_by("held_on", "pk")


def _actions(student: Student) -> Mapping[int | None, Sequence[Action]]:
    found: dict[int | None, list[Action]] = defaultdict(list)
    for one in Action.objects.filter(student=student).order_by("agreed_on", "pk"):
        found[one.meeting_id].append(one)
    return found


def _ordered(model: Any, student: Student, day: str) -> Iterable[Any]:
    rows: Iterable[Any] = model.objects.filter(student=student).order_by(day, "pk")
    return rows


def _activity(part: Participation) -> dict[str, Any]:
    one = part.activity
    return {
        "title": one.title, "kind": one.kind, "also": list(one.also), "date": part.on.isoformat(),
        "hours": f"{part.hours:.1f}", "provider": one.provider.name if one.provider else "",
        "provider_type": one.provider_type, "sector": one.sector, "subject": one.subject, "technical": one.technical,
        "checklist": list(one.checklist), "meaningful": one.meaningful, "reflection": part.reflection,
    }  # fmt: skip


def _meeting(one: GuidanceMeeting, actions: Iterable[Action]) -> dict[str, Any]:
    assert one.held_on
    said = {
        "held_on": one.held_on.isoformat(), "adviser_level": one.adviser_level or 0, "summary": one.summary,
        "nothing_agreed": one.nothing_agreed, "actions": [_action(action) for action in actions],
    }  # fmt: skip
    said |= {"booked_on": one.booked_on.isoformat()} if one.booked_on else {}
    return said | ({"minutes": one.minutes} if one.minutes is not None else {})


def _action(one: Action) -> dict[str, Any]:
    said = {"what": one.what, "owner": one.owner, "agreed_on": one.agreed_on.isoformat(),
            "due_on": one.due_on.isoformat()}  # fmt: skip
    return said | ({"closed_on": one.closed_on.isoformat(), "outcome": one.outcome} if one.closed_on else {})


def _aspiration(one: Aspiration) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in ("words", "pathway", "occupation", "soc2020", "sector")}
    sure = {"certainty": one.certainty} if one.certainty else {}
    return said | sure | {"said_on": one.said_on.isoformat()}


def _support(student: Student) -> list[str]:
    latest = Enrolment.objects.main().filter(student=student).order_by("-academic_year", "-pk").first()
    return [latest.get_sen_display()] if latest and latest.sen != "N" else []
