"""What is this file really, whatever its name says?"""

import re
from enum import Enum


class UnreadableError(Exception):
    """The whole file is refused: one sentence with what to do."""


class Kind(Enum):
    """The kinds of file that can hold a list."""

    TEXT = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    XML = "xml"


MAX_BYTES = 50_000_000
SAVE_AS = "Open it in a spreadsheet and save it as CSV UTF-8 or XLSX, then try again."

# how the file begins -> what it is; none of these is a list of rows
STRANGERS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"{\\rtf", "a word processor's document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
MARKUP = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(!doctype html|html|head|body|table|div|script|meta)\b", re.I | re.S)


def kind_of(data: bytes, name: str) -> Kind:
    """The kind, judged by its first bytes. Refuses what is no list, naming what it is instead."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError(f"{name} is empty. Export the list again and check that it has rows.")
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"{name} is larger than 50 MB. Export only the columns needed, or split it by year group."
        )
    for start, what in STRANGERS:
        if data.startswith(start) and not (start == b"BM" and b"\0" not in data[:64]):
            raise UnreadableError(f"{name} is {what}, not a list. Export the list as CSV or XLSX, then try again.")
    if data.startswith(b"PK"):
        return Kind.XLSX
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind.XLS
    return _text_kind(data, name)


def _text_kind(data: bytes, name: str) -> Kind:
    start = data[:4000].removeprefix(b"\xef\xbb\xbf")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = data[2:4000].replace(b"\0", b"")
    if MARKUP.match(start):
        raise UnreadableError(f"{name} is a web page, not a list. {SAVE_AS}")
    if start.lstrip()[:1] == b"<":
        return Kind.XML
    if start.lstrip()[:1] in (b"{", b"[") and re.match(rb"\s*[\[{]\s*[\[{\"\]}]", start):
        raise UnreadableError(f"{name} is JSON, not a list. Export the list as CSV or XLSX, then try again.")
    return Kind.TEXT
