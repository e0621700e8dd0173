"""Words with a spelling mistake, put right with care: the shorter the word, the less may differ."""

from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pathbook.occupations.vocabulary import Term, vocabulary
from pathbook.occupations.words import key, sound

SHORTEST = 4  # letters; below it another word is as likely as a mistake
MAY_DIFFER = ((4, 0), (7, 1), (11, 2), (60, 3))  # up to so many letters, so many may differ
VOWELS = frozenset("aeiou")


@lru_cache(maxsize=4_096)
def put_right(words: tuple[str, ...]) -> tuple[Term, float] | None:
    """The term these words are a misspelling of, and how alike they are (0 to 1)."""
    said = key(words)
    if not SHORTEST <= len(said) <= MAY_DIFFER[-1][0] or any(letter.isdigit() for letter in said):
        return None
    heard = sound(said)
    if exactly := vocabulary().sounds.get(heard):
        return exactly, 0.97
    near = process.extract(heard, _by_first_letter().get(heard[0], ()), scorer=OSA.distance, score_cutoff=3, limit=5)
    for other, distance, _ in near:
        if distance <= _may_differ(heard, other) and not _another_word(heard, other):
            return vocabulary().sounds[other], 1 - distance / max(len(heard), len(other))
    return None


@cache
def _by_first_letter() -> dict[str, list[str]]:
    """Hardly anyone gets a word's first sound wrong."""
    found: dict[str, list[str]] = {}
    for heard in sorted(vocabulary().sounds):
        found.setdefault(heard[0], []).append(heard)
    return found


def _may_differ(heard: str, other: str) -> int:
    longer = max(len(heard), len(other))
    return next((most for length, most in MAY_DIFFER if longer <= length), 0)


def _another_word(heard: str, other: str) -> bool:
    """A short word with another consonant in it is another word: banter is not banker."""
    if max(len(heard), len(other)) > 6:
        return False
    if len(heard) != len(other):
        return False
    return any({was, is_now} & VOWELS == set() for was, is_now in _changed(heard, other))


def _changed(heard: str, other: str) -> list[tuple[str, str]]:
    """The letters that differ, place by place; none when two neighbours only changed places."""
    changed = [(was, is_now) for was, is_now in zip(heard, other, strict=True) if was != is_now]
    return changed if len(changed) == 1 else []
