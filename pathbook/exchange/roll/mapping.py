"""Which column of this file is which? Known headings first, then near misses, and a person's word above both."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from pathbook.exchange.roll.aliases import ALIASES, NOT_THE_STUDENTS, SECRETS
from pathbook.exchange.roll.fields import LABELS, MANY, NAMES

IGNORE = "-"
KNOWN: dict[str, tuple[str, int]] = {
    alias: (field_, rank) for field_, words in ALIASES.items() for rank, alias in enumerate(words.split())
}
SUBJECT_COLUMN = re.compile(r"(subject|option|optionblock|block)(\d{1,2}|[a-h])(name)?$")


@dataclass(frozen=True, slots=True)
class Mapping_:
    """`columns`: field -> positions in the row. What is left over is named, so that nothing goes unsaid."""

    header: tuple[str, ...]
    columns: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    guessed: tuple[tuple[str, str], ...] = ()

    def has(self, *fields: str) -> bool:
        return any(name in self.columns for name in fields)

    def heading(self, name: str) -> str:
        """What the file itself calls a field, for a message about it."""
        places = self.columns.get(name)
        return self.header[places[0]] if places else LABELS.get(name, name)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a student list cannot do without and this mapping lacks, in words."""
        lacks = [] if self.has(*NAMES) else ["the student's name"]
        has_year = self.has("year_group", "tutor_group", "date_of_birth")
        return tuple(lacks if has_year else [*lacks, "the year group"])


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """Letters and digits only, in lower case: "Date of Birth " and "date_of_birth" are one."""
    folded = unicodedata.normalize("NFKD", heading).casefold()
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\((dd|mm|yyyy|optional|required|code|legal|y/n|yes/no).*?\)", "", folded))


def known_headings(cells: Sequence[str]) -> int:
    """How many of these cells are headings of a student list, typing errors included."""
    if len(cells) > 500:
        return 0
    return len({found for cell in cells if (found := _field_of(cell)[0])})


def map_columns(header: Sequence[str], said: Mapping[str, str] | None = None) -> Mapping_:
    """Give each field its best column. `said` maps headings to fields (or "-" to leave one out), and wins."""
    words = {plain(heading): name for heading, name in (said or {}).items()}
    best: dict[str, tuple[int, int]] = {}
    many: dict[str, list[int]] = {}
    guessed: list[tuple[str, str]] = []
    dropped: list[str] = []
    for place, heading in enumerate(header):
        if plain(heading) in SECRETS.split() or "password" in plain(heading):
            dropped.append(heading)
            continue
        name, rank, sure = _judge(heading, words)
        if not name:
            continue
        if name in MANY:
            many.setdefault(name, []).append(place)
        elif name not in best or rank < best[name][0]:
            best[name] = (rank, place)
        if not sure:
            guessed.append((heading, name))
    if (
        "tutor_group" not in best
        and "registration" in best
        and plain(header[best["registration"][1]]) == "registration"
    ):
        best["tutor_group"] = best.pop("registration")  # alone, it names the form
    columns = {name: (place,) for name, (_, place) in best.items()} | {n: tuple(p) for n, p in many.items()}
    return _with_leftovers(tuple(header), columns, dropped, guessed)


def _judge(heading: str, words: Mapping[str, str]) -> tuple[str, int, bool]:
    said = words.get(plain(heading))
    if said is not None:
        return ("" if said == IGNORE else said), -1, True
    name, rank, sure = _field_of(heading)
    return ("", 0, True) if name in words.values() and name not in MANY else (name, rank, sure)


@lru_cache(maxsize=4096)
def _field_of(heading: str) -> tuple[str, int, bool]:
    """Field, how good a heading it is (0 best), and whether it is known rather than nearly so."""
    word = plain(heading)
    if word in KNOWN:
        return (*KNOWN[word], True)
    if SUBJECT_COLUMN.match(word):
        return "subjects", 0, True
    for ending in ("current", "today", "code", "description", "student", "pupil", "learner"):
        trimmed = word.removesuffix(ending).removeprefix(ending)
        if trimmed != word and trimmed in KNOWN and len(trimmed) > 2:
            return KNOWN[trimmed][0], 40 + KNOWN[trimmed][1], True
    if len(word) < 5 or len(word) > 40 or re.search(NOT_THE_STUDENTS, word):
        return "", 0, True
    near = get_close_matches(word, [alias for alias in KNOWN if len(alias) > 4], 1, cutoff=0.87)
    return (KNOWN[near[0]][0], 90 + KNOWN[near[0]][1], False) if near else ("", 0, True)


def _with_leftovers(
    header: tuple[str, ...], columns: dict[str, tuple[int, ...]], dropped: list[str], guessed: list[tuple[str, str]]
) -> Mapping_:
    used = {place for places in columns.values() for place in places}
    plains = [plain(heading) for heading in header]
    repeated = dict.fromkeys(header[place] for place in used if plains[place] and plains.count(plains[place]) > 1)
    ignored = [
        heading for place, heading in enumerate(header) if place not in used and heading not in dropped and heading
    ]
    kept = {header[place] for place in used}
    return Mapping_(
        header, columns, tuple(dict.fromkeys(ignored)), tuple(dropped), tuple(repeated),
        tuple(pair for pair in guessed if pair[0] in kept),
    )  # fmt: skip
