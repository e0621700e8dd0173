"""What students hope for and lack against what is planned; and an activity planned from it in one go."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.actions.planning import PlannedFor, plan_for
from pathbook.records.models import Activity, Provider
from pathbook.reports import demand as report
from pathbook.reports.demand_plan import PlanPage, plan_page
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.moments import number_of
from pathbook.web.pages.demand.forms import PlanForm, asked_of

NAMED = 6  # of those waiting, in the message


def _may(request: HttpRequest) -> Viewer:
    viewer, _, _ = asked_by(request)
    require(viewer, access.NEEDS)
    require(viewer, access.PROGRAMME)
    return viewer


@require_safe
def demand(request: HttpRequest) -> HttpResponse:
    viewer = _may(request)
    _, school, today = asked_by(request)
    shown = report.demand_page(viewer, school, on=today, asked=asked_of(request.GET))
    return render(request, "demand/demand.html", {"shown": shown})


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every sentence of the page with its number."""
    viewer = _may(request)
    _, school, today = asked_by(request)
    shown = report.demand_page(viewer, school, on=today, asked=asked_of(request.GET))
    rows = [(part.title, todo.figure, todo.sentence, todo.why) for part in shown.sections for todo in part.todos]
    return download.file_of(request, kind, download.Table("demand", ("About", "Students", "What", "Why"), rows))


def one(request: HttpRequest, theme: str, code: str) -> HttpResponse:
    """Who stands behind a sentence, and the form that plans for them."""
    viewer = _may(request)
    _, school, today = asked_by(request)
    shown = plan_page(viewer, school, on=today, asked=asked_of(request.GET), theme=theme, code=code)
    if request.method == "POST":
        require(viewer, access.PROGRAMME, access.WRITE)
        return _planned(request, shown, school)
    if shown is None:
        raise Http404
    form = PlanForm(initial=_initial(shown), today=today)
    ticked = {one.key for one in shown.students if not one.down}
    linked = {one.action.key for one in shown.actions if one.named}
    return _page(request, shown, form, ticked, linked, new_key())


def _initial(shown: PlanPage) -> dict[str, object]:
    first = shown.suggested
    names = ("title", "kind", "sector", "pathway", "provider_type", "technical")
    return {name: getattr(first, name) for name in names} | {"capacity": shown.waiting or None, "hours": 1}


def _planned(request: HttpRequest, shown: PlanPage | None, school: Institution) -> HttpResponse:
    viewer, _, today = asked_by(request)
    said = request.POST.get("token", "")
    token = said if is_key(said) else new_key()
    before = Activity.objects.filter(key=token, institution=school).first()
    if before is not None:
        return _done(request, before, None)
    if shown is None:
        raise Http404
    form = PlanForm(request.POST, today=today)
    ticked, linked = set(request.POST.getlist("who")), set(request.POST.getlist("action"))
    students = [one.pk for one in shown.students if one.key in ticked]
    if not students:
        form.add_error(None, "Tick at least one student: it is planned for them.")
    if not form.is_valid():
        return _page(request, shown, form, ticked, linked, token, status=422)
    actions = [one.action.pk for one in shown.actions if one.action.key in linked]
    done = plan_for(
        details=form.details(), students=students, actions=actions, token=token, school=school, by=viewer,
        at=clock.now(), on=today,
    )  # fmt: skip
    return _done(request, done, shown)


def _done(request: HttpRequest, done: PlannedFor | Activity, shown: PlanPage | None) -> HttpResponse:
    if isinstance(done, Activity) or shown is None:
        activity = done if isinstance(done, Activity) else done.activity
        messages.info(request, f"{activity.title} was already planned. Nothing was made twice.")
        return redirect("activity", key=activity.key)
    undo = reverse("activity-undo", args=[done.activity.key, number_of(done.at)])
    messages.success(request, _said(done, shown), extra_tags=f"undo:{undo}")
    return redirect("activity", key=done.activity.key)


def _said(done: PlannedFor, shown: PlanPage) -> str:
    actions = f"{done.linked} action{'' if done.linked == 1 else 's'}"
    words = f"{done.activity.title}: {done.enrolled} enrolled, {actions} linked."
    if done.joined:
        words = f"{done.activity.recorded_by} had planned it a moment before, so it stands once. {words}"
    names = [one.name for one in shown.students if one.pk in done.waiting]
    if names:
        others = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        words += f" Waiting for a place: {', '.join(names[:NAMED])}{others}."
    return words


def _page(
    request: HttpRequest, shown: PlanPage, form: PlanForm, ticked: set[str], linked: set[str], token: str,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    viewer, school, _ = asked_by(request)
    said = {
        "shown": shown, "form": form, "ticked": ticked, "linked": linked, "token": token,
        "can_plan": viewer.may(access.PROGRAMME, access.WRITE), "back": request.GET.urlencode(),
        "providers": Provider.objects.filter(institution=school).order_by("name").values_list("name", flat=True),
    }  # fmt: skip
    return render(request, "demand/one.html", said, status=status)
