"""A subject teacher's classes as their home, and a lesson logged as a curriculum link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.records.actions import attendance
from pathbook.records.actions import log as logging_act
from pathbook.records.models import Activity, Participation
from pathbook.reports.my_classes import Taught, classes_of, my_classes
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.classes.forms import LessonForm


def classes_page(request: HttpRequest, refused: LessonForm | None = None) -> HttpResponse:
    """Each class with a form of its own; the one that was refused keeps what was typed."""
    viewer, school, today = asked_by(request)
    shown = [(taught, _form(taught, refused, request)) for taught in my_classes(viewer, school, on=today)]
    return render(request, "classes/classes.html", {"shown": shown}, status=422 if refused else 200)


def _form(taught: Taught, refused: LessonForm | None, request: HttpRequest) -> LessonForm:
    if refused is not None and refused.prefix == f"c{taught.id}":
        return refused
    today = asked_by(request)[2]
    return LessonForm(prefix=f"c{taught.id}", today=today, initial={"on": today, "token": new_key()})


@require_POST
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.LESSONS, access.WRITE)
    group = get_object_or_404(classes_of(viewer, school, today), pk=pk)
    form = LessonForm(request.POST, prefix=f"c{pk}", today=today)
    if not form.is_valid():
        return classes_page(request, form)
    taught = next(one for one in my_classes(viewer, school, on=today) if one.id == pk)
    token = form.cleaned_data["token"]
    activity, logged = logging_act.log(
        details=form.details(group.subject), statuses=_statuses(taught, request), school=school, by=viewer,
        token=token if is_key(token) else new_key(), at=clock.now(), on=today, part=access.LESSONS,
    )  # fmt: skip
    if logged is None:
        messages.info(request, f"{activity.title} was already saved. Nothing was recorded twice.")
    else:
        undo = f"undo:{reverse('undo-lesson', args=[activity.key, number_of(logged.at)])}"
        messages.success(request, f"{activity.title}: {logged.attended} there, {logged.other} away.", extra_tags=undo)
    return redirect("home")


def _statuses(taught: Taught, request: HttpRequest) -> dict[int, str]:
    away = set(request.POST.getlist("away"))
    there, absent = Participation.Status.ATTENDED, Participation.Status.ABSENT
    return {one.pk: absent if one.key in away else there for one in taught.pupils}


@require_POST
def undo(request: HttpRequest, key: str, at: int) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.LESSONS, access.WRITE)
    found = get_object_or_404(Activity, key=key, institution=school, kind="curriculum_link")
    try:
        logging_act.undo_log(
            activity=found, said_at=moment_of(at), by=viewer, at=clock.now(), on=today, part=access.LESSONS
        )
        messages.success(request, f"Undone: {found.title} is as it was before.")
    except attendance.NothingToUndoError as problem:
        messages.error(request, str(problem))
    return redirect("home")
