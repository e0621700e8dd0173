"""Two minutes of help where people stand: short texts as data (how_to.toml), found by words or by the place somebody is in."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pathbook.people import access
from pathbook.people.visibility import Viewer

LITTLE = frozenset(
    "a an and are be can do does find for from get how i in is it me my of on or see the to what where who with".split()
)


@dataclass(frozen=True, slots=True)
class HowTo:
    """One question and its answer. `places`: of the menu, where it stands first; `part`: who it is for ("" everyone)."""

    asked: str
    answer: str
    places: tuple[str, ...]
    part: str
    level: str

    def is_for(self, viewer: Viewer) -> bool:
        return not self.part or viewer.may(self.part, self.level)


@dataclass(frozen=True, slots=True)
class Tour:
    """Three sentences on the first page of a role."""

    sentences: tuple[str, ...]


def found_for(viewer: Viewer, words: str, place: str) -> list[HowTo]:
    """Texts for this viewer: those that hold the words, best first; without words those of the place, else all."""
    theirs = [one for one in how_tos() if one.is_for(viewer)]
    wanted = [word for word in _words(words) if word not in LITTLE]
    if wanted:
        scored = [(sum(_holds(one, word) for word in wanted), -n, one) for n, one in enumerate(theirs)]
        return [one for score, _, one in sorted(scored, key=lambda each: each[:2], reverse=True) if score]
    here = [one for one in theirs if place in one.places]
    return here or theirs


def tour_for(role: str) -> Tour | None:
    return _tours().get(role)


@cache
def how_tos() -> tuple[HowTo, ...]:
    return tuple(
        HowTo(row["asked"], row["answer"], tuple(row["places"]), row.get("part", ""), row.get("level", access.READ))
        for row in _read()["how"]
    )


def _holds(one: HowTo, word: str) -> int:
    """In the question it counts three times; a word is held in any of its forms."""
    return 3 * _in(word, one.asked) + _in(word, one.answer)


def _in(word: str, text: str) -> bool:
    stem = word[:-1] if len(word) > 4 and word.endswith("s") else word
    return any(one.startswith(stem) for one in _words(text))


def _words(text: str) -> Iterable[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


@cache
def _tours() -> dict[str, Tour]:
    return {role: Tour(tuple(sentences)) for role, sentences in _read()["tour"].items()}


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath("how_to.toml").read_text("utf-8"))
