"""The follow-up board: what was agreed, whose it is, by when, and what became of it. Overdue is never out of sight."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from pathbook.people import access
from pathbook.people.models import Enrolment, Group, Institution, Membership, Student
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, parts_of, writable_parts_of
from pathbook.records.models import Action, Before, GuidanceMeeting, Offer, Participation
from pathbook.records.models.action import ActionQuerySet
from pathbook.records.queries.actions import actions_closable_by, actions_owned_by, actions_visible_to
from pathbook.reports.earlier import Earlier, earlier_of, kept_of

PER_PAGE = 50
SOON = 14  # days
STATES = {"open": "Open", "overdue": "Overdue", "soon": f"Due within {SOON} days", "closed": "Closed"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is narrowed to. `owner` an Action.Owner, "mine", or empty for everybody's; `q` of the student."""

    owner: str = ""
    state: str = "open"
    q: str = ""
    year: int | None = None
    left: bool = False
    group: str = ""
    page: int = 1
    per: int = PER_PAGE


@dataclass(frozen=True, slots=True)
class Row:
    """One action. `when`: late, soon, later or closed; `mine_to_close` when this viewer may close it."""

    key: str
    what: str
    student: str
    name: str
    form: str
    whose: str
    due: date
    when: str
    outcome: str
    proved: bool
    reminded: datetime | None
    mine_to_close: bool


@dataclass(frozen=True, slots=True)
class Board:
    """`overdue` of everything this viewer sees; `hidden` of those are left out by the filter."""

    asked: Asked
    rows: tuple[Row, ...]
    page: Page[Action]
    total: int
    open: int
    overdue: int
    hidden: int
    owners: Mapping[str, int]
    forms: tuple[str, ...]
    groups: tuple[str, ...]
    may_remind: bool

    @property
    def ticks(self) -> bool:
        """Is there anything on this page this viewer may close?"""
        return any(row.mine_to_close and row.when != "closed" for row in self.rows)


def board_of(viewer: Viewer, school: Institution, *, on: date, asked: Asked) -> Board:
    """At most six queries, whatever the number of actions."""
    seen = actions_visible_to(viewer, on).filter(student__institution=school)
    narrowed = _narrowed(seen, on, asked, viewer)
    counts = seen.aggregate(
        open=Count("pk", filter=_still_open(on)), late=Count("pk", filter=_late(on)),
        shown=Count("pk", filter=_late(on) & narrowed), mine=Count("pk", filter=_still_open(on) & _mine(viewer, on)),
        **{owner: Count("pk", filter=_still_open(on) & Q(owner=owner)) for owner in Action.Owner.values},
    )  # fmt: skip
    order = ("-closed_on", "-pk") if asked.state == "closed" else ("due_on", "pk")  # the oldest day, so overdue, first
    shown = seen.filter(narrowed).select_related("student").order_by(*order)
    page = Paginator(shown, asked.per).get_page(asked.page)
    return Board(
        asked, _rows(list(page.object_list), viewer, on), page, page.paginator.count, counts["open"], counts["late"],
        counts["late"] - counts["shown"], {owner: counts[owner] for owner in ("mine", *Action.Owner.values)},
        *_groups(seen, viewer, on), viewer.may(access.ACTIONS, access.WRITE),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody is to do themselves; `reminded` when they last were."""

    open: int
    overdue: int
    reminded: datetime | None


def mine_to_do(viewer: Viewer, school: Institution, *, on: date) -> Mine | None:
    """One query, and none for whoever has no actions of their own."""
    if not any(held.role in access.OWNS for held in viewer.held):
        return None
    own = actions_owned_by(viewer, on).still_open(on).filter(student__institution=school)
    return Mine(**own.aggregate(open=Count("pk"), overdue=Count("pk", filter=_late(on)), reminded=Max("reminded_at")))


def _narrowed(seen: ActionQuerySet, on: date, asked: Asked, viewer: Viewer) -> Q:
    states = {"open": _still_open(on), "overdue": _late(on), "closed": Q(closed_on__lte=on)}
    states["soon"] = _still_open(on) & Q(due_on__range=(on, on + timedelta(days=SOON)))
    wanted = states[asked.state]
    if asked.owner:
        wanted &= _mine(viewer, on) if asked.owner == "mine" else Q(owner=asked.owner)
    if asked.q:
        wanted &= Q(student__in=_called(seen, asked.q))
    here = Enrolment.objects.current(on).filter(student=OuterRef("student"))
    if asked.year:
        wanted &= Q(Exists(here.filter(year_group=asked.year)))
    if asked.left:
        wanted &= ~Q(Exists(here))
    if asked.group:
        inside = _members(viewer, on).filter(student=OuterRef("student"), group__name=asked.group)
        wanted &= Q(Exists(here.filter(tutor_group__name=asked.group))) | Q(Exists(inside))
    return wanted


def _still_open(on: date) -> Q:
    return (Q(closed_on__isnull=True) | Q(closed_on__gt=on)) & Q(agreed_on__lte=on)


def _late(on: date) -> Q:
    return _still_open(on) & Q(due_on__lt=on)


def _mine(viewer: Viewer, on: date) -> Q:
    return Q(pk__in=actions_owned_by(viewer, on).values("pk"))


def _called(seen: ActionQuerySet, q: str) -> list[int]:
    """Students with an action, by the words of any name they go by."""
    words = plain_name(q).split()
    known = Student.objects.filter(pk__in=seen.values("student"))
    return [
        one.pk
        for one in known
        if all(word in plain_name(f"{one.name} {one.legal_forename} {one.legal_surname}") for word in words)
    ]


def _members(viewer: Viewer, on: date) -> QuerySet[Membership]:
    """Who is in a group can say something of their support: only for those who reach the whole school."""
    if not viewer.reaches_all:
        return Membership.objects.none()
    return Membership.objects.running(on)


def _groups(seen: ActionQuerySet, viewer: Viewer, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tutor groups, and classes and other groups, that there are actions of; one query each."""
    students = seen.values("student")
    rows = Enrolment.objects.main().current(on).filter(student__in=students, tutor_group__isnull=False)
    forms = rows.order_by("year_group", "tutor_group__name").values_list("year_group", "tutor_group__name").distinct()
    inside = _members(viewer, on).filter(student__in=students)
    others = Group.objects.filter(pk__in=inside.values("group")).order_by("name").values_list("name", flat=True)
    return tuple(name or "" for _, name in forms), tuple(dict.fromkeys(others))


def _rows(actions: list[Action], viewer: Viewer, on: date) -> tuple[Row, ...]:
    """Two queries."""
    students = [action.student_id for action in actions]
    known = Enrolment.objects.main().current(on).filter(student__in=students).order_by("start_date")
    here = {
        pk: form or f"Year {year}"
        for pk, form, year in known.values_list("student_id", "tutor_group__name", "year_group")
    }
    closable = set(actions_closable_by(viewer, on).filter(pk__in=[a.pk for a in actions]).values_list("pk", flat=True))
    return tuple(_row(action, here.get(action.student_id, "Left"), action.pk in closable, on) for action in actions)


def _row(action: Action, form: str, closable: bool, on: date) -> Row:
    return Row(
        action.key, action.what, action.student.key, action.student.name, form,
        action.owner_name or action.get_owner_display(), action.due_on, when_of(action, on),
        action.get_outcome_display() if action.outcome else "", action.is_proved, action.reminded_at, closable,
    )  # fmt: skip


def when_of(action: Action, on: date) -> str:
    """late, soon, later or closed."""
    if action.closed_on and action.closed_on <= on:
        return "closed"
    days = (action.due_on - on).days
    return "late" if days < 0 else "soon" if days <= SOON else "later"


@dataclass(frozen=True, slots=True)
class OneAction:
    """One action with what could prove it since it was agreed: what the student attended, meetings held, and
    applications and offers, for whoever may read those.
    """

    action: Action
    when: str
    attended: tuple[Participation, ...]
    meetings: tuple[GuidanceMeeting, ...]
    offers: tuple[Offer, ...]
    may_close: bool
    may_change: bool
    earlier: tuple[Earlier, ...]


def action_page(action: Action, viewer: Viewer, *, on: date) -> OneAction:
    """At most six queries. `may_close`: an owner too; `may_change`: whoever writes this student's actions."""
    may_change = access.ACTIONS in writable_parts_of(viewer, action.student, on)
    parts = Participation.objects.attended().filter(student=action.student_id, on__gte=action.agreed_on, on__lte=on)
    met = GuidanceMeeting.objects.held().filter(
        student=action.student_id, held_on__gte=action.agreed_on, held_on__lte=on
    )
    met = met.exclude(pk=action.meeting_id) if action.meeting_id else met
    return OneAction(
        action, when_of(action, on),
        tuple(parts.filter(activity__withdrawn_at__isnull=True).select_related("activity").order_by("-on", "-pk")),
        tuple(met.defer("private_note", "summary").order_by("-held_on", "-pk")), _offers(action, viewer, on),
        may_change or actions_closable_by(viewer, on).filter(pk=action.pk).exists(), may_change,
        earlier_of(kept_of(action.student, (Before.Of.ACTION,), viewer), Before.Of.ACTION, action),
    )  # fmt: skip


def _offers(action: Action, viewer: Viewer, on: date) -> tuple[Offer, ...]:
    if access.ASPIRATIONS not in parts_of(viewer, action.student, on):
        return ()
    rows = Offer.objects.filter(student=action.student_id, on__gte=action.agreed_on, on__lte=on)
    return tuple(rows.order_by("-on", "-pk"))
