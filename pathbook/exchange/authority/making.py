"""What would go today: a line a student, who is left out and why, and what changed since the last file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.exchange.authority.person import YoungPerson, day
from pathbook.exchange.authority.whom import whom_of
from pathbook.exchange.models import AuthorityFile, AuthorityLine
from pathbook.framework.destinations import Code
from pathbook.framework.plans import guarantee_of
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.records.queries.next_steps import History, codes_and_guarantee, histories

OBJECTS = "Objects to sharing plans with the authority"
HERE = {  # what somebody on roll after Year 11 is doing, by the kind of school
    Institution.Kind.SCHOOL: "210", Institution.Kind.SPECIAL: "280", Institution.Kind.COLLEGE: "230",
    Institution.Kind.TRAINING: "430", Institution.Kind.ALTERNATIVE: "270",
}  # fmt: skip
AT_SCHOOL, UNKNOWN = "110", "810"
LISTED = 10  # files made before


@dataclass(frozen=True, slots=True)
class LeftOut:
    student: Student
    why: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`people`: by the student's number, in the order of the file. `new`, `changed`, `gone` against `last`, by number.

    `files`: those made before, the latest first. `names`: of everyone in this one and in the last.
    """

    people: Mapping[int, YoungPerson]
    left_out: tuple[LeftOut, ...]
    files: tuple[AuthorityFile, ...]
    names: Mapping[int, str]
    new: frozenset[int]
    changed: frozenset[int]
    gone: frozenset[int]
    without_flags: int

    @property
    def last(self) -> AuthorityFile | None:
        return self.files[0] if self.files else None


def outgoing(school: Institution, *, on: date) -> Outgoing:
    """Eight queries for any number of students. Nothing is written."""
    whom, (codes, sent) = whom_of(school, on=on), codes_and_guarantee(school)
    asked = Student.objects.filter(pk__in=[row.student_id for row in whom.rows if row.student_id in whom.plans])
    known = histories(asked, as_of=on, only=("intentions", "offers", "told"))
    people: dict[int, YoungPerson] = {}
    left_out = []
    for row in whom.rows:
        why = OBJECTS if row.student_id not in whom.plans else _unknown_code(known[row.student_id], codes)
        if why:
            left_out.append(LeftOut(row.student, why))
            continue
        about = (row.student_id in whom.on_roll, row.student_id in whom.support)
        people[row.student_id] = _person(row, known[row.student_id], codes, sent, school, on, *about)
    files = tuple(AuthorityFile.objects.filter(institution=school).order_by("-recorded_at", "-pk")[:LISTED])
    lines = list(AuthorityLine.objects.filter(file=files[0]).select_related("student")) if files else []
    before = {line.student_id: line.digest for line in lines}
    names = {row.student_id: row.student.name for row in whom.rows} | {
        line.student_id: line.student.name for line in lines
    }
    changed = {pk for pk, one in people.items() if before.get(pk, one.digest) != one.digest}
    return Outgoing(
        people, tuple(left_out), files, names, frozenset(people.keys() - before.keys()), frozenset(changed),
        frozenset(before.keys() - people.keys()), sum(pk not in whom.support for pk in people),
    )  # fmt: skip


def _unknown_code(history: History, codes: Mapping[str, Code]) -> str:
    """A code of no table is no message: the row waits until somebody corrects it."""
    said = [code for _, code in history.intentions[-1:]] + [one.code for one in history.told[-1:]]
    wrong = next((code for code in said if code not in codes), "")
    return f"The code {wrong} is in no table: correct it, or add it under Codes" if wrong else ""


def _person(
    row: Enrolment, history: History, codes: Mapping[str, Code], sent: Mapping[str, str], school: Institution, on: date,
    is_here: bool, tells_support: bool,
) -> YoungPerson:  # fmt: skip
    one, year = row.student, row.year_group + AcademicYear.of(on).start - row.academic_year
    intended = history.intentions[-1][1] if history.intentions else ""
    left = AcademicYear(row.academic_year).last_day
    told = next((told for told in reversed(history.told) if told.on > left), None)
    doing = _here(row, school) if is_here else told.code if told else UNKNOWN
    since = None if is_here or told is None else told
    offered = (
        guarantee_of(history.offers, since=AcademicYear.of(on).first_day)
        if is_here and row.year_group in (11, 12)
        else ""
    )
    return YoungPerson(
        one.key, one.legal_forename, one.legal_surname, one.sex, day(one.date_of_birth), one.upn, one.uln, str(year),
        _flag(row.sen == "E", tells_support), _flag(row.sen == "K", tells_support), sent.get(offered, ""),
        _sent(intended, codes), _sent(doing, codes), day(since.on if since else on if is_here else None),
        day(since.checked_on if since else on if is_here else None), since.place if since else school.name if is_here else "",
        is_here,
    )  # fmt: skip


def _here(row: Enrolment, school: Institution) -> str:
    return AT_SCHOOL if row.year_group == 11 else HERE[Institution.Kind(school.kind)]


def _flag(true: bool, tells: bool) -> str:
    return ("Y" if true else "N") if tells else ""


def _sent(code: str, codes: Mapping[str, Code]) -> str:
    return (codes[code].sent_as or code) if code in codes else ""
