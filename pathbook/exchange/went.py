"""Where leavers went, from somebody's list: a college's enrolments, the authority's, a spreadsheet of one's own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pathbook.exchange.programme.columns import OF_STUDENT
from pathbook.exchange.programme.people import Known, Unknown
from pathbook.exchange.roll.dates import DMY, order_of, read_date
from pathbook.exchange.roll.mapping import map_columns, plain
from pathbook.exchange.roll.problem import Problem, shown
from pathbook.exchange.tables import Row, Table, UnreadableError, read_table
from pathbook.framework.destinations import Code
from pathbook.records.actions.next_steps import Went

_WORDS = {
    "code": "code activitycode destinationcode destination currentactivity activity nextstep status",
    "place": "place provider college establishment establishmentname school employer destinationname nameofplace where",
    "on": "date asof on startdate enrolled enrolledon enrolmentdate dateascertained since",
}
OURS = {word: name for name, words in _WORDS.items() for word in words.split()}
LONGEST = 160


@dataclass(slots=True)
class WentFile:
    """`rows`: what would be written; `problems` name the rows left out. `guessed_dates`: nothing proves the day comes first."""

    name: str
    rows: list[Went] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    guessed_dates: bool = False


def read_went(
    data: bytes, name: str, *, known: Known, codes: Mapping[str, Code], source: str, today: date,
    reach: Collection[int],
) -> WentFile:  # fmt: skip
    """`reach`: whom whoever brings it may write of. Raises UnreadableError with one sentence."""
    table = read_table(data, name, score=_score)
    at = _columns(table.header)
    if "code" not in at or not any(column in at for column in OF_STUDENT):
        raise UnreadableError(f"{name} needs a column for the student (UPN or Name) and one named Destination.")
    order = order_of(row.cells[at["on"]] for row in table.rows if "on" in at and at["on"] < len(row.cells))
    file = WentFile(name, guessed_dates=order.ask)
    by_words = {plain(one.label): code for code, one in codes.items()} | {code: code for code in codes}
    for row in table.rows:
        found = _row(row, table, at, known, by_words, source, today, order.order or DMY, reach)
        file.problems.append(found) if isinstance(found, Problem) else file.rows.append(found)
    return file


def _score(cells: Sequence[str]) -> int:
    return len(_columns(tuple(cells)))


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Our own headings first, then those of a student list."""
    ours = {OURS[plain(heading)]: place for place, heading in reversed([*enumerate(header)]) if plain(heading) in OURS}
    taken = set(ours.values())
    theirs = map_columns(header).columns
    return ours | {name: at[0] for name, at in theirs.items() if name in OF_STUDENT and at and at[0] not in taken}


def _row(
    row: Row, table: Table, at: Mapping[str, int], known: Known, codes: Mapping[str, str], source: str, today: date,
    order: str, reach: Collection[int],
) -> Went | Problem:  # fmt: skip
    said = {name: row.cells[place].strip() if place < len(row.cells) else "" for name, place in at.items()}

    def wrong(name: str, message: str) -> Problem:
        return Problem(row.line, table.header[at[name]], shown(said[name]), message)

    naming = next(name for name in at if name in OF_STUDENT)
    born = read_date(said["date_of_birth"], order, today, born=True).day if said.get("date_of_birth") else None
    try:
        student = known.one(said, born)
    except Unknown as unknown:
        return wrong(naming, str(unknown))
    if student not in reach:
        return wrong(naming, "This student is not among those you may write of.")
    code = codes.get(said["code"]) or codes.get(plain(said["code"]))
    if not code:
        return wrong("code", "This is no code or name we know. Use one under Codes, such as 230.")
    on = read_date(said["on"], order, today).day if said.get("on") else today
    if on is None or on > today or on.year < today.year - 10:
        return wrong("on", "Write the day this was true of, not after today, such as 1/10/2025.")
    return Went(student, code, on, source, said.get("place", "")[:LONGEST], today)
