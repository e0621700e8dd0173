"""What a group needs next, what one student needs next, and the rules behind both."""

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.framework.needs import rules as data
from pathbook.framework.years import YEAR_GROUPS
from pathbook.needs import actions
from pathbook.needs.of_school import rules_of
from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import students_visible_to
from pathbook.reports import needs as report
from pathbook.reports.students import WHO
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.needs.forms import SETTINGS, BarrierForm, DismissForm, OfferForm, ReviewForm, RulesForm
from pathbook.web.pages.needs.rules_shown import rules_shown
from pathbook.web.pages.students.forms import asked_of

FIRST_YEAR = 11  # what a whole-school reader is shown first: the year group whose choices are nearest


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    shown = _shown(request)
    can_log, can_book = viewer.may(access.ACTIVITIES, access.WRITE), viewer.may(access.GUIDANCE, access.WRITE)
    said = {
        "shown": shown, "years": YEAR_GROUPS, "who": WHO, "all_rules": data.rules().values(),
        "can_log": can_log, "can_book": can_book, "can_tick": can_log or can_book,
        "can_import": viewer.may(access.ROLL_IMPORT, access.WRITE),
    }  # fmt: skip
    return render(request, "needs/needs.html", said)


def _shown(request: HttpRequest, *, whole: bool = False) -> report.NeedsPage:
    viewer, school, today = asked_by(request)
    require(viewer, access.NEEDS)
    asked = asked_of(request.GET)
    if viewer.reaches_all and not request.GET:
        asked = replace(asked, year=FIRST_YEAR)
    rule = request.GET.get("rule", "")
    known = rule if rule in data.rules() else ""
    if whole:
        asked = replace(asked, page=1, per=100_000)
    return report.needs_page(viewer, school, on=today, asked=asked, rule=known)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as narrowed, over all its pages."""
    headings = ("Student", "Group", "Most urgent", "Due", "How near", "Next step", "Others")
    found = _shown(request, whole=True).rows
    rows = [
        (row.found.name, row.found.tutor_group or f"Year {row.found.year_group}", row.first.need.reason,
         row.first.need.due, row.first.word, row.first.need.suggested.words, row.others)
        for row in found
    ]  # fmt: skip
    return download.file_of(request, kind, download.Table("needs", headings, rows, [row.found.pk for row in found]))


@require_safe
def student(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    someone = get_object_or_404(students_visible_to(viewer, today, access.NEEDS), key=key)
    record.reading(by=viewer, at=clock.now(), student_id=someone.pk)
    return render(request, "needs/student.html", student_said(request, someone))


def student_said(request: HttpRequest, someone: Student, **bound: object) -> dict[str, object]:
    """What the tab shows; a form that was refused is given back as it was typed."""
    viewer, school, today = asked_by(request)
    forms = {
        "dismiss": DismissForm(today=today), "barrier": BarrierForm(today=today), "review": ReviewForm(today=today),
        "offer": OfferForm(today=today, initial={"on": today}),
    }  # fmt: skip
    shown = report.needs_of_student(someone, viewer, school, on=today)
    return {"shown": shown, "tab": "Needs", "default_until": today + timedelta(days=28), **forms, **bound}


def rules(request: HttpRequest) -> HttpResponse:
    """Everyone who is shown needs may read the rules; a careers leader may change them."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.NEED_RULES)
    may_write = viewer.may(access.NEED_RULES, access.WRITE)
    now = rules_of(school)
    form = RulesForm(request.POST or None, now=now)
    if request.method == "POST":
        require(viewer, access.NEED_RULES, access.WRITE)
        if form.is_valid():
            actions.change_rules(school=school, changes=form.changes(), by=viewer, at=clock.now())
            messages.success(request, "The rules are saved. Needs follow them from now on.")
            return redirect("needs-rules")
    said = {"rules": rules_shown(now, form, SETTINGS), "form": form, "may_write": may_write}
    return render(request, "needs/rules.html", said, status=422 if form.errors else 200)
