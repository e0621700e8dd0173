"""What others wrote freely and kept with no student: the names of whoever is erased are taken out of it."""

from collections.abc import Collection

from pathbook.people.models import FormerName, Institution, Student
from pathbook.records.models import EmployerForm
from pathbook.uptake.models import SurveyComment
from pathbook.uptake.queries.nameless import parts_of, without


def forget_in_words(school: Institution, students: Collection[int], family: Collection[str]) -> None:
    """A name they share with somebody else goes too. Call inside the transaction of the erasure, while names stand."""
    rows = Student.objects.filter(pk__in=students).values_list(
        "legal_forename", "legal_surname", "preferred_forename", "preferred_surname", "middle_names"
    )
    former = FormerName.objects.filter(student__in=students).values_list("forename", "surname")
    known = parts_of([*(name for row in (*rows, *former) for name in row), *family])
    for one in SurveyComment.objects.filter(survey__institution=school).iterator(chunk_size=200):
        if (left := without(one.words, known)) != one.words:
            SurveyComment.objects.filter(pk=one.pk).update(words=left)
    for form in EmployerForm.objects.filter(activity__institution=school).exclude(comment="").iterator(chunk_size=200):
        if (left := without(form.comment, known)) != form.comment:
            EmployerForm.objects.filter(pk=form.pk).update(comment=left[:1000])
