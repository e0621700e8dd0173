"""What kind of institution this is, what each kind is asked, and what changing it would change: said before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pathbook.framework.sets import SETS, load
from pathbook.framework.years import AcademicYear
from pathbook.people.audience import audience_of
from pathbook.people.models import Institution
from pathbook.records.models import Cohort, OwnRule, Snapshot, Statement
from pathbook.records.queries.cohorts import may_choose

Kind = Institution.Kind
ASKED = {
    Kind.SCHOOL: "The schools’ criteria of both sets, counted over everyone on the roll, and the law on provider access.",
    Kind.SPECIAL: "The schools’ criteria, counted over the students you choose, and the law on provider access.",
    Kind.COLLEGE: "The colleges’ criteria (their numbers end in C), counted over the programme of study after 16. You may"
    " choose whom they are counted over. The law on provider access does not apply.",
    Kind.TRAINING: "The colleges’ criteria of the 2025 set; the 2018 set was never asked of training providers. You may"
    " choose whom they are counted over.",
    Kind.ALTERNATIVE: "The schools’ criteria, counted over the students you choose, and the law on provider access.",
}


@dataclass(frozen=True, slots=True)
class KindLine:
    code: str
    label: str
    asked: str


@dataclass(frozen=True, slots=True)
class KindPage:
    """`wanted`: the kind asked about, empty while none is; `changes`: what would be different, a sentence each."""

    now: KindLine
    kinds: tuple[KindLine, ...]
    wanted: KindLine | None
    changes: tuple[str, ...]


def kind_page(school: Institution, *, wanted: str, on: date) -> KindPage:
    """Nothing is queried until another kind is asked about; then four counts."""
    kinds = tuple(KindLine(kind.value, str(kind.label), ASKED[kind]) for kind in Kind)
    known = {one.code: one for one in kinds}
    asked = known.get(wanted) if wanted != school.kind else None
    changes = tuple(_changes(school, asked.code, on)) if asked else ()
    return KindPage(known[school.kind], kinds, asked, changes)


def _changes(school: Institution, wanted: str, on: date) -> Iterator[str]:
    gone: set[tuple[str, str]] = set()
    for set_id in SETS:
        was, then = _criteria(set_id, school.kind), _criteria(set_id, wanted)
        gone |= {(set_id, one) for one in was - then}
        if was == then:
            yield f"The {set_id} set asks the same {len(then)} criteria."
        elif not then:
            yield f"The {set_id} set asks nothing of this kind: its {len(was)} criteria are shown no more."
        else:
            yield f"The {set_id} set asks {len(then)} criteria instead of {len(was)}: {len(was - then)} go, {len(then - was)} come."
    yield from _law(school.kind, wanted)
    yield from _chosen(school, wanted)
    yield from _kept(school, gone, on)


def _criteria(set_id: str, kind: str) -> set[str]:
    return {one.id for benchmark in load(set_id, audience_of(kind)).benchmarks for one in benchmark.criteria}


def _law(now: str, wanted: str) -> Iterator[str]:
    before, after = audience_of(now) == "school", audience_of(wanted) == "school"
    if before != after:
        yield (
            "The law on provider access is counted and shown."
            if after
            else "The law on provider access is shown no more."
        )


def _chosen(school: Institution, wanted: str) -> Iterator[str]:
    stand = Cohort.objects.standing(school).filter(everyone=False).count()
    if may_choose(wanted) and not may_choose(school.kind):
        yield "You may choose whom the criteria are counted over." + (
            " What was chosen before counts again." if stand else ""
        )
    elif may_choose(school.kind) and not may_choose(wanted):
        yield "Everyone on the roll is counted" + (
            "; what was chosen is kept, and counts again if you change back." if stand else "."
        )


def _kept(school: Institution, gone: set[tuple[str, str]], on: date) -> Iterator[str]:
    """Nothing is removed: what falls out of sight is counted."""
    year = AcademicYear.of(on).start
    rows = (
        Statement.objects.standing().filter(institution=school, academic_year=year).values_list("set_id", "criterion")
    )
    hidden = sum(one in gone for one in set(rows))
    if hidden:
        yield f"{hidden} criteri{'on' if hidden == 1 else 'a'} stated this year would be asked no more; what was said is kept."
    if OwnRule.objects.filter(institution=school, taken_back_at__isnull=True).exists():
        yield "Your own pass rule holds for the criteria that are still asked."
    frozen = Snapshot.objects.filter(institution=school).count()
    yield "1 snapshot stays as it was frozen." if frozen == 1 else f"{frozen:,} snapshots stay as they were frozen."
