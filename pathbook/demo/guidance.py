"""What was said and hoped at Northbridge: meetings, actions, aspirations, intentions, destinations, and reading."""

from datetime import date, datetime, timedelta
from random import Random

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import LEADER, moment, new_key
from pathbook.demo.lists import ACTIONS, HOPES
from pathbook.demo.people import Cast
from pathbook.demo.roll import Person, Roll, Spell
from pathbook.demo.term import school_day
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Role, Student
from pathbook.records.models import Action, Aspiration, Destination, GuidanceMeeting, Intention, PriorRecord

# the share of a year group that is offered a meeting in that year
OFFERED = {7: 0.0, 8: 0.04, 9: 0.18, 10: 0.45, 11: 0.85, 12: 0.35, 13: 0.8}
PATHWAYS = {
    11: (("sixth_form", 45), ("fe_college", 22), ("apprenticeship", 12), ("t_level", 9), ("undecided", 12)),
    13: (("university", 60), ("apprenticeship", 15), ("employment", 10), ("fe_college", 5), ("undecided", 10)),
}
Told = tuple[record.Actor, datetime, record.Change]
CODES = {11: ("210", "220", "330", "380"), 13: ("270", "330", "320", "310")}


def write_guidance(rng: Random, roll: Roll, cast: Cast, *, today: date) -> None:
    meetings: list[GuidanceMeeting] = []
    actions: list[Action] = []
    readings: list[Told] = []
    for year in roll.members:
        for person, spell in roll.here(year):
            if rng.random() < _chance_of_a_meeting(spell):
                _meet(rng, person, spell, cast, today, meetings, actions, readings)
            _own_reading(rng, person, spell, cast, today, readings)
    GuidanceMeeting.objects.bulk_create(meetings, batch_size=BATCH)
    Action.objects.bulk_create(actions, batch_size=BATCH)
    record.happened(sorted(readings, key=lambda told: told[1]))


def _chance_of_a_meeting(spell: Spell) -> float:
    """Guests have theirs at the school whose roll they are on."""
    if spell.registration != "main":
        return 0
    return OFFERED[spell.year_group] * (0.65 if spell.form.endswith(("C", "E")) else 1.1)


def _meet(
    rng: Random, person: Person, spell: Spell, cast: Cast, today: date, meetings: list[GuidanceMeeting],
    actions: list[Action], readings: list[Told],
) -> None:  # fmt: skip
    day = _school_day(rng, max(AcademicYear(spell.year).first_day, spell.start) + timedelta(days=10), spell.year)
    if day > today + timedelta(days=42):
        return
    adviser = cast.advisers[rng.random() < 0.1]
    status = "booked" if day > today else rng.choices(("held", "not_attended", "cancelled"), (89, 8, 3))[0]
    held = status == "held"
    student = cast.students[person.number]
    written = held and rng.random() < 0.93
    meeting = GuidanceMeeting(
        key=new_key(rng), institution=cast.school, student=student, adviser=adviser, adviser_name=adviser.name,
        adviser_level=adviser.level, status=status, booked_on=min(day - timedelta(days=rng.randrange(4, 20)), today),
        planned_on=day, held_on=day if held else None, minutes=rng.choice((30, 40, 45, 45, 45)) if held else None,
        purpose=rng.choice(("Choices after Year 11", "Options", "First look", "University or apprenticeship")),
        summary=_summary(rng, person) if written else "", nothing_agreed=written and rng.random() < 0.05,
        recorded_by=adviser.name, recorded_at=moment(min(day, today)),
    )  # fmt: skip
    meetings.append(meeting)
    if written and not meeting.nothing_agreed:
        actions += [_action(rng, meeting, student, day, today) for _ in range(rng.choice((2, 2, 3, 3, 3, 3)))]
    if written:
        _tutor_reads(rng, spell, cast, student, day, today, readings)


def _summary(rng: Random, person: Person) -> str:
    hope = rng.choice(HOPES)[0]
    name = person.preferred or person.forename or person.surname
    if not hope:
        return f"{name} has not decided yet. We looked at what they enjoy and agreed two things to try."
    return f"{name} is interested in becoming a {hope}. We compared the routes and what each asks for."


def _school_day(rng: Random, earliest: date, year: int) -> date:
    latest = date(year + 1, 7, 10)
    day = earliest + timedelta(days=rng.randrange(max(1, (latest - earliest).days)))
    return school_day(day, not_before=earliest)


def _action(rng: Random, meeting: GuidanceMeeting, student: Student, day: date, today: date) -> Action:
    due = day + timedelta(days=rng.randrange(14, 60))
    closed = due - timedelta(days=rng.randrange(0, 12)) if rng.random() < 0.68 else None
    closed = max(closed, day) if closed and closed <= today else None
    outcome = rng.choices(("done", "not_needed", "carried_on"), (85, 9, 6))[0] if closed else ""
    return Action(
        key=new_key(rng), student=student, meeting=meeting, what=rng.choice(ACTIONS),
        owner=rng.choices(("student", "adviser", "tutor", "careers_leader"), (70, 12, 10, 8))[0], agreed_on=day,
        due_on=due, closed_on=closed, outcome=outcome,
        evidence="seen" if outcome == "done" and rng.random() < 0.6 else "", recorded_by=meeting.adviser_name,
        recorded_at=moment(day),
    )  # fmt: skip


def _tutor_reads(
    rng: Random, spell: Spell, cast: Cast, student: Student, day: date, today: date, readings: list[Told]
) -> None:
    """Some tutors read what was said and some do not: by form, so that it shows."""
    good = sum(map(ord, spell.form)) % 3 != 0
    read = day + timedelta(days=rng.randrange(0, 12) if good else rng.randrange(5, 40))
    if read <= today and rng.random() < (0.85 if good else 0.4):
        tutor = cast.tutors[spell.year, spell.form]
        readings.append(_reading(tutor.pk, tutor.name, Role.FORM_TUTOR, Verb.READ, student, read))


def _own_reading(rng: Random, person: Person, spell: Spell, cast: Cast, today: date, readings: list[Told]) -> None:
    day = _school_day(rng, max(AcademicYear(spell.year).first_day, spell.start), spell.year)
    if day <= today and rng.random() < 0.75:
        student = cast.students[person.number]
        readings.append(_reading(None, "the student", Role.STUDENT, Verb.READ_OWN, student, day))


def _reading(account: int | None, name: str, role: str, verb: Verb, student: Student, day: date) -> Told:
    seen = record.Change(verb, "student", student.pk, student.pk)
    return record.Someone(account, name, role), moment(day, 9), seen


def write_hopes(rng: Random, roll: Roll, cast: Cast, *, today: date) -> None:
    """Aspirations each autumn, intentions in Years 11 and 13, where leavers went, what earlier schools sent."""
    hopes: list[Aspiration] = []
    intentions: list[Intention] = []
    for year in roll.members:
        for person, spell in roll.here(year):
            day = max(spell.start, date(year, 9, 20)) + timedelta(days=rng.randrange(60))
            if day > today:
                continue
            if rng.random() < 0.8:
                hopes.append(_aspiration(rng, cast.students[person.number], spell, day))
            if spell.year_group in CODES and rng.random() < 0.75:
                intentions.append(
                    Intention(student=cast.students[person.number], recorded_on=day, recorded_by=LEADER,
                              code=rng.choice(CODES[spell.year_group]), recorded_at=moment(day))
                )  # fmt: skip
    Aspiration.objects.bulk_create(hopes, batch_size=BATCH)
    Intention.objects.bulk_create(intentions, batch_size=BATCH)
    Destination.objects.bulk_create(_destinations(rng, roll, cast, today), batch_size=BATCH)
    PriorRecord.objects.bulk_create(_prior_records(rng, roll, cast, today), batch_size=BATCH)


def _aspiration(rng: Random, student: Student, spell: Spell, day: date) -> Aspiration:
    words, sector, soc = rng.choice(HOPES)
    choices = PATHWAYS[13 if spell.year_group >= 12 else 11]
    pathway = rng.choices([p for p, _ in choices], [w for _, w in choices])[0]
    return Aspiration(
        student=student, said_on=day, words=words, sector=sector, soc2020=soc, pathway=pathway,
        certainty=rng.randrange(1, 6), recorded_by="the student", recorded_at=moment(day),
    )  # fmt: skip


def _destinations(rng: Random, roll: Roll, cast: Cast, today: date) -> list[Destination]:
    rows = []
    for year in roll.members:
        day = date(year + 1, 10, 1)
        for group in (11, 13):
            for person in roll.members[year][group]:
                left = year + 1 in roll.members and person.spell(year + 1) is None
                if left and day <= today and rng.random() < 0.88:
                    rows.append(
                        Destination(student=cast.students[person.number], as_of=day, source="college enrolment list",
                                    code=rng.choice(CODES[group]), recorded_by=LEADER, recorded_at=moment(day))
                    )  # fmt: skip
    return rows


def _prior_records(rng: Random, roll: Roll, cast: Cast, today: date) -> list[PriorRecord]:
    rows = []
    for person in roll.people:
        day = person.spells[0].start + timedelta(days=rng.randrange(5, 60))
        if person.joined and day <= today and rng.random() < 0.6:
            outcome = "received" if rng.random() < 0.7 else "none_held"
            rows.append(
                PriorRecord(student=cast.students[person.number], outcome=outcome, received_on=day,
                            recorded_by=LEADER, recorded_at=moment(day))
            )  # fmt: skip
    return rows
