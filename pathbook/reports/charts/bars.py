"""Shares as bars, one under the other: groups of a school, or the steps from a record to what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pathbook.framework.shares import HIDDEN, Share
from pathbook.reports.charts.draw import INK, LETTERS, NARROW, QUIET, WIDE, Chart, bar, sheet, short, words


@dataclass(frozen=True, slots=True)
class Bar:
    """One share; None where it is not known or not shown, and `why` says which."""

    label: str
    share: Share | None
    why: str = HIDDEN

    @property
    def said(self) -> str:
        if self.share is None:
            return self.why
        return str(self.share) if self.share.percent is not None else "of nobody"


def bars(id: str, title: str, heading: str, rows: Sequence[Bar], *, why: str = "") -> Chart:
    table = tuple((row.label, row.said) for row in rows)
    return Chart(id, title, (heading, "Share"), table, _wide(title, rows), _narrow(title, rows), why)


def _wide(title: str, rows: Sequence[Bar]) -> str:
    """The name, the bar and the number in a line."""
    parts = []
    for at, row in enumerate(rows):
        y = 30 * at
        parts += [words(0, y + 19, short(row.label, width=300)), bar(310, y + 7, 360, 16, _percent(row))]
        parts.append(words(682, y + 19, row.said, bold=row.share is not None, colour=_colour(row)))
    return sheet(WIDE, 30 * len(rows) + 4, title, parts)


def _narrow(title: str, rows: Sequence[Bar]) -> str:
    """The name above its bar."""
    parts = []
    for at, row in enumerate(rows):
        y = 48 * at
        parts += [words(0, y + LETTERS, short(row.label, width=NARROW)), bar(0, y + 22, 130, 14, _percent(row))]
        parts.append(words(138, y + 34, row.said, bold=row.share is not None, colour=_colour(row)))
    return sheet(NARROW, 48 * len(rows), title, parts)


def _percent(row: Bar) -> int | None:
    return row.share.percent if row.share else None


def _colour(row: Bar) -> str:
    return QUIET if row.share is None else INK
