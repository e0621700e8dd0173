"""When no work is named: the job profiles whose description speaks of the same things."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from pathbook.occupations.data import rows
from pathbook.occupations.scoring import Guess
from pathbook.occupations.vocabulary import vocabulary
from pathbook.occupations.words import singular, tokens

RARE = 3  # profiles; a word in more of them says too little on its own
LOWEST, HIGHEST = 0.3, 0.45  # a likeness of words is never as sure as an interest
AT_MOST = 3
READ = 12  # words of the text


def search(words: tuple[str, ...]) -> list[Guess]:
    """The profiles that share most with the words: all of them, or two at least, or a rare one of two."""
    asked = list(dict.fromkeys(singular(word) for word in words))[:READ]
    shared: dict[int, list[str]] = defaultdict(list)
    for word in asked:
        for profile in _profiles_with().get(word, ()):
            shared[profile].append(word)
    weight = {word: _weight(word) for word in asked}
    total = sum(weight.values()) or 1.0
    scored = [
        (sum(weight[word] for word in both) / total, profile, both)
        for profile, both in shared.items()
        if len(both) >= 2 or (len(asked) <= 2 and len(_profiles_with()[both[0]]) <= RARE)
    ]
    return list(_as_guesses(sorted(scored, key=lambda one: (-one[0], one[1]))[:AT_MOST]))


def _as_guesses(scored: list[tuple[float, int, list[str]]]) -> Iterator[Guess]:
    for share, profile, both in scored:
        title, code = _titles()[profile]
        score = LOWEST + (HIGHEST - LOWEST) * share
        yield Guess(code, score, f"the job profile of {title} speaks of ‘{' '.join(both)}’", 0)


@cache
def _titles() -> list[tuple[str, str]]:
    return [(row["title"], row["soc2020"]) for row in rows("profiles.csv")]


@cache
def _profiles_with() -> Mapping[str, list[int]]:
    """Word to the profiles whose title or overview has it."""
    found: dict[str, list[int]] = defaultdict(list)
    everyday = vocabulary().everyday
    for place, row in enumerate(rows("profiles.csv")):
        said = {word for word in tokens(f"{row['title']} {row['overview']}") if word not in everyday and len(word) > 2}
        for word in {singular(word) for word in said if word.isalpha()}:
            found[word].append(place)
    return dict(found)


def _weight(word: str) -> float:
    return math.log(1 + len(_titles()) / (1 + len(_profiles_with().get(word, ()))))
