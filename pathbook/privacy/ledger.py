"""Who was erased, by opaque key alone: the list that an older backup is held against when it is put back.

A line is a day and a student's key, which means nothing outside the database. The list is written whole from the
database after each erasure, into the school's folder and into every other folder it is kept in.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.utils import timezone

from pathbook.people.keys import is_key
from pathbook.people.models import Erasure, Institution, Student

FILE = "pathbook-erasures.txt"
HEAD = (
    "# Students erased from Pathbook: day and key. Hold an older backup against it: pathbook restore --erasures FILE\n"
)
LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\w+)")


class NotALedgerError(Exception):
    """A line that no Pathbook wrote."""


def write(school: Institution, folders: Iterable[Path]) -> None:
    """Whole or not at all, in each folder; what an earlier school folder noted there is kept."""
    now = _lines(school)
    for folder in folders:
        file = folder / FILE
        lines = sorted(now | (read(file) if file.exists() else set()))
        fresh = file.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(HEAD + "".join(f"{day.isoformat()} {key}\n" for day, key in lines), encoding="utf-8")
        fresh.replace(file)


def read(file: Path) -> set[tuple[date, str]]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return {_line(line) for line in lines if line and not line.startswith("#")}


def not_yet_erased(school: Institution, told: Iterable[tuple[date, str]]) -> list[Student]:
    """Those of a ledger whom this database, older than it, still names."""
    keys = {key for _, key in told}
    return list(Student.objects.filter(institution=school, key__in=keys, erasure=None).order_by("pk"))


def _line(text: str) -> tuple[date, str]:
    found = LINE.fullmatch(text)
    if not found or not is_key(found[2]):
        raise NotALedgerError(f"{text[:80]!r} is not a line of the list of erasures")
    return date.fromisoformat(found[1]), found[2]


def _lines(school: Institution) -> set[tuple[date, str]]:
    rows = Erasure.objects.filter(student__institution=school).values_list("recorded_at", "student__key")
    return {(timezone.localdate(at), key) for at, key in rows}
