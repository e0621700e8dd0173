"""Who is reached and who is not: the gaps that most students stand behind, and each criterion by one characteristic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathbook.framework.equity import Equity, Gap, Group, Split, equity
from pathbook.framework.measures import is_a_gap
from pathbook.framework.shares import SMALL
from pathbook.people.audience import audience_of
from pathbook.people.characteristics import characteristics_of
from pathbook.people.models import Institution
from pathbook.reports.charts.dots import Pair, dots
from pathbook.reports.charts.draw import Chart
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.gaps import GAPS

WAYS = {
    "sex": "Sex", "pp": "Pupil premium", "sen": "SEN", "care": "Looked after",
    "eal": "English as an additional language", "carer": "Young carer", "ethnicity": "Ethnic group",
    "absence": "Absence", "tutor": "Tutor group",
}  # fmt: skip
FIRST = "pp"
WHO = {("pp", "Pupil premium"): "pp", ("sen", "SEN support"): "support", ("sen", "EHC plan"): "ehcp",
       ("care", "Looked after"): "care"}  # fmt: skip
GAPS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap: of whom, in words; `url`: the students it is about, for whoever may see them."""

    gap: Gap
    whose: str
    url: str


@dataclass(frozen=True, slots=True)
class EquityPage:
    """Everything the page shows. `more_gaps`: how many are not listed; `hidden`: rows of this characteristic not shown."""

    gaps: tuple[GapLine, ...]
    more_gaps: int
    by: str
    label: str
    splits: tuple[Split, ...]
    hidden: int
    chart: Chart | None


def equity_of(school: Institution, *, set_id: str, as_of: date) -> Equity:
    """The evaluation, which every page shares, and one query."""
    counted = evaluation_of(school, set_id=set_id, as_of=as_of).counted
    return equity(counted, characteristics_of(school, as_of=as_of), set_id, audience_of(school.kind))


def equity_page(school: Institution, *, set_id: str, as_of: date, by: str, links: bool) -> EquityPage:
    """The same for whoever looks: small groups are hidden, so that the page may be printed and passed on."""
    found, by = equity_of(school, set_id=set_id, as_of=as_of), by if by in WAYS else FIRST
    splits = tuple(split for split in found.by(by) if split.groups)
    lines = tuple(GapLine(gap, _whose(gap), _list_of(gap) if links else "") for gap in found.gaps[:GAPS_SHOWN])
    hidden = sum(group.share is None for split in splits for group in split.groups)
    return EquityPage(
        lines, max(0, len(found.gaps) - GAPS_SHOWN), by, WAYS[by], splits, hidden, _chart(splits, by, found.gaps)
    )


def _whose(gap: Gap) -> str:
    return f"Tutor group {gap.group.name}" if gap.way.id == "tutor" else gap.group.name


def _list_of(gap: Gap) -> str:
    """Those without it: of the group, where the list can be narrowed to it."""
    if gap.measure.id not in GAPS:
        return ""
    who = WHO.get((gap.way.id, gap.group.name), "")
    return f"/students/?gap={gap.measure.id}" + (f"&who={who}" if who else "")


def _chart(splits: Iterable[Split], by: str, gaps: Iterable[Gap]) -> Chart | None:
    """The group of this characteristic that is behind in most, against everyone else."""
    behind = [gap.group.name for gap in gaps if gap.way.id == by]
    if not behind:
        return None
    name = max(sorted(set(behind)), key=behind.count)
    own = [split for split in splits if is_a_gap(split.measure.id)]
    pairs = [Pair(s.measure.label, g.share, g.others) for s in own for g in s.groups if g.name == name]
    shown = [pair.gap for pair in pairs if pair.gap is not None]
    why = f"Full dot: {name}. Hollow dot: everyone else. A line that would point at fewer than {SMALL} students is hidden."
    return dots(
        "equity",
        f"{name}: behind in {sum(gap > 0 for gap in shown)} of {len(shown)} that can be shown",
        name,
        pairs,
        why=why,
    )


def as_json(found: Equity, only: Iterable[str]) -> dict[str, Any]:
    """What `pathbook evaluate --by` and `--equity` add: each criterion by group, and the gaps in order."""
    asked = tuple(only)
    return {
        "equity": [
            {"by": way, "label": WAYS[way], "criteria": [_split(split) for split in found.by(way) if split.groups]}
            for way in asked
        ],
        "gaps": [_gap(gap) for gap in found.gaps if gap.way.id in asked],
    }


def _split(split: Split) -> dict[str, Any]:
    whole = split.whole
    return {
        "id": split.measure.id,
        "numerator": whole.of if whole else None,
        "denominator": whole.out_of if whole else None,
        "groups": [_group(group) for group in split.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    if group.share is None or group.interval is None:
        return {"group": group.name, "hidden": True}
    return {
        "group": group.name, "hidden": False, "numerator": group.share.of, "denominator": group.share.out_of,
        "percent": group.share.percent, "low": group.interval.low, "high": group.interval.high,
    }  # fmt: skip


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "criterion": gap.measure.id, "by": gap.way.id, "group": gap.group.name, "more_students": gap.group.more,
        "points": gap.group.points, "clear": gap.group.is_clear,
    }  # fmt: skip


def ways_asked(by: str | None, everything: bool) -> tuple[str, ...]:
    """Which characteristics a command was asked for; empty for none."""
    return tuple(WAYS) if everything else (by,) if by else ()
