"""From a table to students: which column is which, what its dates mean, then row by row."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from pathbook.exchange.roll import values
from pathbook.exchange.roll.dates import order_of
from pathbook.exchange.roll.doubles import without_doubles
from pathbook.exchange.roll.entry import DateQuestion, RollFile
from pathbook.exchange.roll.fields import DATES, LABELS, YES_NO
from pathbook.exchange.roll.mapping import Mapping_, map_columns
from pathbook.exchange.roll.problem import ERROR, WARNING, Problem
from pathbook.exchange.roll.reader import Reader
from pathbook.exchange.roll.shares import COLUMNS, reading_of, sentence
from pathbook.exchange.tables import Row, Table


def read_rows(
    table: Table, *, name: str, format: str, today: date, said: Mapping[str, str] | None = None, dates: str = "",
    adults: bool = False, extra: Sequence[Problem] = (),
) -> RollFile:  # fmt: skip
    """Read a table as a student list. Where a column's dates can be read two ways the result holds a question."""
    mapping = map_columns(table.header, said)
    texts = _texts(table.rows, mapping)
    pairs = [(row, text) for row, text in zip(table.rows, texts, strict=True) if any(text.values())]
    orders, question = _orders(mapping, [text for _, text in pairs], dates)
    reader = _reader(mapping, [text for _, text in pairs], orders, today, adults)
    for row, text in pairs if not mapping.missing else ():
        reader.read(row.line, text, _subjects(row, mapping))
        if len(row.cells) > len(table.header) and any(cell.strip() for cell in row.cells[len(table.header) :]):
            reader.warn("", row.cells[len(table.header)], "This row has more cells than there are headings: check that "
                        "no value holds a delimiter and that the cells are under their headings.")  # fmt: skip
    said_of_file = [*extra, *_about_the_file(table, mapping, name), *_about_shares(table, mapping, reader)]
    entries, spoilt, doubled = without_doubles(reader.entries, reader.headings)
    problems = sorted([*said_of_file, *reader.problems, *doubled], key=lambda p: (p.line, p.level))
    return RollFile(
        name=name, format=format, rows=len(pairs), entries=tuple(entries), spoilt=(*reader.spoilt, *spoilt),
        problems=tuple(problems), header=table.header,
        columns=tuple((table.header[places[0]], field) for field, places in mapping.columns.items()),
        ignored=mapping.ignored, dropped=mapping.dropped, question=question,
        missing=mapping.missing, samples=tuple(row.cells for row in table.rows[:3]),
    )  # fmt: skip


def _texts(rows: Sequence[Row], mapping: Mapping_) -> list[dict[str, str]]:
    """What each row says, by field, blanks left out."""
    places = [(field, places[0]) for field, places in mapping.columns.items() if field != "subjects"]
    texts = []
    for row in rows:
        width = len(row.cells)
        said = {field: _text(row.cells[place]) for field, place in places if place < width and row.cells[place]}
        texts.append({field: text for field, text in said.items() if text})
    return texts


@lru_cache(maxsize=20_000)
def _text(cell: str) -> str:
    """A cell tidied; a line break inside it is kept, for the reader to question."""
    text = cell.strip()
    text = text if "\n" in text or "\r" in text else values.tidy(text)
    return "" if values.is_blank(text) else text


def _subjects(row: Row, mapping: Mapping_) -> tuple[str, ...] | None:
    """One cell with a list, or one column a subject; None when the file says nothing of subjects."""
    places = mapping.columns.get("subjects")
    if not places:
        return None
    cells = [values.tidy(row.cells[place]) for place in places if place < len(row.cells)]
    parts = [part.strip() for cell in cells for part in re.split(r"[;|,\n]", cell)]
    return tuple(dict.fromkeys(part[:80] for part in parts if part and not values.is_blank(part)))


def _orders(
    mapping: Mapping_, texts: Sequence[Mapping[str, str]], dates: str
) -> tuple[dict[str, str], DateQuestion | None]:
    """The order of day and month for each date column, and the first one nothing decides.

    A column of entry dates (the first of September, over and over) follows the birth dates beside it.
    """
    orders: dict[str, str] = {}
    question = None
    for column in DATES:
        if column not in mapping.columns:
            continue
        found = order_of(text[column] for text in texts if column in text)
        orders[column] = found.order or dates or orders.get("date_of_birth", "")
        if found.ask and not orders[column] and question is None:
            question = DateQuestion(mapping.heading(column), found.example)
    return orders, question


def _reader(
    mapping: Mapping_, texts: Sequence[Mapping[str, str]], orders: Mapping[str, str], today: date, adults: bool
) -> Reader:
    spoken = {column for column in (*YES_NO, "sen") if any(column in text for text in texts)}
    year_from = "year_group" if mapping.has("year_group") else "tutor_group" if mapping.has("tutor_group") else "birth"
    headings = {field: mapping.heading(field) for field in mapping.columns}
    return Reader(
        today, headings, orders, adults, frozenset(spoken), year_from,
        derives_from_birth=not mapping.has("year_group"), warns_of_years=False,
        shares={column: reading_of(column, (text.get(column, "") for text in texts)) for column in COLUMNS},
    )  # fmt: skip


def _about_the_file(table: Table, mapping: Mapping_, name: str) -> list[Problem]:
    found = [Problem(0, "", "", note, WARNING) for note in table.notes]
    for heading in mapping.dropped:
        found.append(Problem(0, heading, "", "Pathbook never keeps passwords: this column was not read. "
                             "Delete it from the file.", WARNING))  # fmt: skip
    for heading in mapping.repeated:
        found.append(Problem(table.header_line, heading, "", f"The heading {heading} stands more than once: its first "
                             "column is read. Rename or delete the others if that is wrong.", WARNING))  # fmt: skip
    for heading, field in mapping.guessed:
        found.append(Problem(table.header_line, heading, "", f"The heading {heading} is taken to mean {LABELS[field]}. "
                             "Correct its spelling, or name it in a mapping.", WARNING))  # fmt: skip
    if not mapping.has("year_group") and not mapping.missing:
        source = "tutor group" if mapping.has("tutor_group") else "date of birth"
        found.append(Problem(0, "", "", f"There is no column of year groups, so each is taken from the {source}. "
                             "Look the preview over with care.", WARNING))  # fmt: skip
    for what in mapping.missing:
        found.append(Problem(0, "", "", f"No column of {name} is {what}. Add one, or say which it is.", ERROR))
    return found


def _about_shares(table: Table, mapping: Mapping_, reader: Reader) -> list[Problem]:
    named = {column: mapping.heading(column) for column in reader.shares if mapping.has(column)}
    said = {heading: sentence(column, heading, reader.shares[column]) for column, heading in named.items()}
    return [Problem(table.header_line, heading, "", text, WARNING) for heading, text in said.items() if text]
