"""The one student meant by a number: a UPN they have or had, or the school's own number."""

from django.db.models import Q

from pathbook.people.models import Institution, Student


class NotOneError(Exception):
    """Nobody has the number, or several have; the sentence says where to look."""


def student_with(number: str, school: Institution) -> Student:
    said = number.strip()
    meant = Q(upn__iexact=said) | Q(former_upns__upn__iexact=said) | Q(mis_id__iexact=said)
    found = list(Student.objects.filter(meant, institution=school).distinct()[:2]) if said else []
    if len(found) != 1:
        several = "more than one student has" if found else "no student has"
        raise NotOneError(f"{several} the number {said[:60]}. Check it on the student's page, or in the roll")
    return found[0]
