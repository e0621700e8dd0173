"""Students who stand alike on one row: what it counts and what is to come is the same, so one is judged for all.

It rests on a row counting only what is of its kind, and of the student only their year groups and subjects, once it is
known that the row applies: `tests/framework/test_alike.py` asks that of every row.
"""

from collections.abc import Iterable

from pathbook.framework.attendance import MEETING
from pathbook.framework.facts import Met, StudentFacts, Took
from pathbook.framework.measure import Measure

Standing = tuple[object, ...]


def standing(student: StudentFacts, took: Iterable[Took], met: Iterable[Met], row: Measure) -> Standing:
    """Equal for two students of one school whom the row would judge alike, whatever comes of what they are down for."""
    years = tuple(student.year_groups.items())
    subjects = student.subjects if row.per_item else None
    if row.kind in MEETING:
        return student.year_group, years, subjects, _meetings(student.met), _meetings(met)
    return student.year_group, years, subjects, _parts(student.took, row), _parts(took, row)


def of_kind(took: Iterable[Took], row: Measure) -> tuple[Took, ...]:
    """What the row may count."""
    return tuple([one for one in took if row.kind in one.activity.kinds])


def _parts(took: Iterable[Took], row: Measure) -> Standing:
    """An activity's facts are one object for all who took part."""
    return tuple([(id(one.activity), one.status, one.on, one.hours) for one in of_kind(took, row)])


def _meetings(met: Iterable[Met]) -> Standing:
    """All but which one it was."""
    return tuple(one[1:] for one in met)
