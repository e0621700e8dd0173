"""Every term the matcher knows and what it means, read from the data files when first asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pathbook.occupations.data import listed, rows, text
from pathbook.occupations.words import key, sound, tokens

OCCUPATION, INTEREST, PATHWAY = "occupation", "interest", "pathway"
NO_WORK = "-"  # in words.csv: a term that is known and is no occupation
ALONE = "!"  # after a term that means work only when nothing else is said, such as `it`
LONGEST = 7  # words in a term

# work named for what is done: plumber, plumbing
_DOING = (
    ("eer", "eering"), ("er", "ing"), ("ologist", "ology"), ("apist", "apy"), ("grapher", "graphy"),
    ("ist", "istry"), ("ician", "ics"), ("ant", "ancy"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A term, its kind, and the unit groups it may mean, likeliest first (or the pathway's code)."""

    said: str
    kind: str
    codes: tuple[str, ...] = ()
    interest: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`terms` by key; those a misspelling may be put right to, by `spellings` and by how they sound.

    `telling` words are known and are not everyday: they say something of work, though not always which.
    """

    terms: Mapping[str, Term]
    spellings: Mapping[str, Term]
    sounds: Mapping[str, Term]
    known_words: frozenset[str]
    telling: frozenset[str]
    everyday: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The first file to name a term decides what it means: our own words come before the official titles."""
    terms: dict[str, Term] = {}
    known: set[str] = set()
    for term in _terms():
        words = tokens(term.said)
        known.update(words)
        terms.setdefault(key(words), term)
    for term in [term for term in terms.values() if term.kind == OCCUPATION]:
        for doing in _named_for_what_is_done(term):
            known.update(doing)
            terms.setdefault(key(doing), Term(" ".join(doing), term.kind, term.codes, alone=term.alone))
    everyday = frozenset(text("everyday.txt").split())
    spellings = {k: term for k, term in terms.items() if _may_be_misspelt(k, term)}
    sounds = {sound(k): term for k, term in reversed(spellings.items())}
    known.update(everyday, text("spelt_right.txt").split())
    return Vocabulary(
        MappingProxyType(terms),
        MappingProxyType(spellings),
        MappingProxyType(sounds),
        frozenset(known),
        frozenset(known - everyday),
        everyday,
    )


def _terms() -> Iterator[Term]:
    for row in rows("phrases.csv"):
        for term in listed(row["words"]):
            yield Term(term, row["kind"], (row["code"],) if row["code"] else ())
    for row in rows("words.csv"):
        codes = () if row["soc2020"] == NO_WORK else tuple(row["soc2020"].split())
        for term in listed(row["words"]):
            yield Term(term.rstrip(ALONE), OCCUPATION, codes, alone=term.endswith(ALONE))
    for row in rows("interests.csv"):
        for term in listed(row["words"]):
            yield Term(
                term.rstrip(ALONE), INTEREST, tuple(row["soc2020"].split()), row["interest"], term.endswith(ALONE)
            )
    for row in rows("profiles.csv"):
        yield Term(row["title"], OCCUPATION, (row["soc2020"],))


def _named_for_what_is_done(term: Term) -> Iterator[tuple[str, ...]]:
    *before, last = tokens(term.said)
    for ending, instead in _DOING:
        if last.endswith(ending) and len(last) > len(ending) + 2:
            yield (*before, last.removesuffix(ending) + instead)


def _may_be_misspelt(key: str, term: Term) -> bool:
    return len(key) >= 4 and term.kind in (OCCUPATION, INTEREST, PATHWAY) and not term.alone
