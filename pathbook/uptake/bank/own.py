"""A question a school asks of its own: one wording for all who are asked, counted and hidden as the bank's are."""

from collections.abc import Sequence
from hashlib import sha256

from pathbook.uptake.bank import ADULT, SCALE, SCALE_WORDS, STUDENTS, TEXT, VERSIONS, BankError, Question, checked

MARK = "own-"  # what its code begins with; no code of the bank does
TOPIC = "More from our school"
MOST, MOST_ANSWERS = 10, 10


class OwnQuestionError(BankError):
    """It cannot be asked as it stands; the message says what to change."""


def own_question(
    *, kind: str, words: str, options: Sequence[str], audience: str, criterion: str = "", need: str = ""
) -> Question:
    """Its code is made of what it asks: the same question next time is laid beside it, a changed one never is.

    Raises OwnQuestionError.
    """
    said = _answers(kind, options)
    versions = [code for code in VERSIONS if (code != ADULT) == (audience == STUDENTS)]
    code = MARK + sha256(repr((kind, words, *said)).encode()).hexdigest()[:12]
    row = {
        "code": code, "kind": kind, "topic": TOPIC, "words": dict.fromkeys(versions, words), "criterion": criterion,
        "options": {f"a{n}": answer for n, answer in enumerate(said, start=1)}, "need": need,
    }  # fmt: skip
    try:
        return checked(row)
    except BankError:
        raise OwnQuestionError(_what_to_do(kind, need)) from None


def is_own(question: Question) -> bool:
    return question.code.startswith(MARK)


def answers_of(question: Question) -> tuple[str, ...]:
    """The answers somebody wrote for it; a scale's are everybody's."""
    return () if question.options == SCALE_WORDS else tuple(question.options.values())


def _answers(kind: str, options: Sequence[str]) -> list[str]:
    said = [one.strip() for one in options if one.strip()]
    if len(said) > MOST_ANSWERS:
        raise OwnQuestionError(f"Write {MOST_ANSWERS} answers or fewer.")
    if len({one.casefold() for one in said}) < len(said):
        raise OwnQuestionError("Two of the answers are the same. Change one, or take it out.")
    if said and kind == SCALE:
        raise OwnQuestionError("A scale has its own five answers. Leave the answers empty, or choose another kind.")
    return said


def _what_to_do(kind: str, need: str) -> str:
    if need and kind != SCALE:
        return (
            "Only a scale can say that somebody does not know their next step. Choose a scale, or take the tick away."
        )
    if kind == TEXT:
        return "Words are written freely. Leave the answers empty, or choose another kind."
    return "Write at least two answers to choose from, each on a line of its own."
