"""The rules and their weights as data, with what a school has changed laid over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pathbook.framework.data import read


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a rule with a weight of its own: a criterion, a kind of barrier, a factor. Weight 0 is off."""

    id: str
    label: str
    weight: float
    none: str = ""
    some: str = ""
    step: str = ""
    reads: frozenset[str] = frozenset()
    since: str = ""  # which encounters bear on it: this year, key_stage, after_16 or ever


@dataclass(frozen=True, slots=True)
class Rule:
    """`reads`: the parts of a record one must be allowed to read to be shown such a need. `plain`: for the student."""

    code: str
    label: str
    plain: str
    on: bool
    weight: float
    reads: frozenset[str]
    step: str
    settings: Mapping[str, Any]
    items: Mapping[str, Item]
    sources: tuple[str, ...]
    verified: bool
    why: str

    def item_of(self, row: str, set_id: str) -> Item | None:
        """The item of a criterion; a college's has its own words, and the weight a school gave its like."""
        known = self.items.get(f"{set_id}:{row}") or self.items.get(row)
        said = of_learners().get(f"{set_id}:{row}") or of_learners().get(row)
        if known or said is None or said["as"] not in self.items:
            return known
        like = self.items[said["as"]]
        none, some, since = (said.get(name, getattr(like, name)) for name in ("none", "some", "since"))
        return replace(like, id=row, none=none, some=some, since=since)


@dataclass(frozen=True, slots=True)
class Change:
    """What one school changed of one rule; None leaves what the data says."""

    on: bool | None = None
    weight: float | None = None
    items: Mapping[str, float] = field(default_factory=dict)
    settings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Urgency:
    """How weight grows as the day nears: see severity.py."""

    horizon_days: int
    at_horizon: float
    booked: float


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule as shipped, in the order of the file."""
    return {row["code"]: _rule(row) for row in read("needs")["rules"]}


@cache
def of_learners() -> Mapping[str, Mapping[str, str]]:
    """Criterion of a college -> its like among a school's, and its own words."""
    found: Mapping[str, Mapping[str, str]] = read("needs-of-learners")["items"]
    return found


@cache
def urgency() -> Urgency:
    return Urgency(**read("needs")["urgency"])


def rules_with(changes: Mapping[str, Change]) -> tuple[Rule, ...]:
    """The rules of a school. A change to a rule, an item or a setting that no longer exists is ignored."""
    return tuple(_changed(rule, changes[code]) if code in changes else rule for code, rule in rules().items())


def changeable(rule: Rule) -> Mapping[str, int]:
    """The settings of a rule a school may change on the page: the plain whole numbers."""
    return {name: value for name, value in rule.settings.items() if isinstance(value, int)}


def _changed(rule: Rule, change: Change) -> Rule:
    items = {
        id: replace(item, weight=change.items[id]) if id in change.items else item for id, item in rule.items.items()
    }
    settings = {name: int(value) for name, value in change.settings.items() if name in changeable(rule)}
    return replace(
        rule,
        on=rule.on if change.on is None else change.on,
        weight=rule.weight if change.weight is None else change.weight,
        items=items,
        settings={**rule.settings, **settings},
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        row["code"], row["label"], row["plain"], row["on"], row["weight"], frozenset(row["reads"]), row["step"],
        row["settings"], {said["id"]: _item(said) for said in row.get("items", ())}, tuple(row["sources"]),
        row["verified"], row["why"],
    )  # fmt: skip


def _item(said: Mapping[str, Any]) -> Item:
    words = {name: said.get(name, "") for name in ("none", "some", "step", "since")}
    return Item(said["id"], said["label"], said["weight"], reads=frozenset(said.get("reads", ())), **words)
