"""What erasing one student would do, before it is done: whom, what goes, what stays, and what may stand against it."""

from dataclasses import dataclass
from datetime import date

from pathbook.people.models import Enrolment, Institution, Student
from pathbook.privacy.elsewhere import Mention, mentions_of
from pathbook.privacy.erasing import accounts_to_close
from pathbook.privacy.reach import rows_tied_to

GOES = (
    "Names, UPN, ULN, the school's own number, birth date, sex, ethnicity and language.",
    "Everything written about them: summaries, working notes, drafts, agreed actions, reflections, hopes in their own "
    "words, requests and answers.",
    "Parents and carers who have no other child here, their accounts, and the student's own: nobody signs in with them.",
    "What past imports keep of their rows, and files waiting to be imported.",
)
STAYS = (
    "That somebody without a name took part, met an adviser, agreed and did something, and on which day: every total "
    "stays as it was.",
    "The year and tutor group they were in, and support as a yes or no.",
    "The audit: it never held a name or a word of theirs.",
)
AGAINST = (
    "Schools have a duty to keep some records: where leavers went (three years), records of an EHC plan (until 25 in "
    "most schools), anything a complaint, a claim or a safeguarding enquiry rests on. Pathbook cannot know of these.",
)


@dataclass(frozen=True, slots=True)
class Preview:
    """`counts`: what is written about them, in figures; `elsewhere`: where others' records name them, which stays."""

    student: Student
    on_roll: bool
    accounts: int
    counts: tuple[tuple[str, int], ...]
    elsewhere: tuple[Mention, ...]
    goes: tuple[str, ...] = GOES
    stays: tuple[str, ...] = STAYS
    against: tuple[str, ...] = AGAINST


def preview_of(student: Student, school: Institution, *, on: date) -> Preview:
    rows = rows_tied_to(student)
    counts = tuple((said, rows[label].count()) for label, said in COUNTED.items())
    here, to_close = on_roll(student, school, on=on), len(accounts_to_close(student))
    return Preview(student, here, to_close, counts, mentions_of(student, school))


COUNTED = {
    "records.Participation": "activities",
    "records.GuidanceMeeting": "guidance meetings",
    "records.Action": "agreed actions",
    "records.Aspiration": "hopes",
    "people.GuardianLink": "parents and carers",
}


def on_roll(student: Student, school: Institution, *, on: date) -> bool:
    return Enrolment.objects.current(on).filter(student=student, institution=school).exists()
