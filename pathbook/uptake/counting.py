"""How an answer becomes numbers: what each question counts, for whom, with every count at nought before the first."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pathbook.uptake.bank import RANKING, TEXT, Question

ASKED, NOT_SAID = "_", "0"  # how many were asked it, and how many of them said nothing
FIRST = "/1"  # an option put first in a ranking
EVERYONE, YEAR, SEN, PREMIUM, FORM = "all", "year", "sen", "premium", "form"

Said: TypeAlias = Mapping[str, str | Sequence[str]]  # question -> option, options in order, or words
Counts: TypeAlias = dict[str, dict[str, int]]


def nought(questions: Sequence[Question]) -> Counts:
    return {one.code: dict.fromkeys((ASKED, NOT_SAID, *_counted(one)), 0) for one in questions}


def added(counts: Counts, questions: Sequence[Question], said: Said, version: str) -> Counts:
    """The counts with one more answer in them, in the order they were in."""
    more = {one.code: ticked(one, said.get(one.code, "")) for one in questions if one.asked_of(version)}
    return {
        code: {key: n + (key in more.get(code, ())) for key, n in options.items()} for code, options in counts.items()
    }


def _counted(question: Question) -> tuple[str, ...]:
    firsts = [f"{code}{FIRST}" for code in question.options] if question.kind == RANKING else []
    return (*question.options, *firsts)


def ticked(question: Question, said: str | Sequence[str]) -> set[str]:
    """Which counts of one question an answer adds one to; nothing said is counted too."""
    if not said:
        return {ASKED, NOT_SAID}
    if question.kind == TEXT:
        return {ASKED}
    chosen = [said] if isinstance(said, str) else list(said)
    first = {f"{chosen[0]}{FIRST}"} if question.kind == RANKING else set()
    return {ASKED, *chosen, *first}
