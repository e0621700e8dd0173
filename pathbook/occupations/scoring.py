"""How likely each occupation is, from the terms that were found: work named outright, then interests."""

from collections.abc import Iterator
from dataclasses import dataclass

from pathbook.occupations.finding import Found
from pathbook.occupations.vocabulary import INTEREST, OCCUPATION, vocabulary
from pathbook.occupations.words import BREAK

# by place among the unit groups a term may mean: the more it may mean, the less sure of the first
NAMED = {
    1: (0.95,),
    2: (0.92, 0.78),
    3: (0.88, 0.78, 0.7),
    4: (0.84, 0.77, 0.7, 0.64),
    5: (0.8, 0.74, 0.69, 0.65, 0.61),
}
LIKED = (0.62, 0.57, 0.53, 0.5, 0.47, 0.45)
DESCRIBES = 0.85  # `army` in `army nurse` says what kind of nurse
BESIDE_WORK = 0.6  # an interest said in one breath with work, such as `sports physio`
UNEXPLAINED = 0.4  # most that is taken off when the clause says much that no term accounts for
BOTH = 0.04  # both the work and the interest point to it


@dataclass(frozen=True, slots=True)
class Guess:
    """An occupation that may be meant, how likely, why, and where in the text."""

    code: str
    score: float
    why: str
    place: int


def guesses(words: list[str], wanted: list[Found], unwanted: list[Found]) -> list[Guess]:
    """Every occupation that what is wanted may mean, less those that were refused."""
    no = {code for one in unwanted if one.term.kind == OCCUPATION for code in one.term.codes}
    work = [one for one in wanted if one.term.kind == OCCUPATION and one.term.codes]
    liked = [one for one in wanted if one.term.kind == INTEREST]
    named = [guess for one in work for guess in _named(one, _sure(words, one, wanted), no)]
    return named + [guess for one in liked for guess in _liked(words, one, work, named, no)]


def _named(one: Found, sure: float, no: set[str]) -> Iterator[Guess]:
    codes = one.term.codes if len(one.term.codes) == 1 else [code for code in one.term.codes if code not in no]
    for code, score in zip(codes, NAMED[min(len(one.term.codes), 5)], strict=False):
        yield Guess(code, score * sure, _why(one), one.start)


def _sure(words: list[str], one: Found, wanted: list[Found]) -> float:
    """Less sure of a misspelling, of a name that only describes the next, and of one word of a long description."""
    told = one.alike * (DESCRIBES if _describes(one, wanted) else 1)
    left = len(_unexplained(words, one, wanted))
    return told * (1 - UNEXPLAINED * left / (left + one.end - one.start))


def _why(one: Found) -> str:
    return f"said ‘{one.term.said.lower()}’" if one.alike == 1 else f"spelt like ‘{one.term.said.lower()}’"


def _describes(one: Found, wanted: list[Found]) -> bool:
    """The last of two names side by side is the work; the one before it says what kind."""
    return any(other.start == one.end and other.term.kind == OCCUPATION and other.term.codes for other in wanted)


def _liked(words: list[str], one: Found, work: list[Found], named: list[Guess], no: set[str]) -> Iterator[Guess]:
    beside = any(_one_breath(words, one, other) for other in work)
    said = {guess.code: guess for guess in named}
    for code, score in zip((code for code in one.term.codes if code not in no), LIKED, strict=False):
        if beside and code in said:
            both = said[code]
            yield Guess(code, min(both.score + BOTH, 1.0), both.why, both.place)
        else:
            sure = one.alike * (BESIDE_WORK if beside else 1)
            yield Guess(code, score * sure, f"an interest in {one.term.interest}", one.start)


def _one_breath(words: list[str], one: Found, other: Found) -> bool:
    between = words[min(one.end, other.end) : max(one.start, other.start)]
    return not {BREAK, "or", "and", "but"} & set(between)


def _unexplained(words: list[str], one: Found, wanted: list[Found]) -> list[str]:
    """The words of its clause with a meaning of their own that nothing found accounts for."""
    ends = {BREAK, "or", "and", "but"}
    start = max((at + 1 for at in range(one.start) if words[at] in ends), default=0)
    end = next((at for at in range(one.end, len(words)) if words[at] in ends), len(words))
    taken = {at for other in wanted for at in range(other.start, other.end)}
    return [words[at] for at in range(start, end) if at not in taken and words[at] in vocabulary().telling]
