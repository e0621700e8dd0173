"""Choosing what places to give, a proposal of who gets them, and the arithmetic of slots."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.needs.models import Proposal
from pathbook.needs.places import proposing, settings
from pathbook.needs.places.offers import Scarce, open_activities, open_slots
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.queries.slots import day_of
from pathbook.reports import places as report
from pathbook.reports.capacity import capacity_page
from pathbook.web.door import asked_by, require
from pathbook.web.pages.imports.job import Job
from pathbook.web.pages.places import job
from pathbook.web.pages.places.forms import ChooseForm, LimitForm


def for_whole_school(viewer: Viewer, level: str = access.READ) -> None:
    """Places are given among everyone, so whoever sees them reaches everyone."""
    require(viewer, access.PLACES, level)
    if not viewer.reaches_all:
        raise Http404


def places(request: HttpRequest) -> HttpResponse:
    """What could be given; chosen, it is worked out at once."""
    viewer, school, today = asked_by(request)
    for_whole_school(viewer)
    shown = report.choose_page(viewer, school, at=clock.now(), on=today)
    form = ChooseForm(request.POST or None, shown=shown)
    if request.method == "POST":
        require(viewer, access.PLACES, access.WRITE)
        if form.is_valid():
            return redirect("proposal", key=_propose(request, form))
    return _choose(request, shown, form=form)


def _choose(request: HttpRequest, shown: report.ChoosePage, **said: object) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    forms = {"limit_form": LimitForm(initial={"limit": shown.limit}), **said}
    chosen = request.POST.getlist("activities")
    page = {"shown": shown, "chosen": chosen, "token": new_key(), "may_write": viewer.may(access.PLACES, access.WRITE)}
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "places/choose.html", page | forms, status=422 if wrong else 200)


def _propose(request: HttpRequest, form: ChooseForm) -> str:
    """The key of the proposal; the same form sent twice makes one."""
    viewer, school, today = asked_by(request)
    said = request.POST.get("token", "")
    token = said if is_key(said) else new_key()
    try:
        found = proposing.propose(
            school=school, scarce=_scarce(viewer, school, form), by=viewer, at=clock.now(), on=today, key=token
        )
    except IntegrityError:
        return token
    job.start(found, today)
    return found.proposal.key


def _scarce(viewer: Viewer, school: Institution, form: ChooseForm) -> Scarce:
    guidance, until, keys = (form.cleaned_data[name] for name in ("guidance", "until", "activities"))
    today = clock.today()
    slots = open_slots(viewer, school, at=clock.now(), on=today) if guidance else []
    activities = [one for one in open_activities(school, on=today) if one.key in keys]
    return Scarce(guidance, [one for one in slots if until is None or day_of(one) <= until], activities)


@require_POST
def limit(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    for_whole_school(viewer, access.WRITE)
    form = LimitForm(request.POST)
    if not form.is_valid():
        shown = report.choose_page(viewer, school, at=clock.now(), on=today)
        return _choose(request, shown, form=ChooseForm(shown=shown), limit_form=form)
    settings.set_limit(school=school, limit=form.as_share, by=viewer, at=clock.now())
    messages.success(request, "The limit is saved. It holds for what is worked out from now on.")
    return redirect("places")


def find(request: HttpRequest, key: str, level: str = access.READ) -> Proposal:
    viewer, school, _ = asked_by(request)
    for_whole_school(viewer, level)
    return get_object_or_404(Proposal.objects.select_related("institution"), key=key, institution=school)


@require_safe
def proposal(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    found = find(request, key)
    asked = request.GET
    shown = report.proposal_page(
        found, on=today, part=asked.get("part", ""), better={"first": False, "better": True}.get(asked.get("answer", "")),
        offer=asked.get("offer", ""), page=_number(asked.get("page", "")),
    )  # fmt: skip
    said = {"shown": shown, "job": _job(found), "may_write": viewer.may(access.PLACES, access.WRITE)}
    return render(request, "places/proposal.html", said)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 6 else 1


def _job(found: Proposal) -> Job | None:
    """How long the search for a better answer has gone on; none when there is none, or its server has gone."""
    if found.improving_since is None or not job.is_running(found):
        return None
    seconds = job.seconds_since(found.improving_since, clock.now())
    return Job("Looking for a better answer, for a minute at most", seconds, int(job.SECONDS + job.MORE_SECONDS))


@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """A polling fragment is told when to change the page; with scripts off it is a page to look at again."""
    found = find(request, key)
    running = _job(found)
    if running is None and request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("proposal", args=[key])})
    over = Job("The search is over", 1, 1, done=True)
    return render(request, "places/progress.html", {"proposal": found, "job": running or over})


@require_safe
def capacity(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    for_whole_school(viewer)
    return render(request, "places/capacity.html", {"shown": capacity_page(viewer, school, at=clock.now(), on=today)})
