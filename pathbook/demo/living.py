"""Every year of guidance at Northbridge written down: slots, meetings, what was agreed and became of it, hopes, readings."""

from datetime import date
from random import Random

from pathbook.demo.agreed import YearOfActions, parts_of, write_actions
from pathbook.demo.bookings import year_of_meetings
from pathbook.demo.doors import BATCH
from pathbook.demo.guidance import Book, hold_the_year
from pathbook.demo.happenings import moment
from pathbook.demo.hopes import Hopes, Said, hope_each_autumn
from pathbook.demo.people import Cast
from pathbook.demo.reading import write_readings
from pathbook.demo.roll import Roll
from pathbook.demo.timetable import write_closures, write_slots
from pathbook.occupations import title_of
from pathbook.people.models import Student
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, MeetingDraft


def write_living_years(rng: Random, roll: Roll, cast: Cast, *, students: int, today: date) -> Hopes:
    years = sorted(roll.members)
    book = Book(cast, today, years[-1], Hopes())
    write_closures(cast, years)
    slots = write_slots(rng, cast, years, students=students, today=today)
    parts = parts_of(cast.school)
    made: list[Action] = []
    onward: list[Action] = []
    for year in years:
        hope_each_autumn(rng, roll, book.hopes, year)
        actions = YearOfActions(year, year == years[-1], parts)
        hold_the_year(rng, book, year_of_meetings(rng, roll, year, slots[year]), actions)
        onward += actions.finish(rng)
        made += actions.made
    GuidanceMeeting.objects.bulk_create(book.meetings, batch_size=BATCH)
    MeetingDraft.objects.bulk_create(book.drafts)
    write_actions(made, onward, today=today)
    _write_hopes(book)
    write_readings(rng, roll, cast, (sitting for sitting, _ in book.told), today=today)
    return book.hopes


def _write_hopes(book: Book) -> None:
    in_meeting = {row.key: row for row in book.meetings}
    rows = [
        _aspiration(said, book.cast.students[number], in_meeting.get(said.meeting))
        for number, said in sorted(book.hopes.written, key=lambda one: (one[1].on, one[0]))
        if said.on <= book.today
    ]
    Aspiration.objects.bulk_create(rows, batch_size=BATCH)


def _aspiration(said: Said, student: Student, meeting: GuidanceMeeting | None) -> Aspiration:
    wish = said.aim.wish
    return Aspiration(
        student=student, meeting=meeting, said_on=said.on, words=said.words, pathway=said.aim.pathway,
        occupation=title_of(wish.soc2020) if wish else "", soc2020=wish.soc2020 if wish else "",
        sector=wish.sector if wish else "", certainty=said.aim.certainty,
        recorded_by=meeting.adviser_name if meeting else "the student", recorded_at=moment(said.on),
    )  # fmt: skip
