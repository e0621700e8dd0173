"""Who is at Northbridge, year by year: cohorts that move up, with joiners, leavers and a few who repeat a year.

Pure: plain objects and a seeded random generator; `people.py` writes them down.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pathbook.demo.lists import AWKWARD, FORENAMES, KS3_SUBJECTS, KS4_CORE, KS4_OPTIONS, KS5_OPTIONS, SURNAMES
from pathbook.framework.upn import LETTERS, check_letter
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people.keys import ALPHABET

DESIGN = {7: 180, 8: 180, 9: 180, 10: 180, 11: 180, 12: 110, 13: 95}  # the 1,105 of product.md
FORM_SIZE = {12: 24, 13: 24}
STAYS, STAYS_ON = 0.985, 0.53  # the share of a year group that is here the next year; of Year 11 into Year 12
CHANGE = (11, 6)  # month and day when a few leave; those who take their places come the day after


@dataclass
class Spell:
    """A student in one academic year."""

    year: int
    year_group: int
    form: str
    start: date
    end: date | None = None
    registration: str = "main"


@dataclass(eq=False)
class Person:
    """One invented student. `steadiness` is how likely they are to turn up."""

    number: int
    key: str
    forename: str
    surname: str
    preferred: str
    born: date
    sex: str
    upn: str
    spells: list[Spell] = field(default_factory=list)
    subjects: dict[int, tuple[str, ...]] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    steadiness: float = 0.95
    joined: bool = False

    def spell(self, year: int) -> Spell | None:
        return next((spell for spell in self.spells if spell.year == year and spell.end is None), None)


@dataclass
class Roll:
    """Everyone; who is in which year group of which academic year at its end; and guests from another school's roll."""

    people: list[Person] = field(default_factory=list)
    members: dict[int, dict[int, list[Person]]] = field(default_factory=dict)
    guests: dict[int, list[Person]] = field(default_factory=dict)

    def here(self, year: int) -> list[tuple[Person, Spell]]:
        """Everyone at the year's end with their spell in it, guests last."""
        members = [person for people in self.members[year].values() for person in people]
        return [(p, spell) for p in (*members, *self.guests.get(year, ())) if (spell := p.spell(year))]


def sizes(students: int) -> dict[int, int]:
    """Split any number of students over the year groups as Northbridge's are, largest remainders first."""
    exact = {group: students * size / sum(DESIGN.values()) for group, size in DESIGN.items()}
    split = {group: int(size) for group, size in exact.items()}
    left = students - sum(split.values())
    for group in sorted(exact, key=lambda g: (split[g] - exact[g], g))[:left]:
        split[group] += 1
    return split


def make_roll(rng: Random, *, students: int, years: int, today: date) -> Roll:
    """Simulate `years` academic years ending in the one that holds `today`."""
    roll, size = Roll(), sizes(students)
    last = AcademicYear.of(today).start
    for year in range(last - years + 1, last + 1):
        before = roll.members.get(year - 1)
        again = {group: rng.choice(before[group]) for group in (10, 12) if before and len(before[group]) > 20}
        now = {group: _moved_up(rng, roll, before, group, size[group], year, again) for group in YEAR_GROUPS}
        roll.members[year] = now
        for group, people in now.items():
            _place(rng, people, group, year)
        if date(year, *CHANGE) <= today:
            _come_and_go(rng, roll, year)
    _mark(rng, roll, last)
    return roll


def _moved_up(
    rng: Random, roll: Roll, before: dict[int, list[Person]] | None, group: int, size: int, year: int,
    again: dict[int, Person],
) -> list[Person]:  # fmt: skip
    """Last year's group below, less a few, with one or two repeating and joiners to make the number up."""
    stayed: list[Person] = []
    if before and group > YEAR_GROUPS[0]:
        below = [person for person in before[group - 1] if person is not again.get(group - 1)]
        rng.shuffle(below)
        share = STAYS_ON if group == 12 else STAYS
        repeating = [again[group]] if group in again else []
        keep = min(int(len(below) * share), size - len(repeating))
        stayed = sorted(below[:keep], key=lambda p: p.number)
        stayed += repeating
    while len(stayed) < size:
        person = _new_person(rng, roll, group, year)
        person.joined = before is not None and group > YEAR_GROUPS[0]
        stayed.append(person)
    return stayed


def _new_person(rng: Random, roll: Roll, group: int, year: int) -> Person:
    number = len(roll.people) + 1
    forename, surname, preferred = rng.choice(FORENAMES), rng.choice(SURNAMES), ""
    if number % 90 == 4:
        forename, surname, preferred = AWKWARD[(number // 90) % len(AWKWARD)]
    eldest = date(year - group - 5, 9, 1)
    born = eldest + timedelta(days=rng.randrange(365))
    joined = year - (group - 7)
    person = Person(
        number, "".join(rng.choice(ALPHABET) for _ in range(12)), forename, surname or forename, preferred, born,
        rng.choice("FM"), _upn(rng, number, joined - 7), steadiness=min(0.995, max(0.4, rng.gauss(0.95, 0.06))),
    )  # fmt: skip
    if not surname:
        person.forename = ""
    roll.people.append(person)
    return person


def _upn(rng: Random, number: int, allocated: int) -> str:
    """A UPN with its right check letter; one in 60 temporary, one in 150 absent."""
    if number % 150 == 7:
        return ""
    serial = f"{number % 1000:03}" if number % 60 else f"{number % 100:02}{rng.choice(LETTERS)}"
    tail = f"825{4000 + number // 1000:04}{allocated % 100:02}{serial}"
    return check_letter("?" + tail) + tail


def _place(rng: Random, people: list[Person], group: int, year: int) -> None:
    """Forms keep their members from year to year; newcomers fill the smallest."""
    count = max(1, -(-len(people) // FORM_SIZE.get(group, 30)))
    forms: list[list[Person]] = [[] for _ in range(count)]
    newcomers: list[Person] = []
    for person in people:
        old = person.spells[-1].form if person.spells else ""
        letter = ord(old[-1]) - ord("A") if old and group != 12 else count
        forms[letter].append(person) if letter < count else newcomers.append(person)
    for person in newcomers:
        min(forms, key=len).append(person)
    for number, form in enumerate(forms):
        for person in form:
            person.spells.append(Spell(year, group, f"{group}{_letter(number)}", AcademicYear(year).first_day))
            person.subjects[year] = _subjects(rng, person, group, year)


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"A{number}"


def _subjects(rng: Random, person: Person, group: int, year: int) -> tuple[str, ...]:
    """Options stay as chosen through a key stage."""
    before = person.subjects.get(year - 1)
    if group <= 9:
        return KS3_SUBJECTS
    if before and group in (11, 13):
        return before
    if group <= 11:
        return (*KS4_CORE, *rng.sample(KS4_OPTIONS, 4))
    return tuple(rng.sample(KS5_OPTIONS, 3))


def _come_and_go(rng: Random, roll: Roll, year: int) -> None:
    """In November a few leave and as many join the same form the next day, so the number stays."""
    left = date(year, *CHANGE)
    for group, people in roll.members[year].items():
        if len(people) < 40 or group == 13:
            continue
        leaver = rng.choice(people)
        leaver.spells[-1].end = left
        joiner = _new_person(rng, roll, group, year)
        joiner.joined = True
        joiner.spells.append(Spell(year, group, leaver.spells[-1].form, left + timedelta(days=1)))
        joiner.subjects[year] = leaver.subjects[year]
        people[people.index(leaver)] = joiner
        if group == 9:
            roll.guests[year] = [_guest(rng, roll, rng.choice(people), year)]


def _guest(rng: Random, roll: Roll, beside: Person, year: int) -> Person:
    """Taught here some days, on another school's roll: a subsidiary enrolment."""
    spell = beside.spells[-1]
    guest = _new_person(rng, roll, spell.year_group, year)
    guest.spells.append(Spell(year, spell.year_group, spell.form, AcademicYear(year).first_day, None, "subsidiary"))
    guest.subjects[year] = beside.subjects[year]
    return guest


def _mark(rng: Random, roll: Roll, last: int) -> None:
    """Circumstances: exactly the numbers of product.md on the last year's roll, in proportion before."""
    now = [person for people in roll.members[last].values() for person in people]
    here = set(now)
    gone = [person for person in roll.people if person not in here]
    shares = {"ehcp": 41 / 1105, "support": 138 / 1105, "pupil_premium": 287 / 1105, "looked_after": 7 / 1105,
              "eal": 0.14, "young_carer": 0.02}  # fmt: skip
    for people in (now, gone):
        drawn = rng.sample(people, len(people))
        for flag, share in shares.items():
            if flag == "support":
                pool = [person for person in drawn if "ehcp" not in person.flags]
            elif flag == "looked_after":
                pool = [person for person in drawn if "pupil_premium" in person.flags]
            else:
                pool = rng.sample(people, len(people))
            for person in pool[: round(len(people) * share)]:
                person.flags.add(flag)
