"""The tables of a page as rows of cells, read from the page itself: what is shown is what is in the file, and no more."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

SILENT = ("button", "script", "svg", "style", "template")  # nothing of these is a cell's words
HIDDEN = "govuk-visually-hidden"
APART = ("br", "p", "div", "li", "span", "summary", "dd")  # what follows is a word of its own
ALONE = ("br", "img", "input", "hr", "wbr", "col")  # have no end
NUMBER = re.compile(r"-?[1-9]\d{0,2}(,\d{3})*|0")
OF_STUDENT = re.compile(r"/students/([a-z0-9]{12})/")
Cell = str | int


@dataclass(slots=True)
class PageTable:
    """One table: its caption, its rows with the headings first, and the keys of the students its rows lead to."""

    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)
    students: set[str] = field(default_factory=set)

    def cells(self) -> list[list[Cell]]:
        """Without columns that hold no words, such as a bar or a button; a whole number as one."""
        width = max(map(len, self.rows), default=0)
        square = [row + [""] * (width - len(row)) for row in self.rows]
        kept = [at for at in range(width) if any(row[at] for row in square[1:])]
        return [[_number(row[at]) for at in kept] for row in square]


def tables_of(page: str) -> list[PageTable]:
    """Those within the page's main part that have a row besides their headings."""
    reader = _Reader()
    reader.feed(page[max(page.find("<main"), 0) :])
    return [one for one in reader.found if len(one.rows) > 1]


def _number(words: str) -> Cell:
    return int(words.replace(",", "")) if NUMBER.fullmatch(words) else words


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[PageTable] = []
        self._in: list[str] = []  # open elements from the table inwards
        self._silent = 0  # how many of them are silent
        self._words: list[str] | None = None  # of the cell or caption being read
        self._chosen = True  # an option counts only when it is the chosen one

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "table":
            self.found.append(PageTable())
            self._in = []
        if not self.found or (tag != "table" and "table" not in self._in):
            return
        if tag not in ALONE:
            self._in.append(tag)
            silent = tag in SILENT or (HIDDEN in (said.get("class") or "") and tag != "caption")
            self._silent += 1 if silent or self._silent else 0
        self._begin(tag, said)

    def _begin(self, tag: str, said: dict[str, str | None]) -> None:
        if tag == "tr":
            self.found[-1].rows.append([])
        if tag in ("td", "th", "caption"):
            self._words = []
            self._span = int(said.get("colspan") or 1)
        if tag == "option":
            self._chosen = "selected" in said
        if tag == "input" and said.get("type") in (None, "text", "number", "date"):
            self.handle_data(said.get("value") or "")
        if tag == "a" and (key := OF_STUDENT.match(said.get("href") or "")):
            self.found[-1].students.add(key[1])
        if tag in APART:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._in:
            return
        while self._in:
            gone = self._in.pop()
            self._silent -= 1 if self._silent else 0
            if gone == tag:
                break
        if tag == "option":
            self._chosen = True
        if tag in ("td", "th", "caption") and self._words is not None:
            words, self._words = " ".join("".join(self._words).split()), None
            self._keep(tag, words)

    def _keep(self, tag: str, words: str) -> None:
        table = self.found[-1]
        if tag == "caption":
            table.caption = words
        elif table.rows:
            table.rows[-1] += [words, *[""] * (self._span - 1)]

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._silent and self._chosen:
            self._words.append(data)
