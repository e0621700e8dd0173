"""A fair sample of a few: every year and group in its share, the same again from the same seed, nobody chosen by a person.

Systematic sampling: everybody in a row, sorted by stratum and shuffled within it, and every so-manieth taken from a
start drawn by lot. Everyone has the same chance, and each stratum gets its share rounded down or up, whatever the seed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be drawn. `stratum`: what each share is kept of, such as (year, group); `choices`: subjects it can be seen in."""

    id: str
    stratum: tuple[str, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One that was drawn, and the subject it is seen in ("" where there is none to choose)."""

    candidate: Candidate
    choice: str


def draw(candidates: Iterable[Candidate], how_many: int, *, seed: int) -> tuple[Drawn, ...]:
    """Never one twice; all of them where there are not more than `how_many`. The order they come in does not matter."""
    lot = Random(seed)
    row = sorted(candidates, key=lambda one: (one.stratum, one.id))
    places = {one.id: lot.random() for one in row}
    row.sort(key=lambda one: (one.stratum, places[one.id]))
    taken = _every_so_many(row, min(how_many, len(row)), lot)
    return tuple(_spread(taken, lot))


def _every_so_many(row: list[Candidate], how_many: int, lot: Random) -> list[Candidate]:
    start = lot.random()
    return [row[min(int((n + start) * len(row) / how_many), len(row) - 1)] for n in range(how_many)]


def _spread(taken: Iterable[Candidate], lot: Random) -> Iterable[Drawn]:
    """Each in the subject seen least so far of those it can be seen in; by lot where several are."""
    seen: Counter[str] = Counter()
    for one in taken:
        least = min((seen[choice] for choice in one.choices), default=0)
        choice = lot.choice([c for c in sorted(one.choices) if seen[c] == least]) if one.choices else ""
        seen[choice] += 1
        yield Drawn(one, choice)
