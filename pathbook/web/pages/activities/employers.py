"""Asking the employer of an activity: making the link, ending it, taking their answer over."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.framework.in_words import day_in_words
from pathbook.people import access, letters
from pathbook.records.actions import employers
from pathbook.records.models import Activity, EmployerForm
from pathbook.web.door import asked_by, require
from pathbook.web.pages.activities.one import activity_shown
from pathbook.web.pages.employer.forms import AskForm

LETTER = """{school} thanks you for "{title}" on {day}, and asks how it went. It takes two minutes:
{url}

The link is for this activity alone and lasts until {until}. Please do not name a student.
"""


@require_POST
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Make the link; sent where an address was given and mail is set up, and always shown to copy."""
    viewer, _, today = asked_by(request)
    activity = _activity(request, key)
    form = AskForm(request.POST)
    if not form.is_valid():
        return activity_shown(request, activity, form)
    email = form.cleaned_data["email"]
    made = employers.ask(activity=activity, sent_to=email, by=viewer, at=clock.now(), on=today)
    sent = bool(email and settings.EMAIL_HOST) and _send(request, made, activity)
    words = f"The link was sent to {email}." if sent else "The link is below: copy it into a message to them."
    messages.success(request, words)
    return redirect(f"{reverse('activity', args=[key])}#employer")


def _send(request: HttpRequest, form: EmployerForm, activity: Activity) -> bool:
    url = request.build_absolute_uri(reverse("employer-form", args=[employers.token_of(form, activity)]))
    said = LETTER.format(
        school=activity.institution.name, title=activity.title, day=day_in_words(activity.starts_on), url=url,
        until=day_in_words(form.expires_on),
    )  # fmt: skip
    return letters.send([form.sent_to], f"How was {activity.title}?", said)


@require_POST
def end(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    employers.end(form=_form(request, key, pk), by=viewer, at=clock.now())
    messages.success(request, "The link opens nothing any more.")
    return redirect("activity", key=key)


@require_POST
def take(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    try:
        seen = request.POST.get("answered_at", "")
        done = employers.take_over(form=_form(request, key, pk), seen=seen, by=viewer, at=clock.now())
        messages.success(
            request,
            f"Taken over: {done.title} {'is meaningful and counts' if done.meaningful else 'still lacks something'}.",
        )
    except employers.CannotTakeOverError as problem:
        messages.error(request, str(problem))
    return redirect("activity", key=key)


def _activity(request: HttpRequest, key: str) -> Activity:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    rows = Activity.objects.of_our_own().not_withdrawn().select_related("institution")
    return get_object_or_404(rows, key=key, institution=school)


def _form(request: HttpRequest, key: str, pk: int) -> EmployerForm:
    return get_object_or_404(EmployerForm, pk=pk, activity=_activity(request, key))
