"""Who gets which place, as a careers leader reads it: a choice of what to give, then a proposal with all its reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from pathbook.framework.shares import Share
from pathbook.needs.models import Proposal, ProposedAnswer, ProposedPlace
from pathbook.needs.places.consents import NOT_YET
from pathbook.needs.places.offers import open_activities, open_slots
from pathbook.needs.places.settings import limit_of
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity
from pathbook.records.queries.consents import Tally, tallies
from pathbook.records.queries.places import places_left

PER_PAGE = 50
PLACED, WAITING, GROUPS = "places", "waiting", "groups"


@dataclass(frozen=True, slots=True)
class Choice:
    """One activity whose places may be given; `homes` where it asks for consent."""

    activity: Activity
    left: int
    homes: Tally | None


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """What places could be given today, and the proposals there have been."""

    slots: int
    first: datetime | None
    last: datetime | None
    advisers: int
    choices: tuple[Choice, ...]
    proposals: Sequence[Proposal]
    limit: int  # per cent


@dataclass(frozen=True, slots=True)
class Line:
    """A place given or a need that waits, with its student. `title` names the place."""

    row: ProposedPlace
    form: str
    title: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group beside its lot, each as a part of its need in per cent."""

    name: str
    students: Share
    met: int | None
    by_lot: int | None
    fair: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """Something a person decided; `kept` in, or out."""

    student: Student
    offer: str
    title: str
    kept: bool


@dataclass(frozen=True, slots=True)
class More:
    """Whom one more day of guidance would reach, by name."""

    day: date
    slots: int
    reached: tuple[Student, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One of the two answers in numbers; `gap`: how far below the bound, in per cent."""

    answer: ProposedAnswer
    placed: int
    waiting: int
    refused: int
    gap: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal: its answers in numbers, and the rows of the part that is open.

    `chase`: where somebody waits only because home has not answered yet.
    """

    proposal: Proposal
    shown: AnswerLine
    answers: tuple[AnswerLine, ...]
    part: str
    lines: Sequence[Line]
    page: "Page[ProposedPlace]"
    groups: tuple[GroupLine, ...]
    unfair: int
    offers: tuple[tuple[str, str], ...]
    offer: str
    decided: tuple[Decided, ...]
    more: More | None
    chase: tuple[Activity, ...]


def choose_page(viewer: Viewer, school: Institution, *, at: datetime, on: date) -> ChoosePage:
    slots = open_slots(viewer, school, at=at, on=on)
    activities = open_activities(school, on=on)
    left, homes = places_left(activities), tallies(activities)
    return ChoosePage(
        len(slots), slots[0].starts_at if slots else None, slots[-1].starts_at if slots else None,
        len({slot.adviser_id for slot in slots}), tuple(Choice(one, left[one.pk], homes.get(one.pk)) for one in activities),
        list(Proposal.objects.filter(institution=school).order_by("-recorded_at", "-pk")[:10]), round(100 * limit_of(school)),
    )  # fmt: skip


def proposal_page(
    proposal: Proposal,
    *,
    on: date,
    part: str = "",
    better: bool | None = None,
    offer: str = "",
    page: int = 1,
    per: int = PER_PAGE,
) -> ProposalPage:
    """A fixed number of queries. `better` None: the accepted answer, or the best there is."""
    answers = _answers(proposal)
    shown = _shown(answers, better)
    part = part if part in (PLACED, WAITING, GROUPS) else PLACED
    rows = _rows(shown.answer, part, offer)
    found = Paginator(rows, per).get_page(page)
    people = _people([*proposal.pins, *proposal.outs], proposal.more)
    forms = _forms(proposal.institution, [row.student_id for row in found.object_list], on)
    titles = {id: title for id, _, title, _, _ in shown.answer.offers}
    lines = [Line(row, forms.get(row.student_id, ""), titles.get(row.offer, "")) for row in found.object_list]
    groups = tuple(_group(one) for one in shown.answer.groups)
    return ProposalPage(
        proposal, shown, tuple(_line(one.answer, one, shown) for one in answers), part, lines, found, groups,
        sum(not one.fair for one in groups), _offers(shown.answer), offer, tuple(_decided(proposal, titles, people)),
        _more(proposal.more, people), _chase(proposal, shown.answer) if part == WAITING else (),
    )  # fmt: skip


def _chase(proposal: Proposal, answer: ProposedAnswer) -> tuple[Activity, ...]:
    if not answer.places.filter(offer="", why__contains=NOT_YET).exists():
        return ()
    return tuple(Activity.objects.filter(key__in=proposal.activities, asks_consent=True).order_by("starts_on", "pk"))


def _answers(proposal: Proposal) -> list[AnswerLine]:
    given = ~Q(places__offer="")
    rows = proposal.answers.annotate(
        placed=Count("places__student", filter=given, distinct=True),
        waiting=Count("places__student", filter=Q(places__offer="", places__placed=False), distinct=True),
        turned=Count("places", filter=~Q(places__refused="")),
    ).order_by("better")
    return [AnswerLine(one, one.placed, one.waiting, one.turned, round(100 * one.gap, 1), False) for one in rows]


def _shown(answers: Sequence[AnswerLine], better: bool | None) -> AnswerLine:
    accepted = next((one for one in answers if one.answer.accepted), None)
    asked = next((one for one in answers if one.answer.better == better), None)
    return accepted or asked or answers[-1]


def _line(answer: ProposedAnswer, one: AnswerLine, shown: AnswerLine) -> AnswerLine:
    return AnswerLine(answer, one.placed, one.waiting, one.refused, one.gap, one is shown)


def _rows(answer: ProposedAnswer, part: str, offer: str) -> QuerySet[ProposedPlace]:
    rows = answer.places.select_related("student")
    if part == WAITING:
        return rows.filter(offer="").order_by("placed", "-value", "pk")
    if part == GROUPS:
        return rows.none()
    given = rows.filter(offer=offer) if offer else rows.exclude(offer="")
    return given.order_by("refused", "-value", "student__legal_surname", "pk")


def _forms(school: Institution, students: Iterable[int], on: date) -> dict[int, str]:
    rows = Enrolment.objects.main().current(on).filter(institution=school, student__in=list(students))
    return {
        pk: form or f"Year {year}"
        for pk, form, year in rows.values_list("student_id", "tutor_group__name", "year_group")
    }


def _people(decided: Iterable[Sequence[str]], more: Mapping[str, Any]) -> dict[str, Student]:
    keys = {who for who, _ in decided} | set(more.get("reached", ()))
    return {one.key: one for one in Student.objects.filter(key__in=keys)} if keys else {}


def _group(said: Mapping[str, Any]) -> GroupLine:
    need = round(1000 * said["need"])
    met, lot = (Share(round(1000 * said[name]), need).percent for name in ("met", "by_lot"))
    return GroupLine(
        said["group"], Share(said["placed"], said["students"]), met, lot, said["met"] >= said["floor"] - 1e-6
    )


def _offers(answer: ProposedAnswer) -> tuple[tuple[str, str], ...]:
    """Activities to narrow the list to; nobody looks for one slot among hundreds."""
    return tuple((id, title) for id, kind, title, _, _ in answer.offers if kind == "activity")


def _decided(proposal: Proposal, titles: Mapping[str, str], people: Mapping[str, Student]) -> Iterable[Decided]:
    for pairs, kept in ((proposal.pins, True), (proposal.outs, False)):
        for who, offer in pairs:
            if who in people:
                yield Decided(people[who], offer, titles.get(offer, "something no longer on offer"), kept)


def _more(said: Mapping[str, Any], people: Mapping[str, Student]) -> More | None:
    if not said:
        return None
    reached = [people[key] for key in said["reached"] if key in people]
    return More(date.fromisoformat(said["day"]), said["slots"], tuple(sorted(reached, key=lambda one: one.name)))


@dataclass(frozen=True, slots=True)
class ByHand:
    """One student, and each place they could be given by hand."""

    proposal: Proposal
    student: Student
    activities: tuple[tuple[str, str], ...]
    slots: tuple[tuple[str, str], ...]


def by_hand(proposal: Proposal, student: Student) -> ByHand:
    offers = proposal.answers.order_by("better")[0].offers
    kinds = {kind: tuple((id, title) for id, of, title, _, _ in offers if of == kind) for kind in ("activity", "slot")}
    return ByHand(proposal, student, kinds["activity"], kinds["slot"])
