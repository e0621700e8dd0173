"""Rows of one file that claim to be the same student. Exact copies are one; anything else is for a person to decide."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter

from pathbook.exchange.roll.entry import Entry, Spoilt
from pathbook.exchange.roll.fields import LABELS
from pathbook.exchange.roll.problem import ERROR, WARNING, Problem

WHOLE = attrgetter(*(f.name for f in fields(Entry) if f.name != "line"))


def without_doubles(
    entries: Sequence[Entry], headings: Mapping[str, str]
) -> tuple[list[Entry], list[Spoilt], list[Problem]]:
    """The entries that stand, those left out, and why. Two rows with one number are both left out: never merged."""
    problems: list[Problem] = []
    kept = _once(entries, problems, headings)
    bad: dict[int, Entry] = {}
    for column in ("mis_id", "upn", "uln"):
        for twins in _shared(kept, lambda entry, c=column: getattr(entry, c)):  # type: ignore[misc]
            level = WARNING if column == "uln" else ERROR
            for entry in twins:
                problems.append(_clash(entry, twins, column, headings, level))
                if level == ERROR:
                    bad[entry.line] = entry
    for twins in _shared(kept, lambda entry: (*entry.name_key, entry.date_of_birth, _id_of(entry))):
        for entry in twins:
            if entry.line not in bad:
                lines = _other_lines(entry, twins)
                problems.append(Problem(entry.line, _heading("legal_surname", headings), entry.name,
                    f"This student also stands on {lines} with other details. Keep one row only.", ERROR))  # fmt: skip
                bad[entry.line] = entry
    _namesakes([entry for entry in kept if entry.line not in bad], problems, headings)
    spoilt = [Spoilt(e.line, e.mis_id, e.upn, e.uln, e.name_key) for e in bad.values()]
    return [entry for entry in kept if entry.line not in bad], spoilt, problems


def _once(entries: Sequence[Entry], problems: list[Problem], headings: Mapping[str, str]) -> list[Entry]:
    """Rows that are the same in everything become one, and the copy is reported."""
    first: dict[Hashable, Entry] = {}
    for entry in entries:
        same = first.setdefault(WHOLE(entry), entry)
        if same is not entry:
            problems.append(Problem(entry.line, _heading("legal_surname", headings), entry.name,
                f"This row is the same as line {same.line}, so it was read once. Delete it.", WARNING))  # fmt: skip
    return list(first.values())


def _namesakes(entries: Sequence[Entry], problems: list[Problem], headings: Mapping[str, str]) -> None:
    """One name and birth date under two numbers: may be two students, so both stay."""
    for twins in _shared(entries, lambda e: (*e.name_key, e.date_of_birth) if e.date_of_birth else None):
        for entry in twins:
            problems.append(Problem(entry.line, _heading("legal_surname", headings), entry.name,
                f"The same name and birth date stand on {_other_lines(entry, twins)} with another number. If they are "
                "one student, delete the row that is wrong.", WARNING))  # fmt: skip


def _shared(entries: Sequence[Entry], key: Callable[[Entry], Hashable]) -> list[list[Entry]]:
    by_key: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in entries:
        if value := key(entry):
            by_key[value].append(entry)
    return [twins for twins in by_key.values() if len(twins) > 1]


def _id_of(entry: Entry) -> str:
    return entry.mis_id or entry.upn or entry.uln


def _clash(entry: Entry, twins: Sequence[Entry], column: str, headings: Mapping[str, str], level: str) -> Problem:
    what, lines = LABELS[column].split(" (")[0], _other_lines(entry, twins)
    if all(twin.name_key == entry.name_key and twin.date_of_birth == entry.date_of_birth for twin in twins):
        said = f"This student also stands on {lines} with other details. Keep one row and delete the rest."
    else:
        said = (
            f"The same {what} stands on {lines} for another student. Correct the one that is wrong, then import again."
        )
    return Problem(entry.line, _heading(column, headings), getattr(entry, column), said, level)


def _other_lines(entry: Entry, twins: Sequence[Entry]) -> str:
    others = [str(twin.line) for twin in twins if twin.line != entry.line]
    return f"line{'s' if len(others) > 1 else ''} {', '.join(others[:5])}" + (" and more" if len(others) > 5 else "")


def _heading(column: str, headings: Mapping[str, str]) -> str:
    return headings.get(column) or headings.get("surname") or headings.get("full_name") or LABELS[column]
