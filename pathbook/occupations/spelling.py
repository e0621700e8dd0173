"""Words with a spelling mistake, put right with care: the shorter the word, the less may differ."""

from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pathbook.occupations.vocabulary import Term, vocabulary
from pathbook.occupations.words import key, sound

SHORTEST = 4  # letters; below it another word is as likely as a mistake
MAY_DIFFER = ((4, 0), (7, 1), (11, 2), (60, 3))  # up to so many letters, so many may differ
SOUNDS_THE_SAME = 0.97
VOWELS = frozenset("aeiou")


@lru_cache(maxsize=4_096)
def put_right(words: tuple[str, ...]) -> tuple[Term, float] | None:
    """The term these words are a misspelling of, by its letters or its sound, and how alike they are (0 to 1)."""
    said = key(words)
    if not SHORTEST <= len(said) <= MAY_DIFFER[-1][0] or any(letter.isdigit() for letter in said):
        return None
    heard = sound(said)
    if exactly := vocabulary().sounds.get(heard):
        return exactly, SOUNDS_THE_SAME
    near = [
        (alike, terms[other])
        for terms, written in ((vocabulary().spellings, said), (vocabulary().sounds, heard))
        for other, alike in _nearest(written, _by_first_letter(terms is vocabulary().sounds))
    ]
    alike, term = max(near, key=lambda one: one[0], default=(0.0, None))
    return None if term is None or alike <= _like_an_everyday_word(said) else (term, alike)


def _nearest(written: str, among: dict[str, list[str]]) -> list[tuple[str, float]]:
    near = process.extract(written, among.get(written[0], ()), scorer=OSA.distance, score_cutoff=3, limit=5)
    return [
        (other, 1 - distance / max(len(written), len(other)))
        for other, distance, _ in near
        if distance <= _may_differ(written, other) and not _another_word(written, other)
    ]


def _like_an_everyday_word(said: str) -> float:
    """`smething` is `something`, whatever else it is like."""
    near = _nearest(said, _everyday_by_first_letter()) if len(said) > SHORTEST + 1 else []
    return max((alike for _, alike in near), default=0.0)


@cache
def _by_first_letter(sounds: bool) -> dict[str, list[str]]:
    """Hardly anyone gets a word's first letter or sound wrong."""
    return _grouped(vocabulary().sounds if sounds else vocabulary().spellings)


@cache
def _everyday_by_first_letter() -> dict[str, list[str]]:
    return _grouped(word for word in vocabulary().everyday if key((word,)) not in vocabulary().spellings)


def _grouped(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(word[0], []).append(word)
    return found


def _may_differ(written: str, other: str) -> int:
    longer = max(len(written), len(other))
    return next((most for length, most in MAY_DIFFER if longer <= length), 0)


def _another_word(written: str, other: str) -> bool:
    """A short word with another consonant in it is another word: banter is not banker."""
    if max(len(written), len(other)) > 6 or len(written) != len(other):
        return False
    changed = [(was, is_now) for was, is_now in zip(written, other, strict=True) if was != is_now]
    return len(changed) == 1 and not {*changed[0]} & VOWELS
