"""Which year groups a year's activities are for, benchmark by benchmark and term by term: the gaps in a plan."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from pathbook.framework import kinds
from pathbook.framework.sets import load, set_in_force
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Activity, Participation

TERMS = {"autumn": "Autumn term", "spring": "Spring term", "summer": "Summer term"}
GOING = (Participation.Status.ATTENDED, Participation.Status.PLANNED)
SERVED = frozenset(criterion.split(".")[0] for kind in kinds.KINDS.values() for criterion in kind.suggests)


@dataclass(frozen=True, slots=True)
class Reach:
    """One benchmark that activities serve: (term, year groups in words) for each term, "" where there is nothing."""

    number: int
    name: str
    terms: tuple[tuple[str, str], ...]
    never: str


def reach_of(school: Institution, activities: Sequence[Activity], *, year: AcademicYear) -> tuple[Reach, ...]:
    """One query; nothing when there is no activity. A benchmark only meetings or people serve is left out."""
    if not activities:
        return ()
    going = _year_groups(school, year)
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for activity in activities:
        for benchmark in {criterion.split(".")[0] for criterion in activity.criteria}:
            found[benchmark, year.term_of(activity.starts_on)] |= going[activity.pk]
    return tuple(
        _reach(benchmark.id, benchmark.name, {term: found[benchmark.id, term] for term in TERMS})
        for benchmark in load(set_in_force(year.first_day)).benchmarks
        if benchmark.id in SERVED
    )


def _year_groups(school: Institution, year: AcademicYear) -> defaultdict[int, set[int]]:
    """Activity -> year groups of those who came or are invited."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    enrolled = "student__enrolments"
    rows = Participation.objects.filter(
        activity__institution=school, activity__academic_year=year.start, activity__withdrawn_at__isnull=True,
        status__in=GOING, **{f"{enrolled}__academic_year": year.start, f"{enrolled}__registration": "main"},
    ).values_list("activity_id", f"{enrolled}__year_group")  # fmt: skip
    for activity, group, _ in rows.annotate(how_many=Count("pk")):  # grouped: distinct() is twenty times slower here
        found[activity].add(group)
    return found


def _reach(benchmark_id: str, name: str, terms: dict[str, set[int]]) -> Reach:
    never = set(YEAR_GROUPS).difference(*terms.values())
    said = tuple((TERMS[term], _words(groups)) for term, groups in terms.items())
    return Reach(int(benchmark_id.removeprefix("GB")), name, said, _words(never))


def _words(groups: set[int]) -> str:
    if groups >= set(YEAR_GROUPS):
        return "Every year"
    listed = ", ".join(map(str, sorted(groups)))
    return f"Year{'s' if len(groups) > 1 else ''} {listed}" if groups else ""
