"""One way in: a file or folder, of a format that is said or found out, read as a student list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pathbook.exchange.roll.bulk import collector_paused
from pathbook.exchange.roll.ctf import read_ctf
from pathbook.exchange.roll.entry import RollFile
from pathbook.exchange.roll.mapping import known_headings, plain
from pathbook.exchange.roll.rostering import Folder, is_users_file, only_students, with_what_lies_beside
from pathbook.exchange.roll.rows import read_rows
from pathbook.exchange.tables import Kind, Table, UnreadableError, kind_of, read_table

FORMATS = ("auto", "csv", "xlsx", "ctf", "oneroster", "sds")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person has said about the file: its format, what its columns are, and how its dates run."""

    format: str = "auto"
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    adults: bool = False


@collector_paused()
def read_roll(path: Path, *, today: date, wishes: Wishes | None = None, name: str = "") -> RollFile:
    """Read a student list from a file or folder. Raises UnreadableError with one sentence for the whole of it."""
    wishes, name = wishes or Wishes(), name or path.name
    if path.is_dir():
        return _read_folder(path, today, wishes, name)
    if not path.is_file():
        raise UnreadableError(f"There is no file {name}. Check the name and the folder.")
    data = path.read_bytes()
    kind = kind_of(data, name)
    _hold_to(wishes.format, kind, name)
    if kind is Kind.XML:
        return read_ctf(data, name, today=today, adults=wishes.adults)
    table = read_table(data, name, score=_score(wishes.columns), kind=kind)
    if is_users_file(table):
        table = only_students(table)
    return _as_roll(table, kind.value if kind is not Kind.XLS else "xlsx", today, wishes, name)


def _read_folder(path: Path, today: date, wishes: Wishes, name: str) -> RollFile:
    if wishes.format not in ("auto", "oneroster", "sds"):
        raise UnreadableError(f"{name} is a folder, and {wishes.format} is a file. Name the file inside it.")
    folder = Folder.open(path)
    file = folder.students()
    table = read_table(file.read_bytes(), file.name, score=_score(wishes.columns))
    if is_users_file(table):
        table = only_students(table)
    format = "oneroster" if {"manifest.csv", "academicsessions.csv"} & set(folder.files) else "sds"
    return _as_roll(with_what_lies_beside(table, folder), format, today, wishes, name)


def _as_roll(table: Table, format: str, today: date, wishes: Wishes, name: str) -> RollFile:
    return read_rows(
        table, name=name, format=format if wishes.format == "auto" else wishes.format, today=today,
        said=wishes.columns, dates=wishes.dates, adults=wishes.adults,
    )  # fmt: skip


def _hold_to(format: str, kind: Kind, name: str) -> None:
    """A file is refused when it is not what it was said to be."""
    said = {"csv": (Kind.TEXT,), "xlsx": (Kind.XLSX, Kind.XLS), "ctf": (Kind.XML,)}.get(format)
    if said and kind not in said:
        really = {Kind.TEXT: "text (CSV)", Kind.XML: "XML"}.get(kind, "a spreadsheet")
        raise UnreadableError(f"{name} is {really}, not {format}. Leave --format out, or name the format it has.")


def _score(columns: Mapping[str, str]) -> "_Score":
    return _Score(frozenset(plain(heading) for heading in columns))


@dataclass(frozen=True, slots=True)
class _Score:
    """Known headings, and those a person has named."""

    named: frozenset[str]

    def __call__(self, cells: Sequence[str]) -> int:
        if len(cells) > 500:
            return 0
        return known_headings(cells) + sum(plain(cell) in self.named for cell in cells if cell)
