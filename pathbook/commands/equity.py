"""`pathbook evaluate --by` and `--equity`: each criterion by group, and the gaps, as tables on a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from pathbook.commands.refusal import Refused
from pathbook.framework.equity import Equity, Gap, Split
from pathbook.reports.equity import WAYS

HIDDEN = "fewer than 5, hidden"


def known_way(said: str | None) -> str | None:
    if said is not None and said not in WAYS:
        raise Refused(f"{said!r} is not a way to look at groups. Use one of {', '.join(WAYS)}")
    return said


def say_equity(found: Equity, ways: tuple[str, ...]) -> None:
    """A table a characteristic, then the gaps that most students stand behind."""
    for way in ways:
        Console().print(_by(way, found.by(way)))
    gaps = [gap for gap in found.gaps if gap.way.id in ways]
    Console().print(_gaps(gaps) if gaps else "No group that can be shown is behind.")


def _by(way: str, splits: Iterable[Split]) -> Table:
    table = Table(title=f"By {WAYS[way].lower() if way not in ('sen', 'eal') else WAYS[way]}", title_justify="left")
    for heading in ("Criterion", "Group", "Share", "Count", "95% interval"):
        table.add_column(heading, no_wrap=heading != "Group")
    for split in splits:
        table.add_section()
        for group in split.groups:
            share, interval = group.share, group.interval
            shown = (f"{share.percent}%", share.label, str(interval)) if share else ("", HIDDEN, "")
            table.add_row(split.measure.id, group.name, *shown)
    return table


def _gaps(gaps: Iterable[Gap]) -> Table:
    table = Table(title="Gaps, by how many more students must be reached", title_justify="left")
    for heading in ("More", "Group", "Criterion", "Points", "Sure"):
        table.add_column(heading, no_wrap=heading in ("More", "Points"))
    for gap in gaps:
        sure = "clear" if gap.group.is_clear else "may be chance"
        table.add_row(str(gap.group.more), gap.group.name, gap.measure.id, str(gap.group.points), sure)
    return table
