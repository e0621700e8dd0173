"""CSV and its cousins: encoding, delimiter and quotation marks, decided by looking, refused when in doubt."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from pathbook.exchange.tables.kinds import SAVE_AS, UnreadableError
from pathbook.exchange.tables.row import Row

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 40  # rows among which the header is sought
Score = Callable[[Sequence[str]], int]


def decode(data: bytes, name: str) -> str:
    """UTF-8 (with or without its mark), UTF-16 with its mark, else Windows-1252; never a guess beyond those."""
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        raise UnreadableError(f"{name} is in an encoding spreadsheets do not write (UTF-32). {SAVE_AS}")
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise UnreadableError(f"{name} has bytes in line {line} that are not text. {SAVE_AS}")
        return text
    raise UnreadableError(f"{name} is in an encoding that cannot be read. {SAVE_AS}")


def read_delimited(data: bytes, name: str, score: Score) -> list[Row]:
    """Every row that is not blank, with the line it begins on."""
    text = decode(data, name)
    skipped, text, said = _said_delimiter(text)
    delimiter = said or _best_delimiter(text, score)
    try:
        rows = [Row(row.line + skipped, row.cells) for row in _rows(text, delimiter)]
    except _QuoteError as broken:
        raise UnreadableError(
            f"{name} has a quotation mark that does not close, or one too many, near line {broken.line + skipped}. "
            "Correct it, or save the list again from a spreadsheet, and try again."
        ) from None
    return rows


class _QuoteError(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


def _said_delimiter(text: str) -> tuple[int, str, str]:
    """Excel may say `sep=;` in the first line."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == 5:
        return 1, rest, said[4]
    return 0, text, "\t" if said.lower() == "sep=" else ""


def _best_delimiter(text: str, score: Score) -> str:
    """The one under which the most headings are known; then the one that makes the most columns."""

    def merit(delimiter: str) -> tuple[int, int]:
        first: list[Row] = []
        with suppress(_QuoteError):  # what was read before the fault tells enough
            for row in islice(_rows(text, delimiter), LOOKED_AT):
                first.append(row)
        return max((score(r.cells) for r in first), default=0), max((len(r.cells) for r in first), default=0)

    return max(DELIMITERS, key=merit)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width = before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _QuoteError(before + 1) from None
        if any(cells):
            width = max(width, len(cells))
            if reader.line_num > before + 1 and _swallowed(cells, delimiter, width):
                raise _QuoteError(before + 1)
            yield Row(before + 1, tuple(cells))
        before = reader.line_num


def _swallowed(cells: Sequence[str], delimiter: str, width: int) -> bool:
    """Has a quotation mark left open eaten the rows after it? Then a line inside one cell looks like a row."""
    lines = (line for cell in cells if "\n" in cell or "\r" in cell for line in cell.splitlines())
    return width > 2 and any(line.count(delimiter) > width // 2 for line in lines)
