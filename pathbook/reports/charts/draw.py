"""What every chart is made of: letters, bars, lines and dots, and the sheet they lie on."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

WIDE, NARROW = 840, 264  # a column of a page or of paper; a phone of 320 pixels less its margins, near enough
LETTERS = 14
INK, QUIET, LINE, PALE, DARK, PAPER = "#241f29", "#5b5462", "#7d7685", "#f3eef2", "#7a1f5c", "#ffffff"
FONT = "Atkinson Hyperlegible, Verdana, sans-serif"


@dataclass(frozen=True, slots=True)
class Chart:
    """`title` is what is found; `wide` and `narrow` the same drawing at two widths; `heads` and `rows` the table.

    `why`: what is left out of it, and for what reason.
    """

    id: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: str = ""
    narrow: str = ""
    why: str = ""


def sheet(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """A whole drawing; its title is read out, and the table says the rest."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pb-chart" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label="{escape(title)}" font-family="{FONT}" font-size="{LETTERS}">'
        f"{''.join(parts)}</svg>"
    )


def words(x: float, y: float, said: str, *, at: str = "start", bold: bool = False, colour: str = INK) -> str:
    """`at`: start, middle or end of the words lies on x."""
    weight = ' font-weight="700"' if bold else ""
    anchor = "" if at == "start" else f' text-anchor="{at}"'
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}"{anchor}{weight}>{escape(said)}</text>'


def bar(x: float, y: float, width: float, height: float, percent: float | None) -> str:
    """A track, and how much of it is full; nothing full where nothing is known."""
    track = box(x, y, width, height, fill=PAPER, line=LINE)
    return track + (box(x, y, width * percent / 100, height, fill=DARK, line=DARK) if percent else "")


def box(x: float, y: float, width: float, height: float, *, fill: str, line: str = "none") -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:.4g}" height="{height:g}" fill="{fill}" stroke="{line}"/>'


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, thick: float = 1) -> str:
    return f'<path d="M{x1:.4g} {y1:.4g}L{x2:.4g} {y2:.4g}" stroke="{colour}" stroke-width="{thick:g}" fill="none"/>'


def dot(x: float, y: float, *, full: bool = True, size: float = 6) -> str:
    fill = DARK if full else PAPER
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{size:g}" fill="{fill}" stroke="{DARK}" stroke-width="2"/>'


def short(said: str, *, width: float) -> str:
    """Words cut to what fits, with a mark that they were: the table has them whole."""
    most = max(4, int(width / (LETTERS * 0.52)))
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"
