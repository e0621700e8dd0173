"""Which column is which in a list of activities, and so which of the shapes the file has."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pathbook.exchange.roll.mapping import IGNORE, map_columns, plain

_WORDS = {
    "title": "activity activityname activitytitle title event eventname nameofactivity nameofevent careersactivity encounter",
    "date": "date activitydate eventdate dateofactivity dateofevent when meetingdate interviewdate dateofmeeting "
    "dateofinterview held heldon dateheld startdate",
    "kind": "kind type activitytype eventtype category encountertype typeofactivity",
    "status": "status attendance attended present came attendancestatus participation",
    "hours": "hours durationhours lengthhours hoursspent duration",
    "provider": "employer provider organisation organization company with employername providername partner",
    "whom": "who whom groups group audience invited yeargroups yeargroup year cohort tutorgroup form classes class",
    "subject": "subject curriculumsubject lesson",
    "adviser": "adviser advisor careersadviser careersadvisor advisername interviewer guidanceadviser",
    "level": "level adviserlevel qualificationlevel advisorlevel qualification",
    "minutes": "minutes mins length durationminutes lengthminutes",
    "summary": "summary notes agreedsummary outcome actionplan note",
}
OURS = {word: field for field, words in _WORDS.items() for word in words.split()}
OF_STUDENT = ("mis_id", "upn", "former_upn", "uln", "surname", "legal_surname", "forename", "legal_forename", "full_name",
              "preferred_surname", "preferred_forename", "date_of_birth")  # fmt: skip
NAMES_ONE = ("mis_id", "upn", "uln", "full_name", "surname", "legal_surname")
MEETING = ("adviser", "level", "minutes")


class Shape(StrEnum):
    EACH = "a row a student and activity"
    BY_GROUP = "a row an activity"
    MATRIX = "a row a student, a column an activity"
    MEETINGS = "a row a guidance meeting"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Field -> position. `activities` are the columns of a matrix, each an activity."""

    shape: Shape
    at: dict[str, int]
    activities: tuple[int, ...] = ()


def columns_of(header: Sequence[str]) -> Columns:
    """Our own headings first; what is left is asked of the student list's headings; what is left then is an activity."""
    student = map_columns(header).columns
    at = {name: places[0] for name, places in student.items() if name in OF_STUDENT}
    has_student = any(name in at for name in NAMES_ONE)
    for place, heading in enumerate(header):
        field = OURS.get(plain(heading), "")
        if field and field not in at and place not in at.values() and not (field == "whom" and has_student):
            at[field] = place
    return _shaped(header, at, has_student)


def _shaped(header: Sequence[str], at: dict[str, int], has_student: bool) -> Columns:
    if "title" in at:
        return Columns(Shape.EACH if has_student else Shape.BY_GROUP, at)
    if has_student and any(name in at for name in MEETING):
        return Columns(Shape.MEETINGS, at)
    of_the_roll = {place for places in map_columns(header).columns.values() for place in places}
    left = [
        n for n, h in enumerate(header) if h and n not in of_the_roll and n not in at.values() and plain(h) not in OURS
    ]
    if has_student and left:
        return Columns(Shape.MATRIX, {name: n for name, n in at.items() if name in OF_STUDENT}, tuple(left))
    return Columns(Shape.UNKNOWN, at)


def known(cells: Sequence[str]) -> int:
    """How many of these cells are headings we know: the header is the row with most."""
    words = {plain(cell): "" for cell in cells if cell}
    student = map_columns(cells, {cell: IGNORE for cell in cells if plain(cell) in OURS}).columns
    return sum(word in OURS for word in words) + len([name for name in student if name in OF_STUDENT])
