"""What needs this person: three to five true sentences, each with the list it was counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from pathbook.audit.last import last_write
from pathbook.framework.evaluate import BenchmarkResult, Evaluation
from pathbook.framework.judge import Judged
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import Share, hide_small_share
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import Activity
from pathbook.reports.coverage import coverage_of
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.loop import GapSaid, gap_for, gap_said
from pathbook.reports.missed import how_many_wait
from pathbook.reports.placements import WAITING, waiting_of, waits_in_words
from pathbook.reports.programme import counted, line_of

# row, year group it is asked of (None: everyone), the sentence after the number, one and many. They say "counts"
# because an encounter without its checklist, or a meeting without a qualified adviser, was had and does not count.
ASKS = (
    (
        "GB8.1a",
        11,
        "Year 11 has had no guidance meeting that counts",
        "Year 11s have had no guidance meeting that counts",
    ),
    (
        "GB8.1b",
        13,
        "Year 13 has had no guidance meeting that counts since 16",
        "Year 13s have had no guidance meeting that counts since 16",
    ),
    (
        "GB5.1",
        None,
        "student has had no employer encounter that counts this year",
        "students have had no employer encounter that counts this year",
    ),
    (
        "GB6.1",
        11,
        "Year 11 has not had two workplace experiences that count",
        "Year 11s have not had two workplace experiences that count",
    ),
    (
        "GB7.1",
        11,
        "Year 11 has no encounter that counts with one or more of the four kinds of provider",
        "Year 11s have no encounter that counts with one or more of the four kinds of provider",
    ),
    (
        "GB3.5.aspiration",
        None,
        "student has not said what they hope for this year",
        "students have not said what they hope for this year",
    ),
    (
        "GB8.1C",
        13,
        "Year 13 has had no guidance meeting that counts in the programme",
        "Year 13s have had no guidance meeting that counts in the programme",
    ),
    (
        "GB5.1C",
        None,
        "learner has not had two employer encounters that count this year",
        "learners have not had two employer encounters that count this year",
    ),
    (
        "GB6.1C",
        13,
        "Year 13 has had no workplace experience that counts in the programme",
        "Year 13s have had no workplace experience that counts in the programme",
    ),
    (
        "GB3.5C.aspiration",
        None,
        "learner has not said what they hope for this year",
        "learners have not said what they hope for this year",
    ),
)
MOST = 5


@dataclass(frozen=True, slots=True)
class Todo:
    """A number, a sentence that is true of exactly the list at `url`, why it matters, and one thing to do."""

    figure: int
    sentence: str
    url: str
    why: str = ""
    act: str = ""
    act_url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps of an empty school."""

    title: str
    text: str
    url: str
    label: str
    done: bool


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """One benchmark in a line: its leading share, or that it is stated by hand."""

    id: str
    name: str
    what: str
    share: Share | None
    status: str
    met: int
    scored: int
    before: Share | None = None  # the same share a year ago, where a page shows it


@dataclass(frozen=True, slots=True)
class Coming:
    on: date
    title: str
    url: str
    invited: str


@dataclass(frozen=True, slots=True)
class Home:
    """`todos` and `steps` are never both filled."""

    todos: tuple[Todo, ...]
    steps: tuple[Step, ...]
    benchmarks: tuple[BenchmarkRow, ...]
    coming: tuple[Coming, ...]
    reach: int
    whose: str
    gap: GapSaid | None = None

    @property
    def met(self) -> int:
        return sum(row.met for row in self.benchmarks)

    @property
    def scored(self) -> int:
        return sum(row.scored for row in self.benchmarks)

    @property
    def behind(self) -> BenchmarkRow | None:
        """The benchmark with the smallest share: where to look first."""
        counted_ones = [row for row in self.benchmarks if row.share is not None and row.share.percent is not None]
        return min(counted_ones, key=_percent, default=None)


def _percent(row: BenchmarkRow) -> float:
    return row.share.percent if row.share is not None and row.share.percent is not None else 101


def home_of(
    viewer: Viewer, school: Institution, *, on: date, roll: int | None = None, written: int | None = None
) -> Home:
    """`roll`: how many are on it, and `written`: the last write, where whoever asks has found them out already."""
    reach = roll if roll is not None and viewer.may(access.NUMBERS) else _reach(viewer, school, on)
    if not reach and viewer.may(access.ROLL_IMPORT, access.WRITE):
        return Home((), first_steps(viewer, school), (), (), 0, school.name)
    all_asked = _asks_of_all(viewer)
    last = last_write() if all_asked and written is None else written
    whole = evaluation_of(school, set_id=set_in_force(on), as_of=on, written=last) if all_asked else None
    judged = _judged(viewer, school, on, whole)
    # Always said: until it is confirmed, the other numbers are too high; and a missed meeting waits for a person.
    waiting = [*_unconfirmed(viewer, school, on), *_missed(viewer, school, on), *_placements(viewer, school, on)]
    todos = [*gap_todos(viewer, judged)[: MOST - len(waiting)], *waiting]
    benchmarks = benchmark_rows(viewer, whole) if whole and viewer.may(access.NUMBERS) else ()
    coming = _coming(viewer, school, on) if viewer.may(access.PROGRAMME) else ()
    gap = (
        gap_said(gap_for(school, as_of=on, written=last), named=viewer.reaches_all)
        if viewer.may(access.NUMBERS)
        else None
    )
    return Home(tuple(todos), (), benchmarks, coming, reach, _whose(viewer, school, on), gap)


def _reach(viewer: Viewer, school: Institution, on: date) -> int:
    """How many students on the roll today this viewer has to do with (a governor: all, as a number)."""
    enrolled = Enrolment.objects.main().current(on).filter(institution=school)
    if viewer.may(access.NUMBERS):
        return enrolled.count()
    return enrolled.filter(student__in=students_visible_to(viewer, on)).count()


def _asks_of_all(viewer: Viewer) -> bool:
    return viewer.may(access.NUMBERS) or (viewer.may(access.ACTIVITIES) and viewer.reaches_all)


def _judged(viewer: Viewer, school: Institution, on: date, whole: Evaluation | None) -> tuple[Judged, ...]:
    """Everyone the viewer may see by name; nobody for those who see numbers only."""
    if not viewer.may(access.ACTIVITIES):
        return ()
    if viewer.reaches_all and whole:
        return whole.judged
    among = students_visible_to(viewer, on, access.ACTIVITIES)
    if whole:  # everybody was judged already: those of a year are picked out
        mine = set(among.values_list("key", flat=True))
        return tuple(one for one in whole.judged if one.student_id in mine)
    return coverage_of(school, set_id=set_in_force(on), as_of=on, among=among)


def gap_todos(viewer: Viewer, judged: Sequence[Judged]) -> list[Todo]:
    """One sentence for each ask that has anybody, in the order of ASKS."""
    todos = []
    for row, year, one, many in ASKS:
        asked = [j for j in judged if j.applies(row) and year in (None, j.year_group)]
        missing = [j for j in asked if not j.verdicts[row].met]
        if missing:
            coming = sum(j.verdicts[row].coming for j in missing)
            query = {"gap": row} | ({"year": year} if year else {})
            why = f"Of {len(asked):,}. " + (
                f"{coming:,} of them {'has' if coming == 1 else 'have'} one booked or planned."
                if coming
                else "Nothing is planned for them."
            )
            act = ("See them", f"/coverage/?{urlencode(query | {'rows': 'students'})}")
            todos.append(
                Todo(len(missing), one if len(missing) == 1 else many, f"/students/?{urlencode(query)}", why, *act)
            )
    return todos


def _placements(viewer: Viewer, school: Institution, on: date) -> list[Todo]:
    """Not approved yet: how many wait for what, in one line."""
    if not viewer.may(access.PROGRAMME, access.WRITE):
        return []
    board = waiting_of(viewer, school, on=on)
    if not board.waiting:
        return []
    many = "work placement is not approved yet" if board.waiting == 1 else "work placements are not approved yet"
    url = f"/placements/?state={WAITING}"
    return [Todo(board.waiting, many, url, waits_in_words(board), "See them", url)]


def _unconfirmed(viewer: Viewer, school: Institution, on: date) -> list[Todo]:
    if not viewer.may(access.PROGRAMME, access.WRITE):
        return []
    year = AcademicYear.of(on)
    rows = (
        Activity.objects.not_withdrawn().of_our_own().in_year(year.start).filter(institution=school, starts_on__lte=on)
    )
    waiting = rows.filter(participations__status="planned").distinct().order_by("starts_on", "pk")
    titles = [title for _, title in waiting.values_list("pk", "title")]  # by key: two may share title and day
    if not titles:
        return []
    one, many = "activity has happened and is not confirmed", "activities have happened and are not confirmed"
    url = f"/activities/?year={year.start}&show=unconfirmed"
    return [Todo(len(titles), one if len(titles) == 1 else many, url, ", ".join(titles[:3]), "Confirm", url)]


def _missed(viewer: Viewer, school: Institution, on: date) -> list[Todo]:
    if not viewer.may(access.GUIDANCE, access.WRITE):
        return []
    number = how_many_wait(viewer, school, on=on)
    if not number:
        return []
    said = "missed meeting needs" if number == 1 else "missed meetings need"
    url = "/guidance/missed/"
    return [Todo(number, f"{said} a new date or a reason why none", url, "Longest waiting first.", "Give one", url)]


def first_steps(viewer: Viewer, school: Institution) -> tuple[Step, ...]:
    """From nothing to a filled heatmap, in words."""
    has_roll = Enrolment.objects.filter(institution=school).exists()
    has_programme = Activity.objects.of_our_own().filter(institution=school).exists()
    return (
        Step(
            "Bring in your student list",
            "A spreadsheet or CTF file from any school system. You see what will happen before anything does.",
            "/import/",
            "Bring in the roll",
            has_roll,
        ),
        Step(
            "Log what has happened",
            "One activity for a whole year group takes under a minute: untick whoever was absent.",
            "/activities/log/",
            "Log an activity",
            has_programme,
        ),
        Step(
            "See who is missing what",
            "Every student against every benchmark, most gaps first.",
            "/coverage/",
            "Open the heatmap",
            has_roll and has_programme,
        ),
    )


def benchmarks_of(
    viewer: Viewer, school: Institution, on: date, *, set_id: str, written: int | None = None
) -> tuple[BenchmarkRow, ...]:
    return benchmark_rows(viewer, evaluation_of(school, set_id=set_id, as_of=on, written=written))


def benchmark_rows(viewer: Viewer, evaluation: Evaluation) -> tuple[BenchmarkRow, ...]:
    return tuple(_row(result, named=viewer.reaches_all) for result in evaluation.benchmarks)


def _row(result: BenchmarkResult, *, named: bool) -> BenchmarkRow:
    """Where names are not seen, small numbers are not either."""
    lead = result.leads
    share = lead.share if lead else None
    shown = share if named or share is None else hide_small_share(share)
    what = lead.label if lead else "Practice: stated with evidence"
    return BenchmarkRow(
        result.benchmark.id, result.benchmark.name, what, shown, result.status, result.met, result.scored
    )


def _coming(viewer: Viewer, school: Institution, on: date) -> tuple[Coming, ...]:
    rows = counted(Activity.objects.not_withdrawn().of_our_own().filter(institution=school, starts_on__gt=on))
    first = rows.select_related("provider").order_by("starts_on", "pk")[:4]
    lines = [line_of(row, on, named=viewer.may(access.IDENTITY)) for row in first]
    return tuple(
        Coming(x.activity.starts_on, x.activity.title, f"/activities/{x.activity.key}/", x.planned) for x in lines
    )


def _whose(viewer: Viewer, school: Institution, on: date) -> str:
    """Whose needs the page speaks of: the form, or the school."""
    if viewer.reaches_all or viewer.may(access.NUMBERS):
        return school.name
    rows = Enrolment.objects.current(on).filter(institution=school, student__in=students_visible_to(viewer, on))
    names = list(dict.fromkeys(rows.order_by("tutor_group__name").values_list("tutor_group__name", flat=True)))
    return ", ".join(name for name in names if name)
