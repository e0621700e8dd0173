"""Who an activity is for, by rule: "Year 10, and Year 9 with an EHC plan". A student is invited whom any clause fits.

A rule is a list of clauses as kept with the activity: {"years": [10], "forms": ["10B"], "who": ["ehcp"], "groups": ["Choir"]}.
Within a clause everything said must hold: one of its year groups, one of its forms, one of its groups, each of its
circumstances.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pathbook.framework.in_words import listed
from pathbook.framework.years import YEAR_GROUPS

WHO = {
    "ehcp": "with an EHC plan", "sen": "with SEN support or an EHC plan", "pupil_premium": "with pupil premium",
    "fsm": "with free school meals", "looked_after": "looked after", "eal": "with English as an additional language",
    "young_carer": "who are young carers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Someone:
    """What a rule may ask of a student. `who`: the codes of WHO that are true of them. `groups`: classes and groups, by name."""

    year_group: int
    form: str = ""
    who: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clause:
    """Empty means any; a clause that says nothing at all fits nobody."""

    years: tuple[int, ...] = ()
    forms: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.years or self.forms or self.who or self.groups)

    def fits(self, one: Someone) -> bool:
        years, forms = not self.years or one.year_group in self.years, not self.forms or one.form in self.forms
        groups = not self.groups or not one.groups.isdisjoint(self.groups)
        return self.says_something and years and forms and groups and one.who.issuperset(self.who)

    @property
    def in_words(self) -> str:
        base = _years(self.years) if not self.forms else listed(self.forms)
        groups = [f"in {listed(self.groups)}"] if self.groups else []
        who = [listed([WHO[code] for code in self.who])] if self.who else []
        return " ".join((base or "Anyone", *groups, *who))


@dataclass(frozen=True, slots=True)
class Rule:
    """No clauses: nobody is invited by rule."""

    clauses: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return any(clause.says_something for clause in self.clauses)

    def fits(self, one: Someone) -> bool:
        return any(clause.fits(one) for clause in self.clauses)

    @property
    def in_words(self) -> str:
        return ", and ".join(clause.in_words for clause in self.clauses if clause.says_something)

    @property
    def years(self) -> frozenset[int]:
        """The year groups it may reach."""
        said = [clause.years or YEAR_GROUPS for clause in self.clauses if clause.says_something]
        return frozenset(group for groups in said for group in groups)

    @property
    def groups(self) -> frozenset[str]:
        """The classes and groups it names."""
        return frozenset(name for clause in self.clauses for name in clause.groups)

    @property
    def of_one_year(self) -> bool:
        """It names a form or a group, which are of one school year."""
        return any(clause.forms or clause.groups for clause in self.clauses)

    @property
    def kept(self) -> list[dict[str, list[Any]]]:
        """As it is kept; read back by `rule_of`."""
        return [_kept(one) for one in self.clauses if one.says_something]


def _kept(one: Clause) -> dict[str, list[Any]]:
    said: dict[str, list[Any]] = {"years": list(one.years), "forms": list(one.forms), "who": list(one.who)}
    return said | ({"groups": list(one.groups)} if one.groups else {})


def rule_of(kept: Sequence[Mapping[str, Sequence[Any]]]) -> Rule:
    """What is not known is left out: a clause is never wider for it, since it then fits nobody."""
    return Rule(tuple(filter(None, map(_clause, kept))))


def _clause(said: Mapping[str, Sequence[Any]]) -> Clause | None:
    years = tuple(sorted({int(year) for year in said.get("years", ()) if int(year) in YEAR_GROUPS}))
    who = tuple(code for code in WHO if code in said.get("who", ()))
    unknown = set(said.get("who", ())) - WHO.keys() or (said.get("years") and not years)
    forms, groups = (tuple(map(str, said.get(name, ()))) for name in ("forms", "groups"))
    return None if unknown else Clause(years, forms, who, groups)


def for_years(years: Iterable[int]) -> Rule:
    """Everyone in these year groups."""
    said = tuple(sorted(years))
    return Rule((Clause(said),)) if said else Rule()


def _years(years: Sequence[int]) -> str:
    if set(years) >= set(YEAR_GROUPS):
        return "Every year group"
    return f"Year{'s' if len(years) > 1 else ''} {listed([str(year) for year in years])}" if years else ""
