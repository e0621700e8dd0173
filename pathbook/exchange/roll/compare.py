"""One row against what is stored of its student: what is new, what changes, what stays as it was."""

from datetime import date, timedelta
from typing import Any

from pathbook.exchange.roll.entry import Entry
from pathbook.exchange.roll.known import Known, Roll, Values, group_key
from pathbook.exchange.roll.matching import Match
from pathbook.exchange.roll.person import PERSON, compare_person
from pathbook.exchange.roll.plan import CHANGED, LEAVING, NEW, SAME, Choices, Step
from pathbook.exchange.roll.problem import WARNING, Problem
from pathbook.exchange.roll.telling import say
from pathbook.exchange.roll.values import LEFT
from pathbook.framework.years import AcademicYear

SPELL = (
    "year_group",
    "sen",
    "fsm",
    "pupil_premium",
    "looked_after",
    "eal",
    "young_carer",
    "ethnicity",
    "first_language",
    "absence",
)
CARRIED = SPELL[1:]
OF_ONE_YEAR = "absence"  # what was missed last year says nothing of this one
UNSAID: Values = {"sen": "N", "fsm": False, "pupil_premium": False, "looked_after": False, "eal": False,
                  "young_carer": False, "ethnicity": "", "first_language": "", "absence": None}  # fmt: skip


def step_for(entry: Entry, match: Match, roll: Roll, choices: Choices, problems: list[Problem]) -> Step | None:
    """What this row does; None when it says that somebody never here has left."""
    known = match.student
    left = entry.registration == LEFT or (entry.leaving_date is not None and entry.leaving_date < choices.on)
    if left:
        return _leaver(entry, known, roll, choices, problems)
    if known is None:
        return _newcomer(entry, roll, choices)
    step = Step(SAME, entry, known)
    compare_person(step, entry, known, problems)
    _compare_spell(step, entry, known, roll, choices)
    _compare_subjects(step, entry, known, roll)
    if step.is_change:
        step.kind = CHANGED
    return step


def _leaver(entry: Entry, known: Known | None, roll: Roll, choices: Choices, problems: list[Problem]) -> Step | None:
    if known is None:
        problems.append(Problem(entry.line, "Leaving date", entry.name, "This student has left and was never on "
                                "the roll here: not imported. Correct the date if it is wrong.", WARNING))  # fmt: skip
        return None
    return leave(known, roll, choices, entry) or Step(SAME, entry, known)


def leave(known: Known, roll: Roll, choices: Choices, entry: Entry | None = None) -> Step | None:
    """End what is open: this year's enrolment yesterday (or on the day said), an earlier year's at its own end."""
    step = Step(LEAVING, entry, known)
    said = entry.leaving_date if entry else None
    for spell in known.spells:
        if spell["end_date"] is not None:
            continue
        last_day = AcademicYear(spell["academic_year"]).last_day
        ends = said if said else choices.on - timedelta(days=1)
        step.close.append((spell, max(spell["start_date"], min(ends, last_day))))
    step.said = [("Leaving", "", f"{ends:%-d %b %Y}") for _, ends in step.close]
    return step if step.close else None


def _newcomer(entry: Entry, roll: Roll, choices: Choices) -> Step:
    step = Step(NEW, entry, None, group=entry.tutor_group)
    step.person = {name: getattr(entry, name) or "" for name in PERSON} | {
        "date_of_birth": entry.date_of_birth, "mis_id": entry.mis_id, "upn": entry.upn,
    }  # fmt: skip
    step.new_spell = _fresh_spell(entry, None, roll, choices)
    step.former_upns = list(dict.fromkeys(entry.former_upns))
    if entry.former_surname and entry.former_surname.casefold() != entry.legal_surname.casefold():
        step.former_names = [(entry.former_surname, entry.legal_forename)]
    step.subjects_new = list(entry.subjects or ())
    return step


def _fresh_spell(entry: Entry, before: Values | None, roll: Roll, choices: Choices) -> Values:
    """A new enrolment. What the file does not say is carried from the last one."""
    spell = {name: _said(entry, name, before) for name in CARRIED} | {"year_group": entry.year_group}
    spell["registration"] = entry.registration or (before["registration"] if before else "main")
    year = _year_of(entry, roll, choices)
    spell["academic_year"] = year
    spell["start_date"] = _start(entry, before, year, roll, choices)
    ends = entry.leaving_date
    spell["end_date"] = ends if ends and spell["start_date"] <= ends <= AcademicYear(year).last_day else None
    return spell


def _said(entry: Entry, name: str, before: Values | None) -> Any:
    value = getattr(entry, name)
    return value if value is not None else before[name] if before and name != OF_ONE_YEAR else UNSAID[name]


def _year_of(entry: Entry, roll: Roll, choices: Choices) -> int:
    """This academic year, unless the student is to come in a later one."""
    if entry.entry_date and entry.entry_date > AcademicYear(roll.year).last_day:
        return min(AcademicYear.of(entry.entry_date).start, roll.year + 1)
    return roll.year


def _start(entry: Entry, before: Values | None, year: int, roll: Roll, choices: Choices) -> date:
    """The entry date when it is in this year; else the year's first day, or today for who joins after a whole roll."""
    academic = AcademicYear(year)
    ended = before["end_date"] if before and before["academic_year"] == year else None
    if entry.entry_date and entry.entry_date in academic and not (ended and entry.entry_date <= ended):
        return entry.entry_date
    if ended:
        day_after: date = ended + timedelta(days=1)
        return max(choices.on, day_after)
    if entry.entry_date and entry.entry_date < academic.first_day:
        return academic.first_day
    joined_since: bool = roll.whole_roll_before and before is None and year == roll.year
    return choices.on if joined_since else academic.first_day


def _compare_spell(step: Step, entry: Entry, known: Known, roll: Roll, choices: Choices) -> None:
    year = _year_of(entry, roll, choices)
    spell = known.in_year(year, choices.on, entry.registration) or _ahead(known, year, choices)
    if spell is None:
        before = known.latest()
        step.new_spell = _fresh_spell(entry, before, roll, choices)
        step.group = entry.tutor_group
        step.close = [
            (old, AcademicYear(old["academic_year"]).last_day)
            for old in known.spells
            if old["end_date"] is None and old["academic_year"] < year
        ]
        _say_moved(step, entry, before, roll)
        return
    step.spell_of = spell
    for name in SPELL:
        value = getattr(entry, name)
        if value is not None and value != spell[name]:
            step.spell[name] = value
            say(step, name, spell[name], value)
    if entry.registration and entry.registration != spell["registration"]:
        step.spell["registration"] = entry.registration
        say(step, "registration", spell["registration"], entry.registration)
    _compare_dates(step, entry, spell)
    _compare_group(step, entry, spell, roll)


def _ahead(known: Known, year: int, choices: Choices) -> Values | None:
    """A spell that has not begun, or that ended by a leaving date the file still gives."""
    return next((s for s in known.spells if s["academic_year"] == year and s["start_date"] > choices.on), None)


def _compare_dates(step: Step, entry: Entry, spell: Values) -> None:
    academic = AcademicYear(spell["academic_year"])
    ends = entry.leaving_date if entry.leaving_date and entry.leaving_date in academic else None
    starts = entry.entry_date
    if (
        starts
        and starts in academic
        and starts != spell["start_date"]
        and (ends is None or starts <= ends)
        and (spell["end_date"] is None or starts <= spell["end_date"])
    ):
        step.spell["start_date"] = starts
        say(step, "entry_date", spell["start_date"], starts)
    if ends and ends != spell["end_date"] and (ends >= (step.spell.get("start_date") or spell["start_date"])):
        step.spell["end_date"] = ends
        say(step, "leaving_date", spell["end_date"], ends)


def _compare_group(step: Step, entry: Entry, spell: Values, roll: Roll) -> None:
    if not entry.tutor_group:
        return
    now = roll.group_names.get(spell["tutor_group_id"], "") if spell["tutor_group_id"] else ""
    if group_key(now) != group_key(entry.tutor_group):
        step.group = entry.tutor_group
        step.spell["tutor_group_id"] = None  # filled in when the group is there
        say(step, "tutor_group", now, entry.tutor_group)


def _compare_subjects(step: Step, entry: Entry, known: Known, roll: Roll) -> None:
    """A file that names subjects names all of them; a blank cell says nothing."""
    if not entry.subjects:
        return
    now = roll.subjects.get(known.pk, set())
    step.subjects_new = [subject for subject in entry.subjects if subject not in now]
    step.subjects_gone = sorted(now - set(entry.subjects))
    if step.subjects_new or step.subjects_gone:
        say(step, "subjects", "; ".join(sorted(now)), "; ".join(entry.subjects))


def _say_moved(step: Step, entry: Entry, before: Values | None, roll: Roll) -> None:
    year = step.new_spell["academic_year"] if step.new_spell else roll.year
    say(step, "Academic year", AcademicYear(before["academic_year"]).label if before else "", AcademicYear(year).label)
    if before and before["year_group"] != entry.year_group:
        say(step, "year_group", before["year_group"], entry.year_group)
    old = roll.group_names.get(before["tutor_group_id"] or 0, "") if before else ""
    if entry.tutor_group and entry.tutor_group != old:
        say(step, "tutor_group", old, entry.tutor_group)
    for name in CARRIED:
        value = getattr(entry, name)
        if before and value is not None and value != before[name]:
            say(step, name, before[name], value)
