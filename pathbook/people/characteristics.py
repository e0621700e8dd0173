"""Which group each student on the roll belongs to, in every way the school looks at who is reached and who is not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pathbook.framework.data import read
from pathbook.framework.equity import Way
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.models.enrolment import Sen

BANDS = {0: "Absent under 5%", 5: "Absent 5% to 10%", 10: "Absent 10% to 20%", 20: "Absent 20% to 50%",
         50: "Absent 50% or more"}  # fmt: skip
NO_ABSENCE = "Absence not known"
NO_GROUP = "No tutor group"


@dataclass(frozen=True, slots=True)
class _Roll:
    key: str
    year_group: int
    tutor_group: str
    sex: str
    sen: str
    pupil_premium: bool
    looked_after: bool
    eal: bool
    young_carer: bool
    ethnicity: str
    absence: float | None = None


def characteristics_of(school: Institution, *, as_of: date) -> tuple[Way, ...]:
    """Everyone with a main enrolment that day, by each way of looking; one query.

    The ways given first give way last where two of them together would give somebody away.
    """
    rows = Enrolment.objects.main().current(as_of).filter(institution=school).order_by("student_id", "start_date")
    found = rows.values_list(
        "student__key", "year_group", "tutor_group__name", "student__sex", "sen", "pupil_premium", "looked_after",
        "eal", "young_carer", "ethnicity", "absence",
    )  # fmt: skip
    return ways_of({row[0]: _Roll(row[0], row[1], row[2] or "", *row[3:]) for row in found}.values())


def ways_of(roll: Iterable[_Roll]) -> tuple[Way, ...]:
    """Years stand first and are asked nothing: they are published elsewhere, and no other way may undo them."""
    said, everyone = read("ethnic-groups"), list(roll)
    sexes = dict(Student.Sex.choices) | {"": Student.Sex.UNKNOWN.label}
    return (
        _way("year", "Year group", everyone, lambda one: f"Year {one.year_group}", unranked=lambda name: True),
        _way("sex", "Sex", everyone, lambda one: sexes[one.sex], unranked=lambda name: name == sexes["U"]),
        _flag("pp", "Pupil premium", "Not pupil premium", everyone, lambda one: one.pupil_premium),
        _way("sen", "SEN", everyone, lambda one: Sen(one.sen).label, order=Sen.labels, unranked=lambda name: name == Sen.NONE.label),
        _flag("care", "Looked after", "Not looked after", everyone, lambda one: one.looked_after),
        _flag("eal", "English as an additional language", "English first", everyone, lambda one: one.eal),
        _flag("carer", "Young carer", "Not a young carer", everyone, lambda one: one.young_carer),
        _way("ethnicity", "Ethnic group", everyone, lambda one: ethnic_group(one.ethnicity), order=said["order"],
             unranked=lambda name: name == said["otherwise"]),
        _way("absence", "Absence", everyone, lambda one: absence_band(one.absence), order=[*BANDS.values(), NO_ABSENCE],
             unranked=lambda name: name in (BANDS[0], NO_ABSENCE)),
        _way("tutor", "Tutor group", everyone, lambda one: one.tutor_group or NO_GROUP, order=_in_order(everyone)),
    )  # fmt: skip


def absence_band(absence: float | None) -> str:
    """ "Absent 10% to 20%"; a band begins at its lower end. Persistent absence is 10% and more, severe 50% and more."""
    if absence is None:
        return NO_ABSENCE
    return BANDS[max(low for low in BANDS if low <= absence)]


def ethnic_group(code: str) -> str:
    """The main group of a census code, main or extended; "Not stated" of none."""
    said = read("ethnic-groups")
    group: str = said["codes"].get(code) or said["first_letter"].get(code[:1], said["otherwise"])
    return group


def _flag(id: str, yes: str, no: str, roll: list[_Roll], holds: Callable[[_Roll], bool]) -> Way:
    return _way(id, yes, roll, lambda one: yes if holds(one) else no, order=(yes, no), unranked=lambda name: name == no)


def _way(
    id: str, label: str, roll: list[_Roll], group: Callable[[_Roll], str], *, order: Iterable[str] = (),
    unranked: Callable[[str], bool] = lambda name: False,
) -> Way:  # fmt: skip
    of = {one.key: group(one) for one in roll}
    return Way(id, label, of, tuple(order), frozenset(name for name in of.values() if not unranked(name)))


def _in_order(roll: Iterable[_Roll]) -> list[str]:
    """Forms by year, so that 7A stands before 10A."""
    return list(
        dict.fromkeys(one.tutor_group for one in sorted(roll, key=lambda one: (one.year_group, one.tutor_group)))
    )
