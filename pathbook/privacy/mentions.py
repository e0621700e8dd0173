"""Whose names stand in a text: those of other students and families, so that a person looks before it is given away."""

import re
from itertools import pairwise

from pathbook.people.models import FormerName, Guardian, Institution, Staff, Student
from pathbook.people.names import plain_name

LONG_ENOUGH = 3  # letters; a shorter word is as often no name


class Names:
    """Every name of a school's students and families but one student's own; staff may be named."""

    def __init__(self, school: Institution, apart_from: Student) -> None:
        told = _names_of_others(school, apart_from)
        own = {apart_from.legal_surname, apart_from.legal_forename, apart_from.surname, apart_from.forename}
        self.words = {word for name in told for word in _words(name)} - {word for name in own for word in _words(name)}
        self.pairs = {pair for name in told for pair in pairwise(_words(name))}
        staff = Staff.objects.filter(institution=school).values_list("name", flat=True)
        self.staff = re.compile("|".join(re.escape(name) for name in staff if name) or r"(?!)")

    def stand_in(self, text: str) -> bool:
        """Does it name somebody else? One word of a name counts with a capital (Will is, will is not); two always."""
        rest = self.staff.sub(" ", text)
        capitals = {plain_name(word) for word in re.findall(r"\w+", rest) if word[0].isupper()}
        return not self.words.isdisjoint(capitals) or not self.pairs.isdisjoint(pairwise(_words(rest)))


def _names_of_others(school: Institution, apart_from: Student) -> list[str]:
    others = Student.objects.filter(institution=school).exclude(pk=apart_from.pk)
    told = [name for one in others for name in (f"{one.legal_forename} {one.legal_surname}", one.name)]
    former = FormerName.objects.filter(student__in=others).values_list("forename", "surname")
    return [*told, *map(" ".join, former), *Guardian.objects.values_list("name", flat=True)]


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", plain_name(text)) if len(word) >= LONG_ENOUGH]
