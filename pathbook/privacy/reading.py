"""A paper of ours as blocks that a page can show: headings, paragraphs, lists and tables. Only what our texts use."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: title, heading, text, list or table. `rows`: items of a list, or cells of a table, its headings first."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(paper: str) -> tuple[Block, ...]:
    parts = (part for part in paper.split("\n\n") if part.strip())
    return tuple(block for part in parts for block in _of(part.splitlines()))


def _of(lines: list[str]) -> Iterator[Block]:
    for kind, run in groupby(lines, key=_kind):
        said = list(run)
        if kind == "table":
            rows = [tuple(cell.strip() for cell in line.strip("| ").split(" | ")) for line in said]
            yield Block(kind, rows=tuple(row for row in rows if set("".join(row)) - set("-|")))
        elif kind == "list":
            yield Block(kind, rows=tuple((line.removeprefix("- "),) for line in said))
        else:
            yield Block(kind, " ".join(line.lstrip("# ") for line in said))


def _kind(line: str) -> str:
    starts = {"# ": "title", "## ": "heading", "- ": "list", "|": "table"}
    return next((kind for start, kind in starts.items() if line.startswith(start)), "text")
