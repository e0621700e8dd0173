"""Is this row somebody we know? Own id, UPN, former UPN, ULN; then name and birth date, with a person to confirm.

A row with no number of its own is taken for the one student with exactly its legal name and birth date: schools
whose lists have no numbers must be able to import the same list twice. Everything less certain is asked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pathbook.exchange.roll.entry import Entry, Spoilt
from pathbook.exchange.roll.known import Known, Roll

CERTAIN, ASK, NEW, UNCLEAR = "certain", "ask", "new", "unclear"


@dataclass(frozen=True, slots=True)
class Match:
    """How a row was matched. `others` are the students it may be, when that is not certain."""

    how: str
    student: Known | None = None
    by: str = ""
    why: str = ""
    others: tuple[Known, ...] = ()


class Index:
    """The roll by everything a row can be found with."""

    def __init__(self, roll: Roll, entries: Iterable[Entry]) -> None:
        self.year = roll.year
        self.by_id: dict[str, Known] = {}
        self.by_loose_id: dict[str, list[Known]] = defaultdict(list)
        self.by_upn: dict[str, list[Known]] = defaultdict(list)
        self.by_former_upn: dict[str, list[Known]] = defaultdict(list)
        self.by_uln: dict[str, list[Known]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.by_birth: dict[object, list[Known]] = defaultdict(list)
        for known in roll.students.values():
            self._add(known)
        self.shared_ulns = {uln for uln, times in Counter(e.uln for e in entries).items() if times > 1}

    def _add(self, known: Known) -> None:
        said = known.student
        if said["mis_id"]:
            self.by_id[said["mis_id"]] = known
            self.by_loose_id[said["mis_id"].lstrip("0")].append(known)
        if said["upn"]:
            self.by_upn[said["upn"]].append(known)
        for upn in known.former_upns:
            self.by_former_upn[upn].append(known)
        if said["uln"]:
            self.by_uln[said["uln"]].append(known)
        if said["date_of_birth"]:
            self.by_birth[said["date_of_birth"]].append(known)
        self.by_name[known.name_key].append(known)

    def find(self, entry: Entry) -> Match:
        """The student this row is about."""
        by_own_id = self._own_id(entry.mis_id)
        found = [(by_own_id, "own id")] if by_own_id else []
        for by, candidates in self._by_numbers(entry):
            agreeing = [known for known in candidates if _agrees(entry, known)] or candidates
            if len(agreeing) > 1 and not found:
                return Match(UNCLEAR, by=by, why=f"Several students here have this {by}", others=tuple(agreeing))
            found += [(known, by) for known in agreeing[:1]]
        if not found:
            return self._by_name(entry)
        known, by = found[0]
        other = next((k for k, other_by in found[1:] if k is not known and other_by in ("UPN", "own id")), None)
        if other:
            return Match(
                UNCLEAR,
                by=by,
                why="Its own id and its UPN belong to two different students here",
                others=(known, other),
            )
        if not _agrees(entry, known):
            return Match(ASK, known, by, f"Its {by} belongs to another name and birth date here", (known,))
        return Match(CERTAIN, known, by)

    def _own_id(self, mis_id: str) -> Known | None:
        """A spreadsheet drops the zeros in front of a number."""
        if not mis_id or mis_id in self.by_id:
            return self.by_id.get(mis_id)
        loose = self.by_loose_id.get(mis_id.lstrip("0"), []) if mis_id.isdigit() else []
        return loose[0] if len(loose) == 1 else None

    def _by_numbers(self, entry: Entry) -> Iterable[tuple[str, list[Known]]]:
        if entry.upn:
            yield "UPN", self.by_upn.get(entry.upn, [])
            yield "former UPN", self.by_former_upn.get(entry.upn, [])
        for upn in entry.former_upns:
            yield "former UPN", self.by_upn.get(upn, []) or self.by_former_upn.get(upn, [])
        if entry.uln and entry.uln not in self.shared_ulns:
            yield "ULN", self.by_uln.get(entry.uln, [])

    def _by_name(self, entry: Entry) -> Match:
        named = self.by_name.get(entry.name_key, [])
        same = [k for k in named if entry.date_of_birth and k.student["date_of_birth"] == entry.date_of_birth]
        if len(same) > 1:
            return Match(
                UNCLEAR, by="name", why="Several students here have this name and birth date", others=tuple(same)
            )
        if same:
            return self._named(entry, same[0], "name and birth date")
        unborn = [k for k in named if not (entry.date_of_birth and k.student["date_of_birth"])]
        fitting = [k for k in unborn if k.was_in(self.year) in (entry.year_group, None)]
        if len(fitting) > 1:
            return Match(UNCLEAR, by="name", why="Several students here have this name", others=tuple(fitting))
        if fitting:
            return self._named(entry, fitting[0], "name and year group")
        return self._by_likeness(entry, named)

    def _named(self, entry: Entry, known: Known, by: str) -> Match:
        if not entry.has_ids:
            return Match(CERTAIN, known, by)
        return Match(ASK, known, by, f"Its {by} are those of a student here, but its numbers are not", (known,))

    def _by_likeness(self, entry: Entry, named: list[Known]) -> Match:
        """A birth date corrected, or a preferred or former name used: likely enough to ask, never to assume."""
        born = self.by_birth.get(entry.date_of_birth, []) if entry.date_of_birth else []
        called = [k for k in born if entry.name_key in k.all_name_keys() and _numbers_allow(entry, k)]
        if len(called) == 1:
            return Match(
                ASK, called[0], "another name", "A student here with this birth date is or was called so", tuple(called)
            )
        fitting = [k for k in named if k.was_in(self.year) == entry.year_group and _numbers_allow(entry, k)]
        if len(fitting) == 1 and not entry.has_ids:
            return Match(ASK, fitting[0], "name", "A student in this year group has this name and another birth date",
                         tuple(fitting))  # fmt: skip
        return Match(NEW)

    def may_be(self, spoilt: Spoilt) -> Iterable[Known]:
        """Whoever a left-out row might be about: none of them may be taken for a leaver."""
        if known := self._own_id(spoilt.mis_id):
            yield known
        yield from self.by_upn.get(spoilt.upn, []) if spoilt.upn else []
        yield from self.by_uln.get(spoilt.uln, []) if spoilt.uln else []
        yield from self.by_name.get(spoilt.name_key, []) if spoilt.name_key[0] else []


def _numbers_allow(entry: Entry, known: Known) -> bool:
    """No number says that these are two people."""
    return all(
        not getattr(entry, name) or not known.student[name] or getattr(entry, name) == known.student[name]
        for name in ("mis_id", "upn", "uln")
    )


def _agrees(entry: Entry, known: Known) -> bool:
    """Does anything but the number speak for this being the same person?"""
    if entry.date_of_birth and entry.date_of_birth == known.student["date_of_birth"]:
        return True
    surname, forename = entry.name_key
    return any(surname == s or (forename and forename == f) for s, f in known.all_name_keys())
