"""The gap between Benchmarks 8 and 3: Year 11s who had guidance against those for whom something agreed was done."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pathbook.audit.last import last_write
from pathbook.framework.loop import Gap, gap_of
from pathbook.framework.shares import Share, hide_small_share
from pathbook.people.models import Institution
from pathbook.records.loop_facts import acted_on
from pathbook.reports.evaluation import evaluation_of

GUIDANCE_BY_16 = ("2025", "GB8.1a")  # the set and criterion the gap is measured from, in every year


@dataclass(frozen=True, slots=True)
class GapSaid:
    """The gap in words, and its two halves; a half is None where it is hidden."""

    sentence: str
    had: Share | None
    acted_on: Share | None
    points: int | None


def gap_for(school: Institution, *, as_of: date, written: int | None = None) -> Gap:
    """The two shares, remembered like the evaluation they rest on until something is written.

    `written`: the last write, where whoever asks has found it out; one query otherwise.
    """
    return _gap(school.pk, school.kind, as_of, last_write() if written is None else written)


@lru_cache(maxsize=4)
def _gap(school_id: int, kind: str, as_of: date, written: int) -> Gap:
    school, (set_id, criterion) = Institution(pk=school_id, kind=kind), GUIDANCE_BY_16
    judged = evaluation_of(school, set_id=set_id, as_of=as_of, written=written).judged
    year_11 = [one for one in judged if one.year_group == 11]
    had = Share(sum(one.verdicts[criterion].met for one in year_11), len(year_11))
    return gap_of(had, (one.student_id for one in year_11), acted_on(school, as_of=as_of))


def forget() -> None:
    """Drop what is remembered: after a restore, whose events may have the same ids as those it replaced."""
    _gap.cache_clear()


def gap_said(gap: Gap, *, named: bool) -> GapSaid:
    had = gap.had if named else hide_small_share(gap.had)
    acted = gap.acted_on if named else hide_small_share(gap.acted_on)
    if had is None or acted is None:
        return GapSaid("Too few Year 11s either way to say without pointing at someone", had, acted, None)
    if gap.points is None:
        return GapSaid("No Year 11 is on the roll, so there is nothing to compare", had, acted, None)
    return GapSaid(_sentence(had, acted, gap.points), had, acted, gap.points)


def _sentence(had: Share, acted: Share, points: int) -> str:
    apart = f"{points} point{'' if points == 1 else 's'} apart" if points > 0 else "no gap"
    return f"{had.percent}% of Year 11 have had guidance; for {acted.percent}% something agreed was done: {apart}"
