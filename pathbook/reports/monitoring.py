"""What was looked at in school, what was found by criterion and subject, what is still to be done, and the trend by term."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from pathbook.framework.shares import Share
from pathbook.framework.use.over_time import terms_to
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.uptake.models import FollowUp, MonitoringRound, Observation, ObservationPhoto
from pathbook.uptake.ready import ANSWERS, KINDS, NOT_SEEN, PARTLY, SEEN, Look


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in the list."""

    round: MonitoringRound
    done: Share
    open: int

    @property
    def all(self) -> str:
        return f"All {self.done.out_of}"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. `name` only for whoever may see the student, and so with what was written of it."""

    observation: Observation
    name: str
    has_photo: bool

    @property
    def is_open(self) -> bool:
        return bool(self.name) or not self.observation.student_id

    @property
    def found(self) -> str:
        """What was seen in a breath: "2 seen, 1 not seen"."""
        said = Counter(self.observation.found.values())
        return ", ".join(f"{said[code]} {word.lower()}" for code, word in ANSWERS.items() if said[code])

    @property
    def label(self) -> str:
        return f"{self.name}, {self.observation.where}" if self.name else self.observation.where


@dataclass(frozen=True, slots=True)
class Finding:
    """How often one thing was seen, of those looked at."""

    look: Look
    seen: Share
    partly: int
    not_seen: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something to do about a round, and how it stands."""

    follow_up: FollowUp
    late: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    round: MonitoringRound
    done: Share
    waiting: tuple[Item, ...]
    looked_at: tuple[Item, ...]
    findings: tuple[Finding, ...]
    by_subject: tuple[tuple[str, Share], ...]
    follow_ups: tuple[Ahead, ...]

    @property
    def open(self) -> int:
        return sum(one.follow_up.done_on is None for one in self.follow_ups)


@dataclass(frozen=True, slots=True)
class Term:
    """A term: how many of each kind were looked at, and how much of what was looked for was seen."""

    label: str
    kinds: tuple[int, ...]
    seen: Share


@dataclass(frozen=True, slots=True)
class Monitoring:
    rounds: tuple[RoundLine, ...]
    follow_ups: tuple[Ahead, ...]
    terms: tuple[Term, ...]
    kinds: tuple[str, ...] = tuple(KINDS.values())


def monitoring_of(school: Institution, *, on: date) -> Monitoring:
    """Three queries."""
    looked = Count("observations", distinct=True)
    seen = Count("observations", filter=Q(observations__seen_on__isnull=False), distinct=True)
    still = Count("follow_ups", filter=Q(follow_ups__done_on__isnull=True), distinct=True)
    rounds = MonitoringRound.objects.filter(institution=school).annotate(of=seen, out_of=looked, still=still)
    lines = tuple(RoundLine(row, Share(row.of, row.out_of), row.still) for row in rounds.order_by("-drawn_on", "-pk"))
    todo = FollowUp.objects.open().of_school(school).select_related("round").order_by("due_on", "pk")
    return Monitoring(lines, _ahead(todo, on), _terms(school, on))


def round_of(one: MonitoringRound, viewer: Viewer, *, on: date) -> RoundPage:
    """Four queries. Names only of students this viewer may see."""
    rows = list(Observation.objects.filter(round=one).order_by("number"))
    items = _items(rows, viewer, on)
    seen = [row for row in rows if row.seen_on]
    return RoundPage(
        one, Share(len(seen), len(rows)),
        tuple(item for item in items if item.observation.seen_on is None),
        tuple(item for item in items if item.observation.seen_on),
        tuple(_finding(look, seen) for look in one.looks), _by_subject(seen),
        _ahead(FollowUp.objects.filter(round=one).order_by(F("done_on").asc(nulls_first=True), "due_on", "pk"), on),
    )  # fmt: skip


def item_of(one: Observation, viewer: Viewer, *, on: date) -> Item:
    return _items([one], viewer, on)[0]


def _items(rows: Sequence[Observation], viewer: Viewer, on: date) -> list[Item]:
    whose = [row.student_id for row in rows if row.student_id]
    names = (
        {one.pk: one.name for one in students_visible_to(viewer, on, access.MONITORING).filter(pk__in=whose)}
        if whose
        else {}
    )
    photos = set(ObservationPhoto.objects.filter(observation__in=rows).values_list("observation_id", flat=True))
    return [Item(row, names.get(row.student_id or 0, ""), row.pk in photos) for row in rows]


def may_open(one: Observation, viewer: Viewer, *, on: date) -> bool:
    """A book is opened by whoever may see its student; a lesson by everyone who monitors."""
    return not one.student_id or students_visible_to(viewer, on, access.MONITORING).filter(pk=one.student_id).exists()


def _finding(look: Look, seen: Iterable[Observation]) -> Finding:
    said = Counter(row.found.get(look.code) for row in seen)
    return Finding(look, Share(said[SEEN], sum(said[answer] for answer in ANSWERS)), said[PARTLY], said[NOT_SEEN])


def _by_subject(seen: Iterable[Observation]) -> tuple[tuple[str, Share], ...]:
    """Of everything looked for in a subject, how much was seen; the least first."""
    found: dict[str, list[str]] = {}
    for row in seen:
        if row.subject:
            found.setdefault(row.subject, []).extend(row.found.values())
    shares = ((subject, seen_of(answers)) for subject, answers in found.items())
    return tuple(sorted(shares, key=lambda one: (one[1].percent or 0, one[0])))


def seen_of(answers: Sequence[str]) -> Share:
    """Partly is not seen."""
    return Share(sum(answer == SEEN for answer in answers), len(answers))


def _terms(school: Institution, on: date) -> tuple[Term, ...]:
    ends = terms_to(on)
    since = AcademicYear(AcademicYear.of(on).start - 1).first_day
    rows = Observation.objects.seen().filter(round__institution=school, seen_on__range=(since, on))
    held: dict[str, list[tuple[str, list[str]]]] = {end.label: [] for end in ends}
    for day, kind, found in rows.values_list("seen_on", "round__kind", "found"):
        label = next((end.label for end in ends if day and day <= end.day), None)
        if label:
            held[label].append((kind, list(found.values())))
    return tuple(
        Term(
            label, tuple(sum(kind == one for one, _ in was) for kind in KINDS),
            seen_of([answer for _, answers in was for answer in answers]),
        )
        for label, was in held.items()
    )  # fmt: skip


def _ahead(rows: Iterable[FollowUp], on: date) -> tuple[Ahead, ...]:
    return tuple(Ahead(row, row.is_late(on)) for row in rows)
