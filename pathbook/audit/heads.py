"""The seal of the last event, noted where whoever holds the database cannot reach: what a rewriting is held against.

A noted head is one line: when, the number of the event, its seal.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pathbook.audit import chain
from pathbook.audit.chain import Head

FILE = "pathbook-audit-heads.txt"


class NotAHeadError(Exception):
    """A line that no Pathbook wrote."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A head as it stood at a time."""

    at: datetime
    head: Head

    def __str__(self) -> str:
        return f"{self.at.isoformat(timespec='seconds')} {self.head.number} {self.head.digest or '-'}"


def noted(text: str) -> tuple[Noted, ...]:
    """The heads of a file or of an e-mail's lines; a line that is empty or begins with # is passed over."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(_noted(line) for line in lines if line and not line.startswith("#"))


def _noted(line: str) -> Noted:
    try:
        at, number, digest = line.split()
        return Noted(datetime.fromisoformat(at), Head(int(number), digest.removeprefix("-")))
    except ValueError:
        raise NotAHeadError(f"{line[:80]!r} is not a line of the audit's heads") from None


def note_in(file: Path, *, at: datetime) -> Noted:
    """Add today's line to a file, and have it on the disk before answering."""
    found = Noted(at, chain.head())
    with file.open("a", encoding="utf-8") as out:
        out.write(f"{found}\n")
        out.flush()
        os.fsync(out.fileno())
    return found


def against(known: Iterable[Noted]) -> list[str]:
    """A sentence for each noted head that the audit does not bear out."""
    last = chain.head().number
    return [sentence for one in known if (sentence := _against(one, last))]


def _against(one: Noted, last: int) -> str:
    when = f"{one.at.day} {one.at:%b %Y}"
    if one.head.number > last:
        return (
            f"the audit had {one.head.number:,} events on {when} and ends at {last:,} now: the last have been cut off"
        )
    if one.head.number and chain.digest_of(one.head.number) != one.head.digest:
        return f"event {one.head.number:,} of the audit is not the one noted on {when}: the audit has been rewritten"
    return ""
