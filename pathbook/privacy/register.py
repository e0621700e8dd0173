"""The register: every field that holds something about a person, with why, on what basis, who sees it, how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pathbook.people import access
from pathbook.people.models import Retention, Role
from pathbook.privacy.data import rows

BASES: Mapping[str, str] = MappingProxyType(
    {
        "task": "Public task, UK GDPR Article 6(1)(e): careers guidance is a duty under the Education Act 1997, "
        "sections 42A and 45A",
        "security": "Public task, Article 6(1)(e), and the duty to keep personal data safe, Articles 5(1)(f) and 32",
    }
)
# What Article 9 asks for besides, where something is special or is written in words that may make it so.
SPECIAL: Mapping[str, str] = MappingProxyType(
    {
        "no": "No",
        "yes": "Yes, or treated as such: Article 9(2)(g), Data Protection Act 2018, Schedule 1, paragraph 6",
        "may": "It may, as it is written in words: Article 9(2)(g), Data Protection Act 2018, Schedule 1, paragraph 6",
    }
)
KEPT: Mapping[str, str] = MappingProxyType(
    {
        "leaving": "{leaving} after the student leaves",
        "notes": "until {notes}the student's Year 13 ends",
        "post": "while the person works or studies here, and with the records they made after that",
        "sessions": "until it is used, ends or is set anew; sessions twelve hours at most",
        "audit": "as long as the school keeps the records it tells of; it holds numbers instead of students' names",
    }
)


_YEARS = ("", "a year", "two years", "three years", "four years", "five years", "six years", "seven years")


def in_words(how: Retention) -> dict[str, str]:
    """`leaving`: "three years"; `notes`: "a year after "."""
    leaving, notes = (_YEARS[n] if n < len(_YEARS) else f"{n} years" for n in (how.after_leaving, how.notes_after_13))
    return {"leaving": leaving, "notes": f"{notes} after " if notes else ""}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data, and every field that holds it. `told` is how a child is told of it; empty: not theirs."""

    id: str
    whose: str
    holds: str
    told: str
    purpose: str
    basis: str
    special: str
    parts: tuple[str, ...]
    keeps: str
    fields: tuple[str, ...]

    @property
    def is_special(self) -> bool:
        return self.special != SPECIAL["no"]

    @property
    def kept(self) -> str:
        """How long, as we suggest it; `kept_at` says how long this school does."""
        return self.kept_at(Retention())

    def kept_at(self, how: Retention) -> str:
        return KEPT[self.keeps].format(**in_words(how))

    @property
    def seen_by(self) -> tuple[str, ...]:
        """The roles the access table opens it to; none: only the person it belongs to, or who wrote it."""
        return tuple(role.label for role in Role if any(access.allows(role, part) for part in self.parts))


@cache
def register() -> tuple[Kind, ...]:
    held: dict[str, list[str]] = {}
    for row in rows("fields.csv"):
        held.setdefault(row["kind"], []).extend(f"{row['model']}.{name}" for name in row["fields"].split())
    return tuple(_kind(row, tuple(held.pop(row["kind"]))) for row in rows("kinds.csv"))


# What erasing a student does with a field of theirs (docs/decisions/0025).
ERASED: Mapping[str, str] = MappingProxyType(
    {
        "keep": "stays: it names nobody, and totals count it",
        "blank": "is emptied",
        "replace": "is replaced by words that name nobody, where something stood",
        "theirs": "stays if it names staff, and is replaced if it names the student or their family",
        "search": "is searched, and whatever names the student is taken out",
        "remove": "goes, with its row",
    }
)


@cache
def erased() -> Mapping[str, str]:
    """Field -> what erasure does with it, one of ERASED."""
    return {f"{row['model']}.{name}": row["erased"] for row in rows("erased.csv") for name in row["fields"].split()}


@cache
def not_personal() -> Mapping[str, str]:
    """Fields that hold nothing about a person, each with the reason."""
    return {
        f"{row['model']}.{name}": row["reason"] for row in rows("not_personal.csv") for name in row["fields"].split()
    }


def _kind(row: Mapping[str, str], fields: tuple[str, ...]) -> Kind:
    return Kind(
        row["kind"], row["whose"], row["holds"], row["told"], row["purpose"], BASES[row["basis"]],
        SPECIAL[row["special"]], tuple(row["seen_by"].split()), row["kept"], fields,
    )  # fmt: skip
