"""Northbridge's work placements: last year's, each with its days, and this year's Year 10 in every state there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import LEADER, moment, new_key
from pathbook.demo.people import Cast
from pathbook.demo.roll import Roll
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution, Student
from pathbook.records.models import Host, Participation, Placement, PlacementDay, PlacementForm, Provider

WEEK = "Work experience week"
YEAR_10 = 10
# so many of each hundred-and-eighty, in the order of the students' numbers once shuffled
STANDS = (("find", 22), ("wished", 14), ("student", 12), ("employer", 30), ("declined", 3), ("parent", 26), ("refused", 3),
          ("school", 20), ("approved", 38), ("under_way", 4), ("over", 3), ("off", 5))  # fmt: skip
AFTER = {  # which forms are answered yes in a state; those to come were sent where the state waits for them
    "employer": ("student",), "declined": ("student",), "parent": ("student", "employer"),
    "refused": ("student", "employer"), "off": ("student", "employer"),
}  # fmt: skip
ALL = ("student", "employer", "parent")
FAILED = 2  # mails to employers that could not be sent
AIMS = ("What a working day is like, and which qualifications people have.", "Whether I would like to work with people.",
        "How a business earns its money.", "What an apprentice does in the first year.")  # fmt: skip
TASKS = ("Help at the front desk, then a day with each team.", "Shadow a colleague and prepare one order alone.",
         "Sort and check stock, and plan a small display.", "Sit in on a meeting and write it up.")  # fmt: skip
DAYS = ("I met the team and learned the safety rules.", "I helped at the front desk and answered two calls.",
        "I did a task by myself and showed it to my supervisor.", "I asked how people came to their jobs.",
        "I finished my task and said thank you.")  # fmt: skip
MADE = "I want to work with people, and I know now that I need a Level 3 for it."
FEEDBACK = "Came on time every day, asked good questions, and should speak up more."


@dataclass(slots=True)
class Written:
    """What is collected and then written at once."""

    placements: list[Placement] = field(default_factory=list)
    forms: list[PlacementForm] = field(default_factory=list)
    journal: list[PlacementDay] = field(default_factory=list)
    failed: int = 0


def write_placements(roll: Roll, cast: Cast, *, seed: int, today: date) -> None:
    rng, done = Random(f"placements {seed}"), Written()
    year = max(roll.members)
    hosts = _hosts(rng, cast.school, today)
    _last_year(rng, cast, hosts, year - 1, done)
    tens = [cast.students[p.number] for p in roll.members[year].get(YEAR_10, ()) if p.spells[-1].registration == "main"]
    rng.shuffle(tens)
    for student, stands in zip(tens, _stands(len(tens)), strict=False):
        _one(rng, student, stands, hosts, year, today, done)
    Placement.objects.bulk_create(done.placements, batch_size=BATCH)
    PlacementForm.objects.bulk_create(done.forms, batch_size=BATCH)
    PlacementDay.objects.bulk_create(done.journal, batch_size=BATCH)


def _stands(how_many: int) -> Iterator[str]:
    total = sum(n for _, n in STANDS)
    for stands, n in STANDS:
        yield from [stands] * max(1, round(n * how_many / total))


def _hosts(rng: Random, school: Institution, today: date) -> Sequence[Host]:
    """Two without insurance in force, two whose insurance ends soon."""
    providers = Provider.objects.filter(institution=school, kind="employer").exclude(sector="").order_by("pk")
    until = [
        today - timedelta(days=40),
        today - timedelta(days=9),
        today + timedelta(days=20),
        today + timedelta(days=39),
    ]
    rows = [
        Host(
            provider=provider, key=new_key(rng), contact="The manager",
            email=f"placements@{provider.name.split()[0].lower().replace(chr(39), '')}.example", insurance=f"Policy {1000 + n}",
            insured_until=until[n] if n < len(until) else today + timedelta(days=250 + 9 * n),
            risk_assessed_on=today - timedelta(days=100 + 7 * n), safeguarding=True, keeps_data=True,
            stated_by="The manager", stated_at=moment(today - timedelta(days=90)), recorded_by=LEADER,
            recorded_at=moment(today - timedelta(days=400)),
        )
        for n, provider in enumerate(providers)
    ]  # fmt: skip
    return Host.objects.bulk_create(rows)


def _one(
    rng: Random, student: Student, stands: str, hosts: Sequence[Host], year: int, today: date, done: Written
) -> None:
    asked_on = max(AcademicYear(year).first_day, today - timedelta(days=rng.randrange(2, 26)))
    host = None if stands in ("find", "wished") else rng.choice(hosts if stands == "school" else hosts[4:])
    row = Placement(
        key=new_key(rng), student=student, host=host, **_days(stands, year, today), recorded_by=LEADER,
        recorded_at=moment(asked_on),
    )  # fmt: skip
    if stands == "wished":
        row.named_host, row.named_email = "My aunt's bakery", "bakery@post.example"
    if stands in ("approved", "under_way", "over"):
        row.approved_by, row.approved_at = LEADER, moment(asked_on + timedelta(days=1), 9)
    if stands == "off":
        row.called_off_by, row.called_off_at, row.called_off_why = LEADER, moment(today, 9), "The host moved away."
    done.placements.append(row)
    for party in ("student",) if stands == "wished" else () if host is None else AFTER.get(stands, ALL):
        if stands != "student":
            done.forms.append(_form(rng, row, party, asked_on, answered=True))
    _waiting(rng, row, stands, asked_on, done)
    if stands in ("under_way", "over"):
        _journal(row, min(today, row.ends_on), done)


def _days(stands: str, year: int, today: date) -> dict[str, date]:
    """A week in July; for those under way the week of today, for those over the one three weeks before."""
    july = date(year + 1, 7, 6)
    first = {"under_way": today, "over": today - timedelta(days=21)}.get(stands, july)
    first -= timedelta(days=first.weekday())
    return {"starts_on": first, "ends_on": first + timedelta(days=4)}


def _waiting(rng: Random, row: Placement, stands: str, asked_on: date, done: Written) -> None:
    """The form a state waits for, sent; or answered no."""
    if stands in ("declined", "refused"):
        party = "employer" if stands == "declined" else "parent"
        done.forms.append(_form(rng, row, party, asked_on, answered=True, yes=False))
    elif stands in ("student", "employer", "parent"):
        form = _form(rng, row, stands, asked_on, answered=False)
        if stands == "employer" and done.failed < FAILED:
            form.mail, done.failed = PlacementForm.Mail.FAILED, done.failed + 1
        done.forms.append(form)


def _form(rng: Random, row: Placement, party: str, on: date, *, answered: bool, yes: bool = True) -> PlacementForm:
    words = {"student": rng.choice(AIMS), "employer": rng.choice(TASKS), "parent": ""}[party]
    name = row.student.name if party == "student" else "The manager" if party == "employer" else "A parent"
    said = {"yes": yes, "words": words if yes else "Not this time.", "answered_by": name,
            "answered_at": moment(on + timedelta(days=1), 8)} if answered else {}  # fmt: skip
    to = row.host.email if row.host and party == "employer" else ""
    return PlacementForm(
        key=new_key(rng), placement=row, party=party, sent_to=to, mail="sent" if to else "", sent_at=moment(on),
        expires_on=on + timedelta(days=30), recorded_by=LEADER, recorded_at=moment(on), **said,
    )  # fmt: skip


def _journal(row: Placement, until: date, done: Written) -> None:
    for n, words in enumerate(DAYS):
        day = row.starts_on + timedelta(days=n)
        if day <= until:
            by = {"recorded_by": row.student.name, "recorded_at": moment(day, 17)}
            done.journal.append(PlacementDay(placement=row, on=day, words=words, **by))


def _last_year(rng: Random, cast: Cast, hosts: Sequence[Host], year: int, done: Written) -> None:
    """The week was logged for the whole year group: each placement is tied to that student's part in it."""
    parts = Participation.objects.attended().filter(
        activity__title=WEEK, activity__academic_year=year, activity__institution=cast.school
    )
    for n, part in enumerate(parts.select_related("activity", "student").order_by("pk")):
        first, asked_on = part.activity.starts_on, part.activity.starts_on - timedelta(days=90)
        row = Placement(
            key=new_key(rng), student=part.student, host=rng.choice(hosts), starts_on=first, ends_on=part.activity.ends_on,
            approved_by=LEADER, approved_at=moment(first - timedelta(days=30)), part=part, days_done=int(part.hours / 5),
            done_by=LEADER, done_at=moment(part.activity.ends_on + timedelta(days=3)), reflection=MADE if n % 4 else "",
            recorded_by=LEADER, recorded_at=moment(asked_on),
        )  # fmt: skip
        done.placements.append(row)
        done.forms += [_form(rng, row, party, asked_on, answered=True) for party in ALL]
        if n % 3:
            _journal(row, row.ends_on, done)
            done.forms.append(_feedback(rng, row))


def _feedback(rng: Random, row: Placement) -> PlacementForm:
    after = row.ends_on + timedelta(days=4)
    return PlacementForm(
        key=new_key(rng), placement=row, party="feedback", sent_at=moment(after), expires_on=after + timedelta(days=30),
        words=FEEDBACK, items=["GB6-3", "GB6-4", "GB6-5"], answered_by="The manager",
        answered_at=moment(after + timedelta(days=2), 8), recorded_by=LEADER, recorded_at=moment(after),
    )  # fmt: skip
