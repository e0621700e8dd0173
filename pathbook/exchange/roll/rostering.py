"""Student lists out of OneRoster and School Data Sync folders: the users who are students, and what is beside them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pathbook.exchange.roll.mapping import known_headings, plain
from pathbook.exchange.tables import Row, Table, UnreadableError, read_table
from pathbook.framework.upn import SHAPE

STUDENT_FILES = ("student.csv", "students.csv", "users.csv")


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one folder by lower-case name."""

    path: Path
    files: Mapping[str, Path]

    @classmethod
    def open(cls, path: Path) -> "Folder":
        return cls(path, {file.name.lower(): file for file in sorted(path.iterdir()) if file.is_file()})

    def students(self) -> Path:
        for name in STUDENT_FILES:
            if name in self.files:
                return self.files[name]
        raise UnreadableError(
            f"{self.path.name} holds no users.csv (OneRoster, SDS v2) or Student.csv (SDS). Name one that does."
        )

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a file beside the students, by plain heading; none when it is not there or has no rows."""
        if name not in self.files:
            return
        try:
            table = read_table(self.files[name].read_bytes(), name, score=lambda cells: len(cells), least=1)
        except UnreadableError:
            return
        heads = [plain(heading) for heading in table.header]
        for row in table.rows:
            yield dict(zip(heads, row.cells, strict=False))


def only_students(table: Table) -> Table:
    """Of a users file, the students; a UPN put into `identifier` or `userIds` gets a column of its own."""
    heads = [plain(heading) for heading in table.header]
    rows = table.rows
    for role in ("role", "roles"):
        if role in heads:
            place = heads.index(role)
            rows = tuple(row for row in rows if "student" in _cell(row, place).lower())
    if not rows:
        raise UnreadableError("No row of this file has the role of student. Export the students, then try again.")
    table = replace(table, rows=rows)
    if "upn" in heads or "metadataupn" in heads:
        return table
    places = [heads.index(name) for name in ("userids", "identifier", "usermasteridentifier") if name in heads]
    found = {row.line: _upn_in([_cell(row, place) for place in places]) for row in rows}
    return _with_column(table, "UPN", found) if any(found.values()) else table


def with_what_lies_beside(table: Table, folder: Folder) -> Table:
    """Add birth dates and sex (demographics), tutor groups (homerooms) and subjects (classes) by user id."""
    heads = [plain(heading) for heading in table.header]
    place = next((heads.index(name) for name in ("sourcedid", "id", "sisid") if name in heads), None)
    if place is None:
        return table
    ids = {row.line: _cell(row, place).strip() for row in table.rows}
    beside = {**_demographics(folder), **_classes(folder)}
    for heading, by_user in beside.items():
        if by_user and plain(heading) not in heads:
            table = _with_column(table, heading, {line: by_user.get(user, "") for line, user in ids.items()})
    return table


def _demographics(folder: Folder) -> dict[str, dict[str, str]]:
    rows = list(folder.rows("demographics.csv"))
    return {
        "Date of birth": {row.get("sourcedid", ""): row.get("birthdate", "") for row in rows if row.get("birthdate")},
        "Sex": {row.get("sourcedid", ""): row.get("sex", "") for row in rows if row.get("sex")},
    }


def _classes(folder: Folder) -> dict[str, dict[str, str]]:
    """OneRoster and SDS v2 call them classes; SDS v1 sections."""
    homerooms, subjects = {}, {}
    for row in folder.rows("classes.csv"):
        if row.get("classtype", "").lower() == "homeroom":
            homerooms[row.get("sourcedid", "")] = row.get("title", "")
        elif row.get("subjects") or row.get("subject"):
            subjects[row.get("sourcedid", "")] = (row.get("subjects") or row.get("subject", "")).split(",")[0]
    for row in folder.rows("section.csv"):
        if row.get("coursesubject"):
            subjects[row.get("id") or row.get("sisid", "")] = row["coursesubject"]
    forms: dict[str, str] = {}
    studied: dict[str, set[str]] = defaultdict(set)
    for user, group in _memberships(folder):
        if group in homerooms:
            forms[user] = homerooms[group]
        elif group in subjects:
            studied[user].add(subjects[group])
    return {"Tutor group": forms, "Subjects": {user: ";".join(sorted(names)) for user, names in studied.items()}}


def _memberships(folder: Folder) -> Iterator[tuple[str, str]]:
    for row in folder.rows("enrollments.csv"):
        if row.get("role", "student").lower() == "student" and row.get("status", "").lower() != "tobedeleted":
            yield row.get("usersourcedid", ""), row.get("classsourcedid", "")
    for row in folder.rows("studentenrollment.csv"):
        yield row.get("id") or row.get("sisid", ""), row.get("sectionid") or row.get("sectionsisid", "")


def _upn_in(cells: list[str]) -> str:
    words = (word for cell in cells for word in cell.replace("{", " ").replace("}", " ").replace(":", " ").split())
    return next((word.strip(",;").upper() for word in words if SHAPE.fullmatch(word.strip(",;").upper())), "")


def _with_column(table: Table, heading: str, values: Mapping[int, str]) -> Table:
    width = len(table.header)
    rows = tuple(Row(row.line, (*_padded(row, width), values.get(row.line, ""))) for row in table.rows)
    return replace(table, header=(*table.header, heading), rows=rows)


def _padded(row: Row, width: int) -> tuple[str, ...]:
    return (*row.cells[:width], *[""] * (width - len(row.cells)))


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def is_users_file(table: Table) -> bool:
    """Does this list hold staff and students alike?"""
    heads = {plain(heading) for heading in table.header}
    return bool(heads & {"role", "roles"}) and known_headings(table.header) >= 2
