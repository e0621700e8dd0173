"""What one more day would change: the allocation made again with the bought places, going on from the one there is.

Made again rather than read from the solver's prices: a price is true of the next single place, and a day is several.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from pathbook.allocation.answer import Allocation, Place
from pathbook.allocation.improve import improve
from pathbook.allocation.problem import Menu, Offer


@dataclass(frozen=True, slots=True)
class Change:
    """`gained`: need met in all. `reached` had no place and have one; `lost` the other way round; `moved` have another."""

    after: Allocation
    gained: float
    reached: tuple[str, ...]
    lost: tuple[str, ...]
    moved: tuple[str, ...]


def one_more(*, now: Allocation, bought: Collection[Offer], worth: Mapping[str, float], seconds: float) -> Change:
    """`worth`: the menus the bought offers join, and the part of such a need each meets."""
    problem = replace(
        now.problem,
        offers=(*now.problem.offers, *bought),
        menus=tuple(_with(menu, bought, worth.get(menu.id)) for menu in now.problem.menus),
    )
    after = improve(problem, now, seconds)
    before, later = _held(now.places), _held(after.places)
    return Change(
        after, after.objective - now.objective, tuple(sorted(later.keys() - before.keys())),
        tuple(sorted(before.keys() - later.keys())),
        tuple(sorted(who for who in before.keys() & later.keys() if before[who] != later[who])),
    )  # fmt: skip


def _with(menu: Menu, bought: Collection[Offer], worth: float | None) -> Menu:
    if worth is None:
        return menu
    return Menu(menu.id, {**menu.worth, **{offer.id: worth for offer in bought}})


def _held(places: Collection[Place]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for place in places:
        held.setdefault(place.student, set()).add(place.offer)
    return held
