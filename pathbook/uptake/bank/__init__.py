"""Ready questions and ready surveys as data (bank.toml), checked as they are read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SCALE, CHOICE, MULTIPLE, TEXT, RANKING = "scale", "choice", "multiple", "text", "ranking"
KINDS = (SCALE, CHOICE, MULTIPLE, TEXT, RANKING)
STUDENTS, PARENTS, STAFF, EMPLOYERS = "students", "parents", "staff", "employers"
AUDIENCES = {STUDENTS: "Students", PARENTS: "Parents and carers", STAFF: "Staff", EMPLOYERS: "Employers"}
ADULT = "adult"
VERSIONS = {"y7": "Years 7 and 8", "y9": "Year 9", "y10": "Years 10 and 11", "y12": "Years 12 and 13", ADULT: "Adults"}
SCALE_WORDS = {"5": "Yes, definitely", "4": "Mostly", "3": "Not sure", "2": "Not really", "1": "Not at all"}
AGREES, DISAGREES = ("4", "5"), ("1", "2")
MOST_RANKED = 3
SAID_UNSURE = "said_unsure"  # the need of a named answer that does not know what comes next


class BankError(Exception):
    """The bank says something that cannot be asked; the message says which question and why."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question in the words of each age. `options`: code to words, in order; a scale's are the same for all."""

    code: str
    kind: str
    topic: str
    words: Mapping[str, str]
    options: Mapping[str, str]
    criterion: str = ""
    need: str = ""

    @property
    def in_full(self) -> str:
        """In the words of the eldest who are asked: what a report calls it."""
        return list(self.words.values())[-1]

    def asked_of(self, version: str) -> bool:
        return version in self.words


@dataclass(frozen=True, slots=True)
class Template:
    """A ready survey. `purpose` says to the careers leader what it is for. Without questions: to write them yourself."""

    code: str
    title: str
    audience: str
    is_named: bool
    purpose: str
    questions: tuple[str, ...]

    @property
    def whom(self) -> str:
        return AUDIENCES[self.audience]


def version_for(year_group: int | None) -> str:
    """Which age's words somebody is asked in; adults where there is no year group."""
    if year_group is None:
        return ADULT
    return "y7" if year_group < 9 else "y9" if year_group == 9 else "y10" if year_group < 12 else "y12"


@cache
def questions() -> Mapping[str, Question]:
    return {row["code"]: checked(row) for row in _read()["question"]}


@cache
def templates() -> Mapping[str, Template]:
    known = questions()
    return {row["code"]: _template(row, known) for row in _read()["template"]}


def checked(row: Mapping[str, Any]) -> Question:
    """Raises BankError for a question that nobody could answer."""
    options = dict(SCALE_WORDS) if row["kind"] == SCALE else dict(row.get("options", {}))
    found = Question(
        row["code"], row["kind"], row["topic"], dict(row["words"]), options, row.get("criterion", ""), row.get("need", "")
    )  # fmt: skip
    if found.kind not in KINDS:
        raise BankError(f"{found.code}: {found.kind} is no kind of question. Use one of {', '.join(KINDS)}.")
    if not found.words or set(found.words) - set(VERSIONS):
        raise BankError(f"{found.code}: words are needed for at least one of {', '.join(VERSIONS)}, and no other.")
    if (found.kind in (CHOICE, MULTIPLE, RANKING)) != (len(found.options) > 1 and found.kind != SCALE):
        raise BankError(f"{found.code}: a choice needs two options or more, words need none.")
    if found.need and (found.need != SAID_UNSURE or found.kind != SCALE):
        raise BankError(f"{found.code}: only a scale can raise the need {SAID_UNSURE}.")
    return found


def _template(row: Mapping[str, Any], known: Mapping[str, Question]) -> Template:
    unknown = [code for code in row["questions"] if code not in known]
    if unknown or row["audience"] not in AUDIENCES:
        raise BankError(f"{row['code']}: {', '.join(unknown) or row['audience']} is not in the bank.")
    return Template(row["code"], row["title"], row["audience"], row["named"], row["for"], tuple(row["questions"]))


def _read() -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath("bank.toml").read_text(encoding="utf-8"))
