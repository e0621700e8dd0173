"""Consent for a visit or placement: asked of a list of homes, recorded for many at once, taken back in one act."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.records.actions import consenting
from pathbook.records.actions.consenting import ConsentRefusedError, Recorded
from pathbook.records.models import Activity
from pathbook.reports.consent import ConsentPage, consent_page
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.activities.consent_form import ConsentForm, said_in, typed

NAMED = 6  # of those passed over, in the message


def _find(request: HttpRequest, key: str) -> Activity:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME)
    require(viewer, access.CONSENT, access.WRITE)
    return get_object_or_404(Activity.objects.not_withdrawn(), key=key, institution=school, asks_consent=True)


def consent(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    found = _find(request, key)
    shown = consent_page(found, viewer, school, on=today, whom=request.GET.get("whom", ""))
    if request.method != "POST":
        return _page(request, shown, ConsentForm(initial={"said_on": today}, today=today), {})
    form = ConsentForm(request.POST, today=today)
    if not form.is_valid():
        return _page(request, shown, form, typed(request.POST, shown.lines), status=422)
    done = consenting.record_consents(
        activity=found,
        said=said_in(request.POST, shown.lines),
        by=viewer,
        at=clock.now(),
        on=today,
        **form.cleaned_data,
    )
    _tell(request, shown, done)
    return redirect(request.get_full_path())


def _page(
    request: HttpRequest, shown: ConsentPage, form: ConsentForm, kept: Mapping[str, tuple[str, str]], status: int = 200
) -> HttpResponse:
    said = [(line, *kept.get(line.who.key, (line.answer, line.said_by))) for line in shown.lines]
    return render(request, "activities/consent.html", {"shown": shown, "form": form, "said": said}, status=status)


def _tell(request: HttpRequest, shown: ConsentPage, done: Recorded) -> None:
    names = [line.who.name for line in shown.lines if line.who.pk in done.passed]
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        messages.error(
            request,
            f"Somebody recorded an answer for {', '.join(names[:NAMED])}{more} since you opened this page. Theirs stands: "
            "look at it, then change it if it is wrong.",
        )
    if not done.students:
        messages.info(request, "Nothing else was different." if names else "Nothing was different.")
        return
    how_many = len(done.students)
    undo = reverse("consent-undo", args=[shown.activity.key, number_of(done.at)])
    messages.success(
        request, f"Recorded for {how_many} student{'' if how_many == 1 else 's'}.", extra_tags=f"undo:{undo}"
    )


@require_POST
def undo(request: HttpRequest, key: str, at: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    found = _find(request, key)
    try:
        consenting.undo(activity=found, said_at=moment_of(at), by=viewer, at=clock.now(), on=today)
    except ConsentRefusedError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Undone: what home had said before stands again.")
    return redirect("consent", key=key)
