"""What Northbridge's leader stated of the practice criteria this year and last, with evidence, and two snapshots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pathbook.demo.happenings import LEADER, moment, new_key
from pathbook.demo.people import Cast
from pathbook.framework.evaluate import evaluate
from pathbook.framework.sets import set_in_force
from pathbook.framework.snapshots import last_due_before
from pathbook.framework.told import told
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.facts import school_facts
from pathbook.records.models import Evidence, ReviewNote, Snapshot, Statement
from pathbook.records.queries.stated import stated_on

SITE = "https://northbridge.example/careers"
REVIEWER = "Simon Field"


@dataclass(frozen=True, slots=True)
class Telling:
    """`after`: days into the year; `shown`: kind, words, link of what is attached, `holds` its days."""

    criterion: str
    answer: str
    words: str
    after: int
    shown: tuple[str, str, str] | None = None
    holds: int = 365


TOLD = (
    Telling("GB1.1", "met", "Governors approved the programme in July and the leader holds the Level 6 diploma.", 12,
            ("link", "Governors' minutes, July", f"{SITE}/minutes")),
    Telling("GB1.2", "in_progress", "Sequenced for Years 7 to 11; the sixth form is still a list of events.", 20,
            ("observation", "Programme read through with heads of year", "")),
    Telling("GB1.3", "met", "Published in September, with a page each for parents, staff and employers.", 15,
            ("link", "The programme on our website", SITE)),
    Telling("GB1.4", "in_progress", "Students and parents are asked each year; employers not yet.", 60),
    Telling("GB2.2", "in_progress", "Labour market pages go home with Year 9 options only.", 40,
            ("link", "Options evening: what parents were given", f"{SITE}/options")),
    Telling("GB3.1", "met", "Every assembly speaker list is checked for who is missing from it.", 30),
    Telling("GB4.2", "met", "All teaching staff had an hour on careers in their subject.", 8,
            ("training", "Staff training, September: careers in every subject", ""), 60),
    Telling("GB8.2", "met", "Meetings are booked by need, Year 11 first, all by February half term.", 25,
            ("observation", "Booking calendar of the autumn term", "")),
    Telling("GB5.1", "all", "Every year group has had its employer day.", 70),
)  # fmt: skip
LATER = Telling("GB1.2", "met", "The sixth form programme is sequenced too since the spring.", 240)
LAST_YEARS = {"GB1.3": "in_progress", "GB8.2": "in_progress", "GB3.1": "in_progress"}  # before it was better


def write_judging(cast: Cast, *, years: Iterable[int], seed: int, today: date) -> None:
    """Of this year and the one before, as far as both have gone; then the two due days that are over."""
    rng = Random(f"judging {seed}")
    for year in sorted(years)[-2:]:
        _write_year(
            rng, cast.school, AcademicYear(year), LAST_YEARS if year < AcademicYear.of(today).start else {}, today
        )
    last = last_due_before(today)
    for day in (last_due_before(last), last):
        _freeze(rng, cast.school, day, first=min(years))


def _write_year(rng: Random, school: Institution, year: AcademicYear, less: Mapping[str, str], today: date) -> None:
    set_id = set_in_force(year.first_day)
    if set_id != "2025":  # the words are about that set's criteria
        return
    tellings = [one for one in (*TOLD, LATER) if year.first_day + timedelta(one.after) <= today]
    about = {"institution": school, "set_id": set_id, "academic_year": year.start, "recorded_by": LEADER}
    days = {id(one): year.first_day + timedelta(one.after) for one in tellings}
    Statement.objects.bulk_create(
        Statement(key=new_key(rng), criterion=one.criterion, answer=less.get(one.criterion, one.answer), words=one.words,
                  said_on=days[id(one)], recorded_at=moment(days[id(one)]), **about)
        for one in tellings
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(key=new_key(rng), criterion=one.criterion, kind=one.shown[0], words=one.shown[1], link=one.shown[2],
                 added_on=days[id(one)], expires_on=days[id(one)] + timedelta(one.holds),
                 recorded_at=moment(days[id(one)]), **about)
        for one in tellings if one.shown
    )  # fmt: skip


def _freeze(rng: Random, school: Institution, day: date, *, first: int) -> None:
    if AcademicYear.of(day).start < first:
        return
    set_id = set_in_force(day)
    stated = stated_on(school, set_id=set_id, as_of=day)
    evaluation = evaluate(school_facts(school, as_of=day), set_id, day, stated=stated)
    taken = moment(day + timedelta(1))
    row = Snapshot.objects.create(
        key=new_key(rng), institution=school, set_id=evaluation.set.id, version=evaluation.set.version, as_of=day,
        is_due=True, said=told(evaluation, urn=school.urn, name=school.name), recorded_by=LEADER, recorded_at=taken,
    )  # fmt: skip
    words = "Personal guidance is on course. Encounters in Years 8 and 9 come first next term."
    ReviewNote.objects.create(
        key=new_key(rng), snapshot=row, words=words, recorded_by=REVIEWER, recorded_at=taken + timedelta(6)
    )
