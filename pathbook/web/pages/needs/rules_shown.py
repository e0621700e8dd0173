"""The rules as the page lists them: each beside its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.forms import BoundField, Form

from pathbook.framework.needs.rules import Rule, changeable, rules


@dataclass(frozen=True, slots=True)
class Line:
    """One thing with a number: its name, its field, and what it was as shipped."""

    label: str
    field: BoundField
    shipped: str
    changed: bool


@dataclass(frozen=True, slots=True)
class RuleShown:
    rule: Rule
    on: BoundField
    weight: Line
    items: tuple[Line, ...]
    settings: tuple[Line, ...]
    urls: tuple[str, ...]
    changed: bool

    @property
    def is_wrong(self) -> bool:
        """A part was refused: it is shown open, with its sentence."""
        return any(line.field.errors for line in self.items)


def rules_shown(now: Sequence[Rule], form: Form, names: Mapping[str, str]) -> tuple[RuleShown, ...]:
    return tuple(_rule(rule, form, names) for rule in now)


def _rule(rule: Rule, form: Form, names: Mapping[str, str]) -> RuleShown:
    shipped = rules()[rule.code]
    items = tuple(
        _line(item.label, form[f"{rule.code}/item/{item.id}"], item.weight, shipped.items[item.id].weight)
        for item in rule.items.values()
    )
    settings = tuple(
        _line(names.get(name, name), form[f"{rule.code}/setting/{name}"], value, shipped.settings[name])
        for name, value in changeable(rule).items()
    )
    weight = _line("Weight", form[f"{rule.code}/weight"], rule.weight, shipped.weight)
    changed = rule.on != shipped.on or any(line.changed for line in (weight, *items, *settings))
    urls = tuple(source for source in rule.sources if source.startswith("http"))
    return RuleShown(rule, form[rule.code], weight, items, settings, urls, changed)


def _line(label: str, field: BoundField, now: float, shipped: float) -> Line:
    return Line(label, field, f"{shipped:g}", now != shipped)
