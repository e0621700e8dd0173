"""The matcher's data (where each file is from is in README.md beside this), read when first asked for."""

import csv
from collections.abc import Iterator
from importlib.resources import files


def text(name: str) -> str:
    """One data file, whole."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one CSV file."""
    return csv.DictReader(text(name).splitlines())


def listed(cell: str) -> list[str]:
    """The terms of one cell, which are set apart by semicolons."""
    return [term.strip() for term in cell.split(";")]
