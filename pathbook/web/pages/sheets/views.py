"""Sheets to print: each printing of a student is noted."""

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.exchange.portable.keys import published
from pathbook.people import access, family
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import students_visible_to
from pathbook.reports.students import find
from pathbook.sheets import group, statement, students
from pathbook.sheets import school as whole
from pathbook.sheets.access_policy import ASK, GROUNDS, ROOMS, access_policy
from pathbook.sheets.printing import Sheets, note
from pathbook.web.door import asked_by, require
from pathbook.web.pages.sheets.forms import PolicyForm, StatementForm
from pathbook.web.pages.students.forms import YEARS, asked_of


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME)
    _, forms = find(viewer, school, on=today, asked=asked_of(request.GET))
    can = {
        "guidance": viewer.may(access.GUIDANCE),
        "reviews": viewer.may(access.GUIDANCE) and viewer.may(access.SUPPORT),
        "numbers": viewer.may(access.NUMBERS),
        "year": viewer.reaches_all and viewer.may(access.NUMBERS),
        "leavers": viewer.reaches_all and viewer.may(access.GUIDANCE, access.WRITE),
        "website": viewer.may(access.PROGRAMME, access.WRITE),
    }
    return render(request, "sheets/sheets.html", {"can": can, "forms": forms, "years": YEARS if len(forms) > 1 else {}})


@require_safe
def parents_evening(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE)
    return _file(request, students.parents_evening(_asked(request), viewer, school, on=today), "parents-evening")


@require_POST
def parents_evening_codes(request: HttpRequest) -> HttpResponse:
    """The same with a joining code on each sheet. The codes are kept nowhere, so the file is the only place."""
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE)
    asked = students.those_on(_asked(request), viewer, school, on=today)
    codes = family.print_family_codes(asked, institution=school, by=viewer, at=clock.now(), on=today)
    where = request.build_absolute_uri(reverse("join-code"))
    made = students.parents_evening(_asked(request), viewer, school, on=today, codes=codes, join_at=where)
    return _file(request, made, "parents-evening")


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE)
    made = students.student_records(_asked(request), viewer, school, on=today, fingerprint=_fingerprint(school))
    return _file(request, made, "records")


@require_safe
def record(request: HttpRequest, key: str) -> HttpResponse:
    """One student's, from their record."""
    viewer, school, today = asked_by(request)
    student = get_object_or_404(students_visible_to(viewer, today, access.GUIDANCE), key=key)
    asked = Student.objects.filter(pk=student.pk)
    made = students.student_records(asked, viewer, school, on=today, fingerprint=_fingerprint(school))
    return _file(request, made, "record")


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE)
    require(viewer, access.SUPPORT)
    return _file(request, students.send_reviews(_asked(request), viewer, school, on=today), "annual-reviews")


@require_safe
def tutor_group(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE)
    form = asked_of(request.GET).group
    return _file(request, group.tutor_group_sheet(viewer, school, on=today, form=form), "tutor-group")


@require_safe
def governors(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    return pdf_file(whole.governors(viewer, school, on=today), "governors")


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """Its numbers are not hidden, so it is for those who see every student anyway."""
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    if not viewer.reaches_all:
        raise Http404
    return pdf_file(whole.year_report(viewer, school, on=today), "careers-year")


def website(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    form = StatementForm(request.POST or None, initial={"name": viewer.name})
    html = statement.website_statement(school, form.contact(), on=today) if form.is_valid() else ""
    return render(request, "sheets/website.html", {"form": form, "html": html}, status=422 if form.errors else 200)


def policy(request: HttpRequest) -> HttpResponse:
    """Provider access: the draft, with this school's words."""
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    draft = {"name": viewer.name, "ask": ASK, "grounds": GROUNDS, "rooms": ROOMS}
    form = PolicyForm(request.POST or None, initial=draft)
    html = access_policy(school, form.policy(), on=today) if form.is_valid() else ""
    return render(request, "sheets/policy.html", {"form": form, "html": html}, status=422 if form.errors else 200)


def _fingerprint(school: Institution) -> str:
    return published(settings.PATHBOOK_FOLDER, school).fingerprint


def _asked(request: HttpRequest) -> QuerySet[Student]:
    """Those of the list as narrowed in the address; each sheet shows only whom its viewer may see so."""
    viewer, school, today = asked_by(request)
    found, _ = find(viewer, school, on=today, asked=asked_of(request.POST or request.GET), main_only=True)
    return Student.objects.filter(pk__in=[one.pk for one in found])


def _file(request: HttpRequest, made: Sheets, name: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    if not made.students:
        messages.error(request, "Nobody you may see matches, so there is nothing to print. Choose another group.")
        return redirect("sheets")
    note(made, by=viewer, at=clock.now())
    return pdf_file(made.file, name)


def pdf_file(file: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        file, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    )
