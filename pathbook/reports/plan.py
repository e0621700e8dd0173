"""The plan of a year: its activities by term with whom each is for, what it costs and what stands in its way; and its gaps."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pathbook.framework import kinds
from pathbook.framework.clashes import Clash, Held, all_clashes
from pathbook.framework.invited import rule_of
from pathbook.framework.moving import Calendar
from pathbook.framework.sets import Benchmark, load, set_in_force
from pathbook.framework.shares import is_small
from pathbook.framework.terms import TERMS
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people import access
from pathbook.people.audience import audience_of
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity, YearBudget
from pathbook.records.queries.invited import Invitable, invitable
from pathbook.records.queries.planned import exams_of, held_among, rules_of
from pathbook.records.queries.terms import calendars
from pathbook.reports.planned_coverage import PlannedRow, planned_coverage
from pathbook.reports.programme import UNDER_FIVE
from pathbook.reports.reach import SERVED

A_THIRD = 3  # an activity is for a year group when a third of it goes
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """`whom`: the rule in words, else the year groups that go. `benchmarks`: their numbers. `state`: delivered or planned."""

    activity: Activity
    kind: str
    whom: str
    going: str
    benchmarks: tuple[str, ...]
    owner: str
    cost: Decimal | None
    clashes: tuple[Clash, ...]
    delivered: bool


@dataclass(frozen=True, slots=True)
class PlanTerm:
    label: str
    lines: tuple[PlanLine, ...]

    @property
    def is_over(self) -> bool:
        """All of it has been delivered: folded, so that what is still to do stands first."""
        return bool(self.lines) and all(line.delivered for line in self.lines)

    @property
    def cost(self) -> Decimal:
        return sum((line.cost or NOTHING for line in self.lines), NOTHING)


@dataclass(frozen=True, slots=True)
class Served:
    """One benchmark activities serve: how many activities each year group has for it, planned or delivered."""

    number: str
    name: str
    counts: tuple[tuple[int, int], ...]

    @property
    def without(self) -> tuple[int, ...]:
        return tuple(group for group, many in self.counts if not many)


@dataclass(frozen=True, slots=True)
class Money:
    """In pounds. `planned`: of all its activities, what was spent where that is known. `left`: None without a budget."""

    budget: Decimal | None
    planned: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.planned

    @property
    def over(self) -> Decimal:
        return -(self.left or NOTHING)


@dataclass(frozen=True, slots=True)
class PlanPage:
    year: AcademicYear
    years: tuple[AcademicYear, ...]
    calendar: Calendar
    terms: tuple[PlanTerm, ...]
    served: tuple[Served, ...]
    money: Money
    coverage: tuple[PlannedRow, ...]
    named: bool
    to_come: bool  # the whole year
    filled: int = 0  # lists of names that their rule would fill otherwise today

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        return tuple(line for term in self.terms for line in term.lines)

    @property
    def clashing(self) -> int:
        return sum(bool(line.clashes) for line in self.lines)

    @property
    def gaps(self) -> int:
        return sum(len(one.without) for one in self.served)


def plan_page(viewer: Viewer, school: Institution, *, year: AcademicYear, on: date) -> PlanPage:
    """Seven queries, whatever the size; counts of students only for whoever may see a name."""
    rows = activities_of(school, year)
    among = invitable(school, year=year, on=on, rules=rules_of(rows))
    held = held_among(among, school, rows, year=year, on=on)
    clashes = all_clashes(list(held.values()), exams_of(school, year))
    sizes, named = sizes_of(among), viewer.may(access.IDENTITY)
    lines = [_line(row, held[row.pk], clashes[row.key], sizes, named, on) for row in rows]
    calendar = calendars(school, [year.start])[year.start]
    terms = tuple(
        PlanTerm(label, tuple(one for one in lines if calendar.terms.term_of(one.activity.starts_on) == code))
        for code, label in TERMS.items()
    )
    reached = {row.pk: groups_of(held[row.pk], row, sizes) for row in rows}
    coverage = _coverage(school, year, on) if named and viewer.may(access.NUMBERS) else ()
    return PlanPage(
        year, _years(school, on), calendar, terms, served(rows, reached, year), _money(school, rows, year), coverage, named,
        year > AcademicYear.of(on), sum(one.stale for one in held.values()),
    )  # fmt: skip


def _coverage(school: Institution, year: AcademicYear, on: date) -> tuple[PlannedRow, ...]:
    """Of a year gone by there is nothing to come, and of one after next nobody is known."""
    if not AcademicYear.of(on) <= year <= AcademicYear(AcademicYear.of(on).start + 1):
        return ()
    return planned_coverage(school, year=year, on=on, audience=audience_of(school.kind))


def activities_of(school: Institution, year: AcademicYear) -> list[Activity]:
    rows = Activity.objects.not_withdrawn().of_our_own().filter(institution=school).in_year(year.start)
    return list(rows.select_related("owner", "provider").order_by("starts_on", "pk"))


def sizes_of(among: Iterable[Invitable]) -> Mapping[int, int]:
    """Year group -> students."""
    return Counter(one.someone.year_group for one in among)


def groups_of(held: Held, row: Activity, sizes: Mapping[int, int]) -> frozenset[int]:
    """Whom it is for: as its rule says, else the year groups of which a third goes; of a small activity, all that go."""
    rule = rule_of(row.rule)
    if rule and all(clause.years for clause in rule.clauses):
        return rule.years
    counts: dict[int, int] = defaultdict(int)
    for group in held.students.values():
        counts[group] += 1
    whole = {group for group, many in counts.items() if many * A_THIRD >= sizes.get(group, 0) and group}
    return frozenset(whole or counts.keys() - {0})


def _line(
    row: Activity, held: Held, clashes: tuple[Clash, ...], sizes: Mapping[int, int], named: bool, on: date
) -> PlanLine:
    kind = kinds.KINDS[row.kind].label if row.kind in kinds.KINDS else row.kind
    whom = rule_of(row.rule).in_words or years_in_words(groups_of(held, row, sizes))
    many = len(held.students)
    return PlanLine(
        row, kind, whom, f"{many:,}" if named or not is_small(many) else UNDER_FIVE, numbers_of(row),
        row.owner.name if row.owner and named else "", row.cost_planned if row.cost_spent is None else row.cost_spent,
        clashes if named and row.ends_on >= on else (), row.ends_on < on,
    )  # fmt: skip


def numbers_of(row: Activity) -> tuple[str, ...]:
    return tuple(sorted({criterion.split(".")[0].removeprefix("GB") for criterion in row.criteria}))


def years_in_words(groups: Iterable[int]) -> str:
    said = sorted(groups)
    if set(said) >= set(YEAR_GROUPS):
        return "Every year"
    return f"Year{'s' if len(said) > 1 else ''} {', '.join(map(str, said))}" if said else ""


def served(rows: Sequence[Activity], reached: Mapping[int, frozenset[int]], year: AcademicYear) -> tuple[Served, ...]:
    """Benchmark by benchmark, in the order of the set in force; one that only meetings or people serve is left out."""
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for row in rows:
        for number in numbers_of(row):
            for group in reached[row.pk]:
                counts[number, group] += 1
    return tuple(_served(one, counts) for one in load(set_in_force(year.first_day)).benchmarks if one.id in SERVED)


def _served(one: Benchmark, counts: Mapping[tuple[str, int], int]) -> Served:
    number = one.id.removeprefix("GB")
    return Served(number, one.name, tuple((group, counts[number, group]) for group in YEAR_GROUPS))


def _money(school: Institution, rows: Sequence[Activity], year: AcademicYear) -> Money:
    budget = YearBudget.objects.filter(institution=school, academic_year=year.start).first()
    known = [row.cost_planned if row.cost_spent is None else row.cost_spent for row in rows]
    return Money(
        budget.pounds if budget else None,
        sum((one for one in known if one is not None), NOTHING),
        sum((row.cost_spent for row in rows if row.cost_spent is not None), NOTHING),
    )


def _years(school: Institution, on: date) -> tuple[AcademicYear, ...]:
    """Those with activities, this one and the next; the latest first."""
    known = Activity.objects.of_our_own().filter(institution=school).values_list("academic_year", flat=True).distinct()
    this = AcademicYear.of(on).start
    return tuple(map(AcademicYear, sorted({*known, this, this + 1}, reverse=True)))
