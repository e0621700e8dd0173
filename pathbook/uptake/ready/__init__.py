"""What to look for in books and lessons, and what staff are trained in, as data (looks.toml, topics.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

BOOKS, WALKTHROUGH, WALK, TALK = "book_look", "walkthrough", "learning_walk", "conversation"
KINDS = {
    BOOKS: "Book look",
    WALKTHROUGH: "Lesson walkthrough",
    WALK: "Learning walk",
    TALK: "Conversation with students",
}
ONE = {BOOKS: "book", WALKTHROUGH: "lesson", WALK: "room", TALK: "conversation"}  # what one of a round is
OF_A_STUDENT = (BOOKS, TALK)
IN_A_SUBJECT = (BOOKS, WALKTHROUGH)
SEEN, PARTLY, NOT_SEEN = "seen", "partly", "not_seen"
ANSWERS = {SEEN: "Seen", PARTLY: "Partly", NOT_SEEN: "Not seen"}


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look for, and the criterion it is evidence for."""

    code: str
    criterion: str
    words: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a training session is about. `roles`: who needs it; none: everybody who works here."""

    code: str
    label: str
    roles: tuple[str, ...]

    def is_for(self, roles: tuple[str, ...]) -> bool:
        return not self.roles or bool(set(self.roles) & set(roles))


@cache
def looks_for(kind: str) -> tuple[Look, ...]:
    return tuple(Look(row["code"], row["criterion"], row["words"]) for row in _read("look") if kind in row["kinds"])


@cache
def topics() -> Mapping[str, Topic]:
    return {row["code"]: Topic(row["code"], row["label"], tuple(row["roles"])) for row in _read("topic")}


def _read(what: str) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = tomllib.loads(files(__name__).joinpath(f"{what}s.toml").read_text("utf-8"))[what]
    return said
