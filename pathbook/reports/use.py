"""Is it recorded, within reach, and used? Every figure of the school as it stands, with its trend by term."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pathbook.framework.loop import Gap
from pathbook.framework.shares import Share
from pathbook.framework.use.facts import UseFacts
from pathbook.framework.use.figures import FIGURES, Figure, of_role
from pathbook.framework.use.over_time import terms_to, trend
from pathbook.framework.years import AcademicYear
from pathbook.people.access import FAMILY
from pathbook.people.models import Institution, Role
from pathbook.people.signing_in import staff_facts
from pathbook.records.loop_facts import meeting_facts
from pathbook.records.use_facts import actions_agreed, first_days, spells
from pathbook.reports.gap_over_time import gaps_on
from pathbook.uptake.facts import DAYS_TRAINED, looks

LISTS = ("record", "reach", "use", "loop")
GAP = "gap.gb8_gb3"


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure as it stands, and at the end of each term."""

    figure: Figure
    share: Share
    trend: tuple[tuple[str, Share], ...]


def use_facts(school: Institution, *, as_of: date) -> UseFacts:
    """This academic year and the one before; twelve queries whatever the number of students."""
    since = AcademicYear(AcademicYear.of(as_of).start - 1)
    roll = spells(school, since=since)
    places = {one.student: (one.year_group, one.tutor_group) for one in roll if one.academic_year == since.start + 1}
    return UseFacts(
        roll,
        first_days(school, since=since, as_of=as_of),
        meeting_facts(school, as_of=as_of, places=places),
        actions_agreed(school),
        staff_facts(school, since=since.first_day, training=DAYS_TRAINED),
        looks(school, since=since.first_day),
    )


def figures_of(facts: UseFacts, as_of: date) -> tuple[Figure, ...]:
    """Every figure, and one for each role some member of staff holds that day."""
    held = {role for who in facts.staff for role in who.roles_on(as_of)}
    roles = [of_role(role.value, role.label) for role in Role if role in held and role not in FAMILY]
    return (*FIGURES, *roles)


def counted_of(facts: UseFacts, as_of: date) -> tuple[Counted, ...]:
    return tuple(
        Counted(figure, figure.share(facts, as_of), trend(figure, facts, as_of)) for figure in figures_of(facts, as_of)
    )


def gap_trend(school: Institution, facts: UseFacts, *, as_of: date) -> tuple[tuple[str, Gap], ...]:
    """The gap between Benchmarks 8 and 3 as it stood at the end of each term. Two queries."""
    terms = terms_to(as_of)
    gaps = gaps_on(school, facts, [term.day for term in terms])
    return tuple((term.label, gap) for term, gap in zip(terms, gaps, strict=True))


def as_json(school: Institution, *, as_of: date) -> dict[str, Any]:
    """The shape measures.md documents for `pathbook use --json`; the gap stands among the loop, in whole students."""
    facts = use_facts(school, as_of=as_of)
    counted = counted_of(facts, as_of)
    said: dict[str, Any] = {
        "as_of": as_of.isoformat(), **{name: [_figure(c) for c in counted if c.figure.asks == name] for name in LISTS},
    }  # fmt: skip
    trend_of = gap_trend(school, facts, as_of=as_of)
    said["loop"].append({"id": GAP} | _gap(trend_of[-1][1]) | {"trend": [{"term": t} | _gap(g) for t, g in trend_of]})
    return said


def _figure(counted: Counted) -> dict[str, Any]:
    trend_of = [{"term": term} | _share(share) for term, share in counted.trend]
    return {"id": counted.figure.id} | _share(counted.share) | {"trend": trend_of}


def _share(share: Share) -> dict[str, Any]:
    return {"numerator": share.of, "denominator": share.out_of}


def _gap(gap: Gap) -> dict[str, Any]:
    """Both halves are of the same Year 11s: how many more had guidance than had something done."""
    return {"numerator": gap.had.of - gap.acted_on.of, "denominator": gap.had.out_of, "points": gap.points}
