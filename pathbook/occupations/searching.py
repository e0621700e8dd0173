"""When work is described rather than named: the job profiles that speak of the same things."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from pathbook.occupations.data import rows
from pathbook.occupations.scoring import Guess
from pathbook.occupations.vocabulary import vocabulary
from pathbook.occupations.words import tokens

RARE = 3  # profiles; a word in more of them says too little on its own
LOWEST, HIGHEST = 0.3, 0.5  # a likeness of words is never as sure as an interest
SHARED = 0.34  # least share of what was said that a profile must speak of
SAYS_ENOUGH = 5.0  # least weight of the words shared: two that half the profiles have say nothing
TITLE, OVERVIEW, DUTIES = 1.0, 0.9, 0.6  # where in the profile the word stands
AT_MOST = 3
READ = 12  # words of the text
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "er", "ed", "es", "s", "e", "y")


def search(words: tuple[str, ...]) -> list[Guess]:
    """The profiles that share most with the words."""
    asked = {stem(word): word for word in reversed(words[:READ])}
    weight = {root: _weight(root) for root in sorted(asked)}
    total = sum(weight.values()) or 1.0
    shared: dict[int, dict[str, float]] = defaultdict(dict)
    for root in weight:
        for profile, place in _profiles_with().get(root, {}).items():
            shared[profile][root] = weight[root] * place
    scored = [
        (sum(both.values()) / total, profile, sorted(both, key=lambda root: (-both[root], root)))
        for profile, both in shared.items()
        if _says_enough(both, len(asked))
    ]
    best = sorted((one for one in scored if one[0] >= SHARED), key=lambda one: (-one[0], one[1]))[:AT_MOST]
    return [_guess(share, profile, [asked[root] for root in both[:2]]) for share, profile, both in best]


def _guess(share: float, profile: int, said: list[str]) -> Guess:
    title, code = _titles()[profile]
    score = LOWEST + (HIGHEST - LOWEST) * share
    return Guess(code, score, f"the job profile of {title} speaks of ‘{' '.join(said)}’", 0)


def _says_enough(both: Mapping[str, float], asked: int) -> bool:
    """Two words that are not everywhere; or the only word, when hardly any profile is about it."""
    if len(both) > 1:
        return sum(both.values()) >= SAYS_ENOUGH
    (root,) = both
    about = [place for place in _profiles_with()[root].values() if place > DUTIES]
    return asked == 1 and len(root) > 3 and 0 < len(about) <= RARE


def _weight(root: str) -> float:
    return math.log(1 + len(_titles()) / (1 + len(_profiles_with().get(root, {}))))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Signals, signalling and signaller have one root."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@cache
def _titles() -> list[tuple[str, str]]:
    return [(row["title"], row["soc2020"]) for row in rows("profiles.csv")]


@cache
def _profiles_with() -> Mapping[str, dict[int, float]]:
    """A word's root to the profiles that have it, and how much its place there says."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for profile, row in enumerate(rows("profiles.csv")):
        for place, text in ((TITLE, row["title"]), (OVERVIEW, row["overview"]), (DUTIES, row["doing"])):
            for root in _roots(text):
                found[root].setdefault(profile, place)
    return dict(found)


def _roots(text: str) -> Iterator[str]:
    everyday = vocabulary().everyday
    return (stem(word) for word in tokens(text) if len(word) > 2 and word.isalpha() and word not in everyday)
