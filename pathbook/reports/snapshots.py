"""The evaluation frozen on a day: taken by hand or when its day is over, and two of them side by side."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from pathbook.audit import record
from pathbook.framework.sets import FRAMEWORKS, set_in_force
from pathbook.framework.snapshots import BenchmarkChange, compare, last_due_before, name_of
from pathbook.framework.years import AcademicYear
from pathbook.people.keys import new_key
from pathbook.people.models import Enrolment, Institution
from pathbook.records.actions.freezing import freeze
from pathbook.records.models import ReviewNote, Snapshot
from pathbook.reports.evaluation import as_json, evaluation_of


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    row: Snapshot
    met: int
    scored: int
    notes: tuple[ReviewNote, ...]

    @property
    def rule(self) -> str:
        """By whose rule it was judged; of one frozen before a school could set its own, the framework's."""
        return str(self.row.said.get("rule", {}).get("name", FRAMEWORKS))

    @property
    def is_own_rule(self) -> bool:
        return self.rule != FRAMEWORKS

    @property
    def chosen(self) -> str:
        """ "4 of 6 on the roll chosen", where most criteria were counted over students a school chose."""
        criteria = (one for benchmark in self.row.said["benchmarks"] for one in benchmark["criteria"])
        sizes = Counter((one["chosen"]["students"], one["chosen"]["on_roll"]) for one in criteria if "chosen" in one)
        return "{:,} of {:,} on the roll chosen".format(*sizes.most_common(1)[0][0]) if sizes else ""

    @property
    def name(self) -> str:
        return name_of(self.row.as_of) if self.row.is_due else f"{self.row.as_of:%-d %B %Y}"


@dataclass(frozen=True, slots=True)
class SnapshotsPage:
    """`before` and `after` are the two compared; `changes` is empty when they are not of one set."""

    lines: tuple[SnapshotLine, ...]
    before: SnapshotLine | None
    after: SnapshotLine | None
    changes: tuple[BenchmarkChange, ...]

    @property
    def moved(self) -> tuple[BenchmarkChange, ...]:
        return tuple(one for one in self.changes if one.before != one.after)

    @property
    def differs(self) -> str:
        """What besides the counts is not the same in the two, so that nobody takes it for progress."""
        if not (self.same_set and self.before and self.after):
            return ""
        told = (
            ("rules", self.before.rule, self.after.rule),
            ("chosen students", self.before.chosen, self.after.chosen),
        )
        return " and ".join(word for word, was, now in told if was != now)

    @property
    def same_set(self) -> bool:
        return bool(self.before and self.after and self.before.row.set_id == self.after.row.set_id)


def take(school: Institution, *, as_of: date, is_due: bool, by: record.Actor, at: datetime, key: str) -> Snapshot:
    """The whole evaluation of that day, by the set in force then."""
    evaluation = evaluation_of(school, set_id=set_in_force(as_of), as_of=as_of)
    said = as_json(evaluation, school)
    version = evaluation.set.version
    return freeze(school=school, said=said, version=version, as_of=as_of, is_due=is_due, key=key, by=by, at=at)


def take_due(school: Institution, *, today: date, by: record.Actor, at: datetime) -> Snapshot | None:
    """That of the last due day, where it is missing."""
    day = due_day(school, today=today)
    return take(school, as_of=day, is_due=True, by=by, at=at, key=new_key()) if day else None


def due_day(school: Institution, *, today: date) -> date | None:
    """The last due day, if it is not frozen yet and anybody was on the roll then. Older ones are not made up."""
    day = last_due_before(today)
    if Snapshot.objects.filter(institution=school, as_of=day, is_due=True).exists():
        return None
    mains = Enrolment.objects.main().filter(institution=school, academic_year=AcademicYear.of(day).start)
    return day if mains.filter(start_date__lte=day).exists() else None


def snapshots_page(school: Institution, *, before: str, after: str) -> SnapshotsPage:
    """All of them, the last first, and two compared: those asked for, or the last two. Two queries."""
    rows = Snapshot.objects.filter(institution=school).order_by("-as_of", "-pk").prefetch_related("notes")
    lines = tuple(_line(row) for row in rows)
    known = {line.row.key: line for line in lines}
    second = known.get(after) or (lines[0] if lines else None)
    earlier = [line for line in lines if second and line is not second and _is_before(line, second)]
    first = known.get(before) or next(iter(earlier), None)
    changes: tuple[BenchmarkChange, ...] = ()
    if first and second and first.row.set_id == second.row.set_id:
        changes = compare(first.row.said, second.row.said)
    return SnapshotsPage(lines, first, second, changes)


def _is_before(one: SnapshotLine, other: SnapshotLine) -> bool:
    return (one.row.as_of, one.row.pk) < (other.row.as_of, other.row.pk)


def _line(row: Snapshot) -> SnapshotLine:
    benchmarks = row.said["benchmarks"]
    notes = tuple(sorted((one for one in row.notes.all() if one.taken_back_at is None), key=lambda one: one.pk))
    return SnapshotLine(
        row, sum(one["criteria_met"] for one in benchmarks), sum(one["criteria_scored"] for one in benchmarks), notes
    )
