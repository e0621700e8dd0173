"""Taking names out of what somebody wrote without a name: a help to whoever reads it, not a guarantee.

Words that are a name of the school's students, staff, parents or carers become [name]. A name that is also an everyday
word (Will, Grace, May) is taken out only where it is written as a name.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Value

from pathbook.audit.last import last_said
from pathbook.people.models import Account, FormerName, GuardianLink, RoleHeld, Staff, Student
from pathbook.people.names import plain_name

NAME = "[name]"
EVERYDAY = frozenset(
    "will grace may mark rose hope faith joy art bill rich young long short brown black white green gray grey king bishop"
    " baker cook carpenter mason smith taylor turner walker day summer autumn winter april june august dean drew jack"
    " ray rob sue pat frank ernest miles chase reed price wood woods field fields hill hall west north banks bush park"
    " page best good wise moody sharp stone lane street rivers brook brooks poole pope abbot hunt hunter fisher wright"
    " potter cooper parker porter miller gardener gardner ash ivy lily daisy ruby amber olive sky robin jay wren paris"
    " london english french german holly heather ginger penny sandy sunny a an the in on so no do to my me he she we"
    " van de la le el al bin li lee law lo ho ma an ng".split()
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
AFTER_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Madam)\.?\s+(?!\[name\])([^\W\d_][^\s,.;:!?]*)", re.IGNORECASE)


def names_known(school: int) -> frozenset[str]:
    """Every part of a name the school knows, without accents or capitals; one query while nobody's name was written."""
    return _names_known(school, last_said())


def forget() -> None:
    """Drop what is remembered: after a restore, whose events may have the same ids as those it replaced."""
    _names_known.cache_clear()


@lru_cache(maxsize=2)
def _names_known(school: int, _last_said: int) -> frozenset[str]:
    students, nothing = Student.objects.filter(institution=school), Value("")
    accounts = RoleHeld.objects.filter(institution=school).values("account")
    rows = students.values_list("legal_forename", "legal_surname").union(
        students.values_list("preferred_forename", "preferred_surname"),
        FormerName.objects.filter(student__institution=school).values_list("forename", "surname"),
        Staff.objects.filter(institution=school).values_list("name", nothing),
        GuardianLink.objects.filter(student__institution=school).values_list("guardian__name", nothing),
        Account.objects.filter(pk__in=accounts).values_list("name", nothing),
    )
    return parts_of({name for row in rows for name in row})


def parts_of(names: Iterable[str]) -> frozenset[str]:
    """Every part of these names as `without` looks for it."""
    parts = {plain_name(part) for name in names for part in _parts(name)}
    return frozenset(part for part in parts if len(part) > 1)


def without_names(words: str, known: frozenset[str]) -> str:
    """Whole words only; whatever follows Mr, Mrs, Ms and the like goes too."""
    return AFTER_TITLE.sub(rf"\1 {NAME}", without(words, known))


def without(words: str, known: frozenset[str]) -> str:
    """These names and nothing else."""
    at_start = {match.start() for match in re.finditer(r"(?:^|[.!?]\s+)[^\W\d_]", words)}

    def said(match: re.Match[str]) -> str:
        word = match.group()
        whole = plain_name(word.removesuffix("'s").removesuffix("’s"))
        parts = {whole, *whole.replace("-", " ").split()} & known
        if not parts:
            return word
        if parts <= EVERYDAY and (word.islower() or match.end() - match.start() < 2 or _starts(match, at_start)):
            return word
        return f"{NAME}'s" if word.endswith(("'s", "’s")) else NAME

    return WORD.sub(said, words)


def _starts(match: re.Match[str], at_start: set[int]) -> bool:
    """A capital at the beginning of a sentence says nothing: "Will you", "May I"."""
    return any(start <= match.start() <= start + 3 for start in at_start)


def _parts(name: str) -> list[str]:
    return [*WORD.findall(name), *(part for word in WORD.findall(name) for part in word.split("-"))]
