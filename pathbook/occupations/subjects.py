"""Which sectors of work use a school subject most: enough to begin a talk, and a school's own words find theirs."""

from functools import cache

from pathbook.occupations.data import rows


def sectors_using(subject: str) -> frozenset[str]:
    """By the subject's name, else by the longest known name that stands in it ("A level Business"). Empty if unknown."""
    said = subject.casefold().strip()
    known = [name for name in _uses() if name == said or f" {name} " in f" {said} "]
    return _uses()[max(known, key=len)] if known else frozenset()


@cache
def _uses() -> dict[str, frozenset[str]]:
    return {row["subject"].casefold(): frozenset(row["sectors"].split(";")) for row in rows("subjects.csv")}
