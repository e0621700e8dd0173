"""The follow-up board: what was agreed, whose it is, by when, and what became of it. Overdue is never out of sight."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pathbook.people.models import Enrolment, Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, GuidanceMeeting, Participation
from pathbook.records.models.action import ActionQuerySet
from pathbook.records.queries.actions import actions_closable_by, actions_owned_by, actions_visible_to

PER_PAGE = 50
SOON = 14  # days
STATES = {"open": "Open", "overdue": "Overdue", "closed": "Closed"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is narrowed to. `owner` an Action.Owner, "mine", or empty for everybody's."""

    owner: str = ""
    state: str = "open"
    year: int | None = None
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
    mine: int
    groups: tuple[str, ...]


def board_of(viewer: Viewer, school: Institution, *, on: date, asked: Asked) -> Board:
    """At most nine queries, whatever the number of actions."""
    seen = actions_visible_to(viewer, on).filter(student__institution=school)
    shown = _narrowed(seen, viewer, on, asked)
    page = Paginator(shown, asked.per).get_page(asked.page)
    actions = list(page.object_list)
    here = _places([action.student_id for action in actions], on)
    closable = set(actions_closable_by(viewer, on).filter(pk__in=[a.pk for a in actions]).values_list("pk", flat=True))
    counts = seen.aggregate(open=Count("pk", filter=_still_open(on)), late=Count("pk", filter=_late(on)))
    late_shown = shown.order_by().filter(_late(on)).count()
    owners = dict(seen.filter(_still_open(on)).values_list("owner").annotate(Count("pk")).order_by("owner"))
    return Board(
        asked, tuple(_row(action, here, closable, on) for action in actions), page, page.paginator.count,
        counts["open"], counts["late"], counts["late"] - late_shown, owners,
        actions_owned_by(viewer, on).still_open(on).filter(student__institution=school).count(), _forms(seen, on),
    )  # fmt: skip


def _narrowed(seen: ActionQuerySet, viewer: Viewer, on: date, asked: Asked) -> QuerySet[Action]:
    """Overdue first because the oldest day comes first; of the closed, the latest."""
    rows = {"open": seen.filter(_still_open(on)), "overdue": seen.overdue(on), "closed": seen.exclude(_still_open(on))}
    found: QuerySet[Action] = rows.get(asked.state, rows["open"])
    if asked.owner == "mine":
        found = found.filter(pk__in=actions_owned_by(viewer, on))
    elif asked.owner:
        found = found.filter(owner=asked.owner)
    if asked.year or asked.group:
        found = found.filter(Exists(_enrolled(on, asked)))
    order = ("-closed_on", "-pk") if asked.state == "closed" else ("due_on", "pk")
    return found.select_related("student").order_by(*order)


def _still_open(on: date) -> Q:
    return (Q(closed_on__isnull=True) | Q(closed_on__gt=on)) & Q(agreed_on__lte=on)


def _late(on: date) -> Q:
    return _still_open(on) & Q(due_on__lt=on)


def _enrolled(on: date, asked: Asked) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.current(on).filter(student=OuterRef("student"))
    rows = rows.filter(year_group=asked.year) if asked.year else rows
    return rows.filter(tutor_group__name=asked.group) if asked.group else rows


def _places(students: list[int], on: date) -> dict[int, str]:
    rows = Enrolment.objects.main().current(on).filter(student__in=students).order_by("start_date")
    return {
        pk: form or f"Year {year}"
        for pk, form, year in rows.values_list("student_id", "tutor_group__name", "year_group")
    }


def _forms(seen: ActionQuerySet, on: date) -> tuple[str, ...]:
    """Tutor groups there are actions of, to choose from."""
    rows = Enrolment.objects.main().current(on).filter(student__in=seen.values("student"), tutor_group__isnull=False)
    names = rows.order_by("year_group", "tutor_group__name").values_list("year_group", "tutor_group__name").distinct()
    return tuple(name or "" for _, name in names)


def _row(action: Action, here: Mapping[int, str], closable: set[int], on: date) -> Row:
    return Row(
        action.key, action.what, action.student.key, action.student.name, here.get(action.student_id, "Left"),
        action.owner_name or action.get_owner_display(), action.due_on, when_of(action, on),
        action.get_outcome_display() if action.outcome else "", action.is_proved, action.reminded_at,
        action.pk in closable,
    )  # fmt: skip


def when_of(action: Action, on: date) -> str:
    """late, soon, later or closed."""
    if action.closed_on and action.closed_on <= on:
        return "closed"
    days = (action.due_on - on).days
    return "late" if days < 0 else "soon" if days <= SOON else "later"


@dataclass(frozen=True, slots=True)
class OneAction:
    """One action with what could prove it: what the student attended and the meetings held since it was agreed."""

    action: Action
    when: str
    attended: tuple[Participation, ...]
    meetings: tuple[GuidanceMeeting, ...]
    may_close: bool
    may_change: bool


def action_page(action: Action, viewer: Viewer, *, on: date, may_change: bool) -> OneAction:
    """Four queries."""
    parts = Participation.objects.attended().filter(student=action.student_id, on__gte=action.agreed_on, on__lte=on)
    met = GuidanceMeeting.objects.held().filter(
        student=action.student_id, held_on__gte=action.agreed_on, held_on__lte=on
    )
    met = met.exclude(pk=action.meeting_id) if action.meeting_id else met
    return OneAction(
        action, when_of(action, on),
        tuple(parts.filter(activity__withdrawn_at__isnull=True).select_related("activity").order_by("-on", "-pk")),
        tuple(met.defer("private_note", "summary").order_by("-held_on", "-pk")),
        actions_closable_by(viewer, on).filter(pk=action.pk).exists(), may_change,
    )  # fmt: skip
