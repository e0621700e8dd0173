"""A sheet of joining codes to print and cut: for a tutor group's students, or for staff who have not signed in yet."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pathbook import clock
from pathbook.framework.years import AcademicYear
from pathbook.people import access, joining
from pathbook.people.models import Account, Student, TutorGroup
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.web.door import asked_by, require

STAFF = "staff"


class WhoForm(forms.Form):
    """Whom the codes are for."""

    who = forms.ChoiceField(
        label="Codes for", error_messages={"required": "Choose whom the codes are for.", "invalid_choice": "Choose one of those listed."}
    )  # fmt: skip

    def __init__(self, *args: Any, groups: list[TutorGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), (STAFF, "Staff who have not signed in yet"),
            *((str(group.pk), f"Students of {group.name}") for group in groups),
        ]  # fmt: skip


def codes(request: HttpRequest) -> HttpResponse:
    """The sheet is the answer itself: the codes are kept nowhere, so it is shown once."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    form = WhoForm(request.POST or None, groups=_groups(viewer))
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["who"]
        people = _staff(viewer) if who == STAFF else _students(viewer, int(who))
        slips = joining.print_codes(people, institution=school, by=viewer, at=clock.now(), on=today)
        said = {"slips": slips, "where": request.get_host(), "until": today + joining.LASTS, "school": school}
        return render(request, "set_up/codes_sheet.html", said)
    return render(request, "set_up/codes.html", {"form": form}, status=422 if form.errors else 200)


def _groups(viewer: Viewer) -> list[TutorGroup]:
    """None for those who see no student."""
    if viewer.school is None or not viewer.may(access.IDENTITY):
        return []
    year = AcademicYear.of(clock.today()).start
    return list(TutorGroup.objects.filter(institution=viewer.school, academic_year=year).order_by("year_group", "name"))


def _students(viewer: Viewer, group: int) -> list[Student]:
    """Those without a door of their own yet."""
    today = clock.today()
    rows = students_visible_to(viewer, today).filter(enrolments__tutor_group=group, enrolments__end_date=None)
    joined = rows.filter(roles__role="student")
    return list(rows.exclude(pk__in=joined).order_by("legal_surname", "legal_forename", "pk"))


def _staff(viewer: Viewer) -> list[Account]:
    rows = Account.objects.filter(roles__institution=viewer.school, is_active=True, last_login=None)
    return list(rows.exclude(roles__role__in=access.FAMILY).distinct().order_by("name", "pk"))
