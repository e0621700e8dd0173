"""A student's record as this school kept it, signed: what they may see and carry, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pathbook.exchange.portable.canonical import canonical
from pathbook.exchange.portable.keys import own_key, public_half, signature_of
from pathbook.exchange.portable.shape import FORMAT, VERSION
from pathbook.people.keys import new_key
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, Intention, Participation

SUFFIX = ".record.json"
Rows = Mapping[int, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What this school recorded of some students, table by table, by the student's number. What another school sent is
    that school's to sign: it stands in its own file.
    """

    years: Rows
    parts: Rows
    meetings: Rows
    actions: Rows
    aspirations: Rows
    intentions: Rows


def portable_record(
    student: Student, school: Institution, *, folder: Path, at: datetime, numbers: bool = False, support: bool = False
) -> bytes:
    """The file. `numbers`: UPN and ULN, between schools; `support`: only where the student chose to take it along."""
    more = {"support": _support(student)} if support else {}
    ((_, said),) = portable_records([student], school, folder=folder, at=at, numbers=numbers, more=more)
    return said


def portable_records(
    students: Sequence[Student], school: Institution, *, folder: Path, at: datetime, numbers: bool,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> Iterator[tuple[Student, bytes]]:  # fmt: skip
    """A file each. Six queries and the key once, however many they are."""
    key, kept = own_key(folder), _kept(students, school)
    issued = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for one in students:
        said = {
            "format": FORMAT, "version": VERSION, "serial": new_key(), "issued_at": issued,
            "school": {"name": school.name, "urn": school.urn}, "key": public_half(key),
            "student": _who(one, numbers), **_what(one.pk, kept), **more,
        }  # fmt: skip
        yield one, canonical(said | {"signature": signature_of(said, key)}) + b"\n"


def _who(student: Student, numbers: bool) -> dict[str, str]:
    said = {"legal_surname": student.legal_surname, "legal_forename": student.legal_forename, "name": student.name}
    known = {"date_of_birth": student.date_of_birth.isoformat() if student.date_of_birth else ""}
    known |= {"upn": student.upn, "uln": student.uln} if numbers else {}
    return said | {name: value for name, value in known.items() if value}


def _kept(students: Iterable[Student], school: Institution) -> Kept:
    whose: dict[str, Any] = {"student__in": [one.pk for one in students]}
    own = whose | {"elsewhere": ""}
    years = Enrolment.objects.main().filter(institution=school, **whose)
    parts = Participation.objects.attended().filter(
        activity__institution=school, activity__withdrawn_at=None, activity__elsewhere="", **whose
    )
    meetings = GuidanceMeeting.objects.held().filter(institution=school, **own).defer("private_note")
    return Kept(
        _each(years, "academic_year"), _each(parts.select_related("activity__provider"), "on"),
        _each(meetings, "held_on"), _each(Action.objects.filter(**own), "agreed_on"),
        _each(Aspiration.objects.filter(**own), "said_on"), _each(Intention.objects.filter(**own), "recorded_on"),
    )  # fmt: skip


def _each(rows: Any, day: str) -> Rows:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by(day, "pk"):
        found[row.student_id].append(row)
    return found


def _what(student: int, kept: Kept) -> dict[str, Any]:
    agreed: dict[int | None, list[Action]] = defaultdict(list)
    for one in kept.actions.get(student, ()):
        agreed[one.meeting_id].append(one)
    return {
        "years": [
            {"academic_year": row.academic_year, "year_group": row.year_group} for row in kept.years.get(student, ())
        ],
        "activities": [_activity(part) for part in kept.parts.get(student, ())],
        "guidance": [_meeting(one, agreed[one.pk]) for one in kept.meetings.get(student, ())],
        "actions": [_action(one) for one in agreed[None]],
        "aspirations": [_aspiration(one) for one in kept.aspirations.get(student, ())],
        "intentions": [
            {"recorded_on": one.recorded_on.isoformat(), "code": one.code} for one in kept.intentions.get(student, ())
        ],
    }


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
