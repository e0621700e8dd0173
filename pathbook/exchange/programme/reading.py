"""A file of activities, attendance or meetings, read into what would be recorded. Nothing is written here."""

import re
from datetime import date

from pathbook.exchange.programme.columns import Columns, Shape, columns_of, known
from pathbook.exchange.programme.found import ActivityRead, MeetingRead, ProgrammeFile
from pathbook.exchange.programme.people import Known, Unknown
from pathbook.exchange.roll.dates import order_of, read_date
from pathbook.exchange.roll.problem import WARNING, Problem, shown
from pathbook.exchange.tables import Row, Table, UnreadableError, read_table
from pathbook.framework import kinds

CAME = {"y", "yes", "attended", "present", "/", "\\", "1", "true", "t", "✓", "✔", "x", "done", "p"}
STAYED = {"n", "no", "absent", "0", "false", "f", "not attended", "did not attend", "a"}
OTHER = {"excused": "excused", "authorised": "excused", "e": "excused", "planned": "planned", "invited": "planned",
         "booked": "planned", "withdrawn": "withdrawn", "w": "withdrawn"}  # fmt: skip
DATE_AT_END = re.compile(
    r"^(.*?)[\s,(–-]+(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2} [A-Za-z]{3,9} \d{4})\)?$"
)
NUMBER = re.compile(r"\d{1,3}(\.\d)?")


def read_programme(data: bytes, name: str, *, known_students: Known, today: date, dates: str = "") -> ProgrammeFile:
    """Read it, or raise UnreadableError with one sentence."""
    table = read_table(data, name, score=known)
    columns = columns_of(table.header)
    if columns.shape is Shape.UNKNOWN:
        raise UnreadableError(
            f"{name} has no column for the activity or its students that we know. Name them Activity, Date and UPN (or Name)."
        )
    order = (
        order_of(row.cells[columns.at["date"]] for row in table.rows if _has(row, columns, "date"))
        if "date" in columns.at
        else None
    )
    file = ProgrammeFile(name, columns.shape, rows=len(table.rows))
    if order and order.ask and not dates:
        file.question = order.example
        return file
    reader = _Reader(file, table, columns, known_students, today, (order.order if order else "") or dates)
    reader.read()
    return file


def _has(row: Row, columns: Columns, name: str) -> bool:
    return name in columns.at and columns.at[name] < len(row.cells) and bool(row.cells[columns.at[name]].strip())


class _Reader:
    """One pass over the rows; every doubt becomes a problem with its line and column."""

    def __init__(
        self, file: ProgrammeFile, table: Table, columns: Columns, people: Known, today: date, order: str
    ) -> None:
        self.file, self.table, self.columns, self.people = file, table, columns, people
        self.today, self.order = today, order

    def read(self) -> None:
        act = {
            Shape.EACH: self._each, Shape.BY_GROUP: self._by_group, Shape.MATRIX: self._matrix, Shape.MEETINGS: self._meeting,
        }[self.file.shape]  # fmt: skip
        for row in self.table.rows:
            act(row)

    def _text(self, row: Row, name: str) -> str:
        return row.cells[self.columns.at[name]].strip() if _has(row, self.columns, name) else ""

    def _problem(self, row: Row, name: str, message: str, level: str = "error", value: str = "") -> None:
        heading = self.table.header[self.columns.at[name]] if name in self.columns.at else name
        self.file.problems.append(Problem(row.line, heading, shown(value or self._text(row, name)), message, level))

    def _student(self, row: Row) -> int | None:
        said = {name: self._text(row, name) for name in self.columns.at}
        born = read_date(said["date_of_birth"], "dmy", self.today, born=True).day if said.get("date_of_birth") else None
        try:
            return self.people.one(said, born)
        except Unknown as unknown:
            name = next(
                (n for n in ("full_name", "surname", "legal_surname", "upn", "mis_id", "uln") if said.get(n)), "surname"
            )
            self._problem(row, name, str(unknown))
            return None

    def _day(self, row: Row) -> date | None:
        text = self._text(row, "date")
        if not text:
            self._problem(row, "date", "The date is missing. Type the day it took place.")
            return None
        found = read_date(text, self.order, self.today)
        if found.day is None:
            self._problem(row, "date", f"This {found.why or 'gives no day'}. Write it as 8/10/2025.")
            return None
        if not -15 <= found.day.year - self.today.year <= 2:
            self._problem(row, "date", "This year is too far away. Correct the date.")
            return None
        return found.day

    def _activity(self, row: Row, title: str, on: date) -> ActivityRead:
        key = (title.casefold(), on)
        if key not in self.file.activities:
            kind, guessed = self._kind(self._text(row, "kind"), title)
            self.file.activities[key] = ActivityRead(
                title[:160], on, kind, guessed, self._text(row, "provider")[:160], self._text(row, "subject")[:80]
            )
        return self.file.activities[key]

    def _kind(self, said: str, title: str) -> tuple[str, bool]:
        wanted = said.casefold().replace(" ", "_")
        for kind in kinds.KINDS.values():
            if said and (wanted == kind.code or said.casefold() == kind.label.casefold()):
                return kind.code, False
        guess = kinds.guess_kind(said) if said else "other"
        return (guess if guess != "other" else kinds.guess_kind(title)), True

    def _status(self, row: Row, text: str, on: date, heading: str) -> str | None:
        word = text.strip().casefold()
        if word in CAME or not word:
            return "attended" if on <= self.today else "planned"
        if word in STAYED:
            return "absent"
        if word in OTHER:
            return OTHER[word]
        self._problem(
            row, heading, "This is neither attended nor absent. Write Y, N, excused, planned or withdrawn.", value=text
        )
        return None

    def _hours(self, row: Row) -> float:
        text = self._text(row, "hours")
        if not text:
            return 1.0
        if NUMBER.fullmatch(text):
            return float(text)
        self._problem(row, "hours", "This is not a number of hours, so one hour is taken.", WARNING)
        return 1.0

    def _title(self, row: Row) -> str:
        title = self._text(row, "title")
        if not title:
            self._problem(row, "title", "The activity has no name. Type what it was.")
        return title

    def _each(self, row: Row) -> None:
        title, on, student = self._title(row), self._day(row), self._student(row)
        if not title or on is None or student is None:
            return
        status = self._status(row, self._text(row, "status"), on, "status")
        if status:
            self._activity(row, title, on).parts[student] = (status, self._hours(row))

    def _by_group(self, row: Row) -> None:
        title, on = self._title(row), self._day(row)
        if not title or on is None:
            return
        activity, whom = self._activity(row, title, on), self._text(row, "whom")
        students = self.people.group(whom) if whom else set()
        if whom and not students:
            self._problem(
                row,
                "whom",
                "There is no such year group or tutor group on the roll today. Write Year 10 or 10B.",
                WARNING,
            )
        status = "attended" if on <= self.today else "planned"
        activity.parts |= {pk: (status, self._hours(row)) for pk in students}

    def _matrix(self, row: Row) -> None:
        student = self._student(row)
        for place in self.columns.activities if student is not None else ():
            cell = row.cells[place].strip() if place < len(row.cells) else ""
            if cell and student is not None:
                self._cell(row, student, self.table.header[place], cell)

    def _cell(self, row: Row, student: int, heading: str, cell: str) -> None:
        """The heading names the activity, and its day; a cell that is a day says so itself."""
        named = DATE_AT_END.match(heading)
        on = read_date(named[2], "dmy", self.today).day if named else None
        own = read_date(cell, "dmy", self.today).day if any(c.isdigit() for c in cell) and len(cell) > 5 else None
        if on is None and own is None:
            self._problem(
                row, heading, "No day is given. Put one in the heading, such as Careers fair 08/10/2025.", value=cell
            )
            return
        day = on or own
        status = "attended" if own else self._status(row, cell, day or self.today, heading)
        if status and day:
            title = named[1].strip() if named and on else heading
            self._activity(row, title, day).parts[student] = (status, 1.0)

    def _meeting(self, row: Row) -> None:
        on, student = self._day(row), self._student(row)
        if on is None or student is None:
            return
        if on > self.today:
            self._problem(row, "date", "This day has not come yet. A meeting is recorded after it was held.")
            return
        self.file.meetings.append(
            MeetingRead(
                student,
                on,
                self._text(row, "adviser")[:200],
                self._whole(row, "level"),
                self._whole(row, "minutes"),
                self._text(row, "summary")[:5000],
            )
        )

    def _whole(self, row: Row, name: str) -> int | None:
        digits = re.search(r"\d{1,3}", self._text(row, name))
        if self._text(row, name) and not digits:
            self._problem(row, name, "This is not a whole number, so it is left blank.", WARNING)
        return int(digits[0]) if digits else None
