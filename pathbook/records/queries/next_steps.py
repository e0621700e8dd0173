"""A school's codes of next steps; and for many students at once what they hope for, mean to do, were offered and did."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pathbook.framework.destinations import Code, Told, shipped_codes
from pathbook.framework.plans import GUARANTEE, OfferSaid, Plans
from pathbook.people.models import Institution, Student
from pathbook.records.models import Aspiration, Destination, GuidanceMeeting, Intention, NextStepCode, Offer

ACTIVITY = NextStepCode.Table.ACTIVITY


def codes_of(school: Institution) -> dict[str, Code]:
    """All activity codes by code, as shipped and as the school changed or added to them. One query."""
    return _codes(NextStepCode.objects.filter(institution=school, table=ACTIVITY).order_by("pk"))


def codes_and_guarantee(school: Institution) -> tuple[dict[str, Code], dict[str, str]]:
    """`codes_of`, and what is sent for each state of the guarantee: the state itself until the school says otherwise."""
    rows = list(NextStepCode.objects.filter(institution=school).order_by("pk"))
    said = {row.code: row.sent_as for row in rows if row.table == NextStepCode.Table.GUARANTEE and row.sent_as}
    return _codes(row for row in rows if row.table == ACTIVITY), {code: said.get(code, code) for code in GUARANTEE}


def _codes(own: Iterable[NextStepCode]) -> dict[str, Code]:
    shipped = shipped_codes()
    said = {
        row.code: Code(row.code, row.label, row.group, _certain(row, shipped), row.sent_as, row.used) for row in own
    }
    return dict(sorted((dict(shipped) | said).items()))


def _certain(row: NextStepCode, shipped: Mapping[str, Code]) -> bool:
    was = shipped.get(row.code)
    return was is not None and was.certain and (row.label, row.group) == (was.label, was.group)


@dataclass(frozen=True, slots=True)
class History:
    """One student's next steps by a day, each oldest first."""

    hopes: tuple[tuple[date, str, str], ...] = ()  # said on, pathway, words
    met: tuple[date, ...] = ()
    intentions: tuple[tuple[date, str], ...] = ()
    offers: tuple[OfferSaid, ...] = ()
    told: tuple[Told, ...] = ()

    def plans(self) -> Plans:
        hoped_on, hope, words = self.hopes[-1] if self.hopes else (None, "", "")
        intended_on, code = self.intentions[-1] if self.intentions else (None, "")
        went = self.told[-1] if self.told else None
        return Plans(
            hope, words, hoped_on, self.met[-1] if self.met else None, code, intended_on, self.offers,
            went.code if went else "", went.on if went else None,
        )  # fmt: skip


NOTHING = History()


EVERYTHING = frozenset({"hopes", "met", "intentions", "offers", "told"})
Rows = Iterable[tuple[Any, ...]]  # a student's number, then what is said


def histories(students: QuerySet[Student], *, as_of: date, only: Collection[str] = EVERYTHING) -> Mapping[int, History]:
    """Of each of these; a query for each part asked for, whatever the number."""
    whose: dict[str, Any] = {"student__in": students.order_by().values("pk")}
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for part in sorted(only):
        read, made = PARTS[part]
        for pk, *said in read(whose, as_of):
            found[pk][part].append(made(*said))
    known = {pk: History(**{name: tuple(rows) for name, rows in said.items()}) for pk, said in found.items()}
    return defaultdict(lambda: NOTHING, known)


def _hopes(whose: Mapping[str, Any], as_of: date) -> Rows:
    rows = Aspiration.objects.filter(**whose, said_on__lte=as_of).order_by("said_on", "pk")
    return rows.values_list("student_id", "said_on", "pathway", "words", "occupation", "sector")


def _met(whose: Mapping[str, Any], as_of: date) -> Rows:
    rows = GuidanceMeeting.objects.filter(**whose, held_on__lte=as_of, status=GuidanceMeeting.Status.HELD)
    return rows.order_by("held_on", "pk").values_list("student_id", "held_on")


def _intentions(whose: Mapping[str, Any], as_of: date) -> Rows:
    rows = Intention.objects.filter(**whose, recorded_on__lte=as_of).order_by("recorded_on", "pk")
    return rows.values_list("student_id", "recorded_on", "code")


def _offers(whose: Mapping[str, Any], as_of: date) -> Rows:
    rows = Offer.objects.filter(**whose, on__lte=as_of).order_by("on", "pk")
    return rows.values_list("student_id", "provider", "course", "status", "on", "suitable")


def _told(whose: Mapping[str, Any], as_of: date) -> Rows:
    rows = Destination.objects.filter(**whose, as_of__lte=as_of).order_by("as_of", "pk")
    return rows.values_list("student_id", "as_of", "code", "source", "place", "checked_on")


def _hope(on: date, pathway: str, words: str, occupation: str, sector: str) -> tuple[date, str, str]:
    return on, pathway, words or occupation or sector


PARTS: dict[str, tuple[Callable[[Mapping[str, Any], date], Rows], Callable[..., Any]]] = {
    "hopes": (_hopes, _hope), "met": (_met, lambda on: on), "intentions": (_intentions, lambda on, code: (on, code)),
    "offers": (_offers, OfferSaid), "told": (_told, Told),
}  # fmt: skip
