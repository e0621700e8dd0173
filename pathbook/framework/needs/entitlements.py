"""What everyone should have and this student has not: the criteria judged unmet, each with its day."""

from collections.abc import Iterator
from datetime import date

from pathbook.framework.facts import Took
from pathbook.framework.measure import Measure, Verdict
from pathbook.framework.measures import is_a_gap
from pathbook.framework.needs.days import LAW, due_by
from pathbook.framework.needs.facts import Known
from pathbook.framework.needs.guidance import GO_TO_IT
from pathbook.framework.needs.need import Evidence, Found
from pathbook.framework.needs.programme import MEETING, Wanted, said
from pathbook.framework.needs.rules import Item, Rule
from pathbook.framework.needs.school_day import SchoolDay
from pathbook.framework.tally import QUALIFIED_LEVEL, Windows, windows_of

PROVIDERS = ("GB7.1.", "GB7.1C.")  # one kind of provider each
SUBJECTS = "GB4.1C"  # of a college's programme; a school's GB4.1 is of the year, in the 2025 set
QUALIFIED = ("GB8.1a", "GB8.1b", "GB8.1C")  # only an adviser of that level counts, in the 2025 set


def entitlement_gap(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """Each criterion that is the student's own to have, applies to them and is not met (Judged.gaps counts the same)."""
    for row in _open(who, day):
        item = rule.item_of(row.id, day.set_id)
        if item is not None and is_a_gap(row.id):
            yield _gap(who, row, item, day)


def provider_access(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """The law's six encounters, two in each phase."""
    for row in _open(who, day):
        if row.id in rule.items:
            yield _gap(who, row, rule.items[row.id], day)


def _open(who: Known, day: SchoolDay) -> Iterator[Measure]:
    judged = who.facts.judged
    return (row for id, row in day.rows.items() if id in judged.applying and not judged.verdicts[id].met)


def _gap(who: Known, row: Measure, item: Item, day: SchoolDay) -> Found:
    verdict = who.facts.judged.verdicts[row.id]
    due = due_by(row, who.year_group, day.year)
    evidence, unfinished = _rests_on(who, row, item, day)
    booked = row.kind == MEETING and verdict.coming
    return Found(
        f"{_lacks(verdict, item)}; due by {_by(row, who.year_group, due)}.", due, evidence, criterion=row.id,
        rests_on=f"{verdict.had:g} of {verdict.needed:g}", item=item, wants=_wanted(who, row, day),
        step=GO_TO_IT if booked else unfinished or item.step, booked=booked,
    )  # fmt: skip


def _lacks(verdict: Verdict, item: Item) -> str:
    if verdict.had and item.some:
        return item.some.format(had=f"{verdict.had:g}", needed=f"{verdict.needed:g}")
    return item.none


def _by(row: Measure, year_group: int, due: date) -> str:
    group = min((group for group in row.due_in if group >= year_group), default=year_group)
    if group == year_group:
        return said(due)
    return f"{said(due)}, {'in' if row.id.startswith(LAW) else 'the end of'} Year {group}"


def _wanted(who: Known, row: Measure, day: SchoolDay) -> Wanted | None:
    """What in the programme would serve, or a meeting; nothing for records, which neither makes."""
    if not row.kind:
        return None
    if row.kind == MEETING:
        asked = row.id in QUALIFIED and day.set_id == "2025"
        return Wanted(frozenset({MEETING}), level=QUALIFIED_LEVEL if asked else 0)
    missing = who.facts.student.subjects if row.id in ("GB4.1", SUBJECTS) else frozenset()
    if missing and _is_of_each_subject(row, day):
        missing -= _linked(who, row, day)
    return Wanted(frozenset({row.kind}), _provider(row), subjects=missing, technical=row.id.startswith(LAW))


def _is_of_each_subject(row: Measure, day: SchoolDay) -> bool:
    return row.id == SUBJECTS or (row.id == "GB4.1" and day.set_id == "2025")


def _provider(row: Measure) -> str:
    """ "university" of GB7.1.university and of GB7.1C.university; empty of anything else."""
    return row.id.split(".", 2)[2] if row.id.startswith(PROVIDERS) else ""


def _linked(who: Known, row: Measure, day: SchoolDay) -> set[str]:
    first = _windows(who, day).after_16 if row.id == SUBJECTS else day.year.first_day
    return {one.activity.subject for one in who.attended if "curriculum_link" in one.activity.kinds and one.on >= first}


def _rests_on(who: Known, row: Measure, item: Item, day: SchoolDay) -> tuple[tuple[Evidence, ...], str]:
    """The records of the kind that do not suffice; and the step that would make one of them count, if there is one."""
    if row.kind == MEETING:
        meetings = [one for one in who.facts.student.met if one.status in ("held", "not_attended")]
        days = {one.meeting_id: one.held_on or who.facts.planned_on.get(one.meeting_id) for one in meetings}
        windows = _windows(who, day)
        bearing = (id for id, on in days.items() if on and on <= day.as_of and _since(on, item.since, windows))
        return tuple(Evidence(MEETING, id) for id in bearing), ""
    if _is_of_each_subject(row, day):
        missing = who.facts.student.subjects - _linked(who, row, day)
        return tuple(Evidence("subject", subject) for subject in sorted(missing)), ""
    if not row.kind or not item.since:
        return (), ""
    of_kind = [one for one in (*who.attended, *who.missed) if _bears_on(one, row, item, who, day)]
    unfinished = [one for one in of_kind if one.status == "attended" and not one.activity.meaningful]
    evidence = tuple(Evidence("activity", one.activity.activity_id) for one in of_kind)
    return evidence, _complete(unfinished, day) if row.kind in CHECKED and day.set_id == "2025" else ""


CHECKED = frozenset({"employer_encounter", "workplace_experience", "provider_encounter"})


def _complete(unfinished: list[Took], day: SchoolDay) -> str:
    if not unfinished:
        return ""
    last = max(unfinished, key=lambda one: (one.on, one.activity.activity_id))
    title = day.programme.titles.get(last.activity.activity_id, "the activity")
    return f"Complete the checklist of {title}, {said(last.on)}: it was attended and does not count yet."


def _bears_on(one: Took, row: Measure, item: Item, who: Known, day: SchoolDay) -> bool:
    if row.kind not in one.activity.kinds:
        return False
    if row.id.startswith(PROVIDERS) and _provider(row) not in one.activity.provider_types:
        return False
    return _since(one.on, item.since, _windows(who, day))


def _since(on: date, since: str, windows: Windows) -> bool:
    if since == "year":
        return on >= windows.first_day
    if since == "key_stage":
        return (on.year if on.month >= 9 else on.year - 1) in windows.this_key_stage
    return since == "ever" or on >= windows.after_16


def _windows(who: Known, day: SchoolDay) -> Windows:
    student = who.facts.student
    return windows_of(day.year.start, student.year_group, tuple(student.year_groups.items()))
