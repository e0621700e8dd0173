"""One row of a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is what the person sees in their editor or spreadsheet, from 1."""

    line: int
    cells: tuple[str, ...]
