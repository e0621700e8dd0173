"""Everyone this school knows already, as plain values: the whole roll in six queries, whatever its size."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Q

from pathbook.people.models import Enrolment, FormerName, FormerUpn, Institution, Student, SubjectStudied, TutorGroup

STUDENT_FIELDS = (
    "id", "key", "institution_id", "mis_id", "upn", "uln", "legal_surname", "legal_forename", "preferred_surname",
    "preferred_forename", "middle_names", "date_of_birth", "sex",
)  # fmt: skip
ENROLMENT_FIELDS = (
    "id", "student_id", "institution_id", "academic_year", "registration", "year_group", "tutor_group_id", "start_date",
    "end_date", "sen", "fsm", "pupil_premium", "looked_after", "eal", "young_carer", "ethnicity", "first_language",
    "absence",
)  # fmt: skip
Values = dict[str, Any]


@dataclass(slots=True)
class Known:
    """One student as stored. `spells` are their enrolments, this year's, last year's and any still open."""

    student: Values
    spells: list[Values] = field(default_factory=list)
    former_upns: list[str] = field(default_factory=list)
    former_names: list[tuple[str, str]] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return int(self.student["id"])

    @property
    def name(self) -> str:
        return f"{self.student['legal_forename']} {self.student['legal_surname']}".strip()

    @property
    def name_key(self) -> tuple[str, str]:
        return (self.student["legal_surname"].casefold(), self.student["legal_forename"].casefold())

    def all_name_keys(self) -> set[tuple[str, str]]:
        """Legal, preferred and former names, in every pairing a list might use."""
        said = self.student
        surnames = {said["legal_surname"], said["preferred_surname"] or said["legal_surname"]}
        forenames = {said["legal_forename"], said["preferred_forename"] or said["legal_forename"]}
        surnames |= {surname for surname, _ in self.former_names}
        forenames |= {forename for _, forename in self.former_names if forename}
        return {(surname.casefold(), forename.casefold()) for surname in surnames for forename in forenames}

    @property
    def years(self) -> set[int]:
        return {spell["academic_year"] for spell in self.spells}

    def in_year(self, year: int, on: date, registration: str = "") -> Values | None:
        """The spell of an academic year that runs on a day, preferring one of that registration."""
        spells = [
            s for s in self.spells if s["academic_year"] == year and (s["end_date"] is None or s["end_date"] >= on)
        ]
        spells.sort(key=lambda s: (s["registration"] != registration, s["registration"] != "main", s["id"]))
        return spells[0] if spells else None

    def latest(self) -> Values | None:
        return max(self.spells, key=lambda s: (s["academic_year"], s["start_date"], s["id"]), default=None)

    def was_in(self, year: int) -> int | None:
        """The year group they are, or by now would be, in."""
        spell = self.latest()
        return spell["year_group"] + year - spell["academic_year"] if spell else None


@dataclass
class Roll:
    """The school's roll before an import."""

    year: int
    students: dict[int, Known]
    groups: dict[str, Values]
    group_names: dict[int, str]
    subjects: dict[int, set[str]]
    whole_roll_before: bool

    def holds(self, known: Known) -> bool:
        """Is this student on the roll: of this year, or of last year while this year's has not come?"""
        years = {spell["academic_year"] for spell in known.spells if spell["end_date"] is None}
        return self.year in years or (self.year - 1 in years and self.year not in known.years and not self.has_begun)

    @cached_property
    def has_begun(self) -> bool:
        """Has this year's roll come? A year group or two imported early is not a roll."""
        now = sum(self.year in known.years for known in self.students.values())
        before = sum(self.year - 1 in known.years for known in self.students.values())
        return now * 2 >= before

    @cached_property
    def size(self) -> int:
        return sum(self.holds(known) for known in self.students.values())


def load_roll(school: Institution, *, year: int, whole_roll_before: bool) -> Roll:
    """Read the roll as it stands."""
    students = {
        row[0]: Known(dict(zip(STUDENT_FIELDS, row, strict=True)))
        for row in Student.objects.filter(institution=school).values_list(*STUDENT_FIELDS)
    }
    recent = Q(academic_year__gte=year - 1) | Q(end_date__isnull=True)
    for row in Enrolment.objects.filter(recent, institution=school).order_by("pk").values_list(*ENROLMENT_FIELDS):
        if row[1] in students:
            students[row[1]].spells.append(dict(zip(ENROLMENT_FIELDS, row, strict=True)))
    of_school = {"student__institution": school}
    for pk, upn in FormerUpn.objects.filter(**of_school).values_list("student_id", "upn"):
        students[pk].former_upns.append(upn)
    names = FormerName.objects.filter(**of_school).values_list("student_id", "surname", "forename")
    for pk, surname, forename in names:
        students[pk].former_names.append((surname, forename))
    groups, group_names = _groups(school, year)
    subjects: dict[int, set[str]] = defaultdict(set)
    taken = SubjectStudied.objects.filter(academic_year=year, **of_school).values_list("student_id", "subject")
    for pk, subject in taken:
        subjects[pk].add(subject)
    return Roll(year, students, groups, group_names, subjects, whole_roll_before)


def _groups(school: Institution, year: int) -> tuple[dict[str, Values], dict[int, str]]:
    """This year's tutor groups by name however it is capitalised, and the name of every one."""
    rows = TutorGroup.objects.filter(institution=school).values("id", "academic_year", "name", "year_group")
    by_name: dict[str, Values] = {}
    names: dict[int, str] = {}
    for row in rows:
        names[row["id"]] = row["name"]
        if row["academic_year"] == year:
            by_name[group_key(row["name"])] = dict(row)
    return by_name, names


@lru_cache(maxsize=4096)
def group_key(name: str) -> str:
    return "".join(name.casefold().split())
