"""The terms a text names, left to right, the longest first; misspelt ones too."""

from collections.abc import Iterator
from dataclasses import dataclass

from pathbook.occupations.spelling import put_right
from pathbook.occupations.vocabulary import INTEREST, LONGEST, OCCUPATION, PATHWAY, Term, vocabulary
from pathbook.occupations.words import BREAK, key

JOINS = frozenset({"or", "and"})
LONGEST_MISSPELT = 4
# the words a term that means work only on its own may still have around it
LEADS = frozenset(
    "maybe probably possibly something some sort kind of in with a an the be to want i become job work".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A term, from where in the text to where, and how alike it is to what was written (1: the same)."""

    term: Term
    start: int
    end: int
    alike: float = 1.0


def find(words: list[str]) -> list[Found]:
    """What the words name, in their order; none overlaps another."""
    found: list[Found] = []
    at = 0
    while at < len(words):
        here = None if words[at] == BREAK else _best_at(words, at)
        if here:
            shared = _sharing_a_last_word(words, here)
            if shared:
                found = [one for one in found if one.end <= shared.start] + [shared]
            found.append(here)
        at = here.end if here else at + 1
    return found


def _sharing_a_last_word(words: list[str], after: Found) -> Found | None:
    """The first of two that share a last word: `mechanical` in `mechanical or electrical engineer`."""
    before = after.start - 2
    if before < 0 or words[after.start - 1] not in JOINS or after.end - after.start < 2:
        return None
    term = vocabulary().terms.get(key((words[before], words[after.end - 1])))
    return Found(term, before, before + 1) if term and term.kind == OCCUPATION and not term.alone else None


def _best_at(words: list[str], at: int) -> Found | None:
    exact = next(_exact(words, at), None)
    misspelt = next(_misspelt(words, at), None)
    if exact and misspelt:
        return misspelt if misspelt.end > exact.end else exact
    return exact or misspelt


def _exact(words: list[str], at: int) -> Iterator[Found]:
    for end in _ends(words, at, LONGEST):
        term = vocabulary().terms.get(key(words[at:end]))
        if term and (not term.alone or _alone(words, at, end)) and not _made_of_joins(words, at, end, term):
            yield Found(term, at, end)


def _misspelt(words: list[str], at: int) -> Iterator[Found]:
    for end in _ends(words, at, LONGEST_MISSPELT):
        span = tuple(words[at:end])
        if span[0] in JOINS or span[-1] in JOINS or all(word in vocabulary().known_words for word in span):
            continue
        right = put_right(span)
        if right and not (end - at > 1 and (right[1] < 0.85 or len(right[0].said.split()) < end - at - 1)):
            yield Found(right[0], at, end, right[1])


def _ends(words: list[str], at: int, longest: int) -> Iterator[int]:
    """Where a term that starts here may end, the farthest first: never beyond its clause."""
    farthest = at
    while farthest < len(words) and farthest - at < longest and words[farthest] != BREAK:
        farthest += 1
    yield from range(farthest, at, -1)


def _alone(words: list[str], start: int, end: int) -> bool:
    clause_start = max((place + 1 for place in range(start) if words[place] == BREAK), default=0)
    clause_end = next((place for place in range(end, len(words)) if words[place] == BREAK), len(words))
    rest = words[clause_start:start] + words[end:clause_end]
    return all(word in LEADS or word in JOINS for word in rest)


def _made_of_joins(words: list[str], start: int, end: int, term: Term) -> bool:
    """`art or drama` is two things, unless the term itself has the word in it."""
    return any(word in JOINS and word not in term.said.split() for word in words[start:end])


WORK = (OCCUPATION, INTEREST)
WANTED = (*WORK, PATHWAY)
