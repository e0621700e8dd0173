"""Who home has said yes for: one activity's list, to record on and to chase from; and what a parent is asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from pathbook.needs.models import ProposedPlace
from pathbook.needs.places.consents import NOT_YET
from pathbook.people import access
from pathbook.people.models import Guardian, Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity, Consent, Participation
from pathbook.records.queries.consents import Answer, Tally, guardians_of, standing, tally
from pathbook.records.queries.places import TAKES_A_PLACE
from pathbook.reports.roster import RosterName, roster, whom_choices

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One student. `answer` is empty where home was not asked and they are not down for it."""

    who: RosterName
    answer: str
    told: str
    seen: str
    said_by: str
    guardians: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """`whom` is what the list was narrowed to; `wait`: how many wait for a place whose home nobody has asked."""

    activity: Activity
    tally: Tally
    lines: tuple[ConsentLine, ...]
    whom: str
    choices: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    wait: int

    @property
    def unasked(self) -> int:
        return sum(not line.answer for line in self.lines)

    @property
    def open(self) -> int:
        return sum(line.answer == Answer.ASKED for line in self.lines)


def consent_page(activity: Activity, viewer: Viewer, school: Institution, *, on: date, whom: str = "") -> ConsentPage:
    """Those down for it or asked about it; or a year group, a form, a group, or those who wait for home to say yes."""
    now, down, wait = standing(activity), _down(activity), _waiting(activity)
    said: dict[int, str] = dict.fromkeys(down, Answer.ASKED) | {pk: row.answer for pk, row in now.items()}
    unasked = {pk: key for pk, key in wait.items() if pk not in said}
    listed = unasked if whom == WAITING else down | {pk: row.student.key for pk, row in now.items()}
    chosen = whom if whom != WAITING else ""
    names = roster(viewer, school, whom=chosen, keys=[] if chosen else [*listed.values()], on=on, part=access.CONSENT)
    homes = guardians_of([one.pk for one in names], on=on)
    lines = tuple(_line(one, said.get(one.pk, ""), now.get(one.pk), homes.get(one.pk, ())) for one in names)
    choices = whom_choices(viewer, school, on=on)
    return ConsentPage(
        activity, tally(said.values()), tuple(sorted(lines, key=_open_first)), whom, choices, len(unasked)
    )


def _open_first(line: ConsentLine) -> bool:
    """Those to chase stand first, and a slip that came in is one of theirs."""
    return line.answer in (Answer.GIVEN, Answer.REFUSED)


def _answered(row: Consent) -> bool:
    return row.answer != Answer.ASKED


def _down(activity: Activity) -> dict[int, str]:
    rows = Participation.objects.filter(activity=activity, status__in=TAKES_A_PLACE)
    return dict(rows.values_list("student_id", "student__key"))


def _waiting(activity: Activity) -> dict[int, str]:
    """Students the latest open proposal would have given a place, had home said yes: the reason is what it kept."""
    rows = ProposedPlace.objects.filter(
        answer__proposal__institution=activity.institution_id, answer__proposal__confirmed_at__isnull=True, offer="",
        why__contains=NOT_YET,
    ).filter(why__contains=activity.title)  # fmt: skip
    found = [row for row in rows.order_by("-answer__proposal", "pk").values_list(
        "answer__proposal", "answer__proposal__activities", "student_id", "student__key"
    ) if activity.key in row[1]]  # fmt: skip
    return {student: key for proposal, _, student, key in found if proposal == found[0][0]}


def _line(who: RosterName, answer: str, now: Consent | None, known: Collection[Guardian]) -> ConsentLine:
    names = tuple(one.name for one in known)
    if now is None:
        return ConsentLine(who, answer, "", "", "", names)
    return ConsentLine(who, answer, how_told(now), now.key, now.said_by, names)


def how_told(row: Consent) -> str:
    """Ada Ode, by phone."""
    if row.answer == Answer.ASKED:
        return ""
    how = row.get_how_display()
    return f"{row.said_by}, {how[:1].lower()}{how[1:]}" if row.said_by else how


@dataclass(frozen=True, slots=True)
class Question:
    """What a parent is asked of one child: may they go? `answer` is empty until they, or staff for them, have said."""

    key: str
    title: str
    starts_on: date
    ends_on: date
    provider: str
    answer: str
    told: str
    said_on: date | None


def questions_of(children: QuerySet[Student], *, on: date) -> Mapping[str, tuple[Question, ...]]:
    """By child, soonest first: what they are down for or were asked about, from today on; two queries."""
    to_come = Q(activity__asks_consent=True, activity__withdrawn_at__isnull=True, activity__starts_on__gte=on)
    last: dict[tuple[str, int], tuple[Activity, Consent | None]] = {}
    down = Participation.objects.filter(to_come, student__in=children, status=Participation.Status.PLANNED)
    for part in down.select_related("student", "activity__provider"):
        last[part.student.key, part.activity_id] = (part.activity, None)
    rows = Consent.objects.filter(to_come, student__in=children).select_related("student", "activity__provider")
    for row in rows.order_by("pk"):
        last[row.student.key, row.activity_id] = (row.activity, row)
    found: dict[str, tuple[Question, ...]] = {}
    for (child, _), (activity, said) in sorted(last.items(), key=lambda one: (one[1][0].starts_on, one[0])):
        found[child] = (*found.get(child, ()), _question(activity, said))
    return found


def _question(activity: Activity, said: Consent | None) -> Question:
    provider = activity.provider.name if activity.provider else ""
    if said is None or not _answered(said):
        return Question(activity.key, activity.title, activity.starts_on, activity.ends_on, provider, "", "", None)
    return Question(
        activity.key,
        activity.title,
        activity.starts_on,
        activity.ends_on,
        provider,
        said.answer,
        how_told(said),
        said.said_on,
    )
