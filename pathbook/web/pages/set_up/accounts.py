"""One person's account, for whoever manages accounts: it can be closed and reset, never used in their name."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access, accounts, second_step
from pathbook.people.models import Account, RoleHeld
from pathbook.people.visibility import Viewer
from pathbook.web.door import asked_by, require
from pathbook.web.pages.sign_in.forms import ForgottenForm


def _found(request: HttpRequest, pk: int) -> tuple[Viewer, Account]:
    viewer, _, _ = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    return viewer, get_object_or_404(accounts.accounts_kept_by(viewer), pk=pk)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    _, found = _found(request, pk)
    held = RoleHeld.objects.held_on(clock.today()).filter(account=found)
    held = held.select_related("tutor_group", "group").order_by("pk")
    said = {
        "found": found, "held": held, "has_step": second_step.has_one(found.pk), "mine": found == request.user,
        "mail": bool(settings.EMAIL_HOST), "sessions": found.usersession_set.count(), "family": access.FAMILY,
    }  # fmt: skip
    return render(request, "set_up/one_account.html", said)


@require_POST
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, found = _found(request, pk)
    active = request.POST.get("active") == "yes"
    try:
        accounts.set_active(account=found, active=active, by=viewer, at=clock.now(), on=clock.today())
        said = "may sign in again" if active else "is signed out everywhere and cannot sign in"
        messages.success(request, f"{found.name} {said}.")
    except accounts.LastLeaderError as problem:
        messages.error(request, str(problem))
    return redirect("one-account", pk)


@require_POST
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, found = _found(request, pk)
    accounts.end_sessions(account=found, by=viewer, at=clock.now())
    messages.success(request, f"{found.name} is signed out everywhere.")
    return redirect("one-account", pk)


@require_POST
def forget_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, found = _found(request, pk)
    accounts.forget_second_step(account=found, by=viewer, at=clock.now())
    messages.success(request, f"{found.name} sets up a new second step at the next sign-in, with their own password.")
    return redirect("one-account", pk)


@require_POST
def start_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Start one, never choose: the link goes to its owner's own address and is shown to nobody."""
    viewer, found = _found(request, pk)
    form = ForgottenForm({"email": found.email})
    if settings.EMAIL_HOST and found.is_active and form.is_valid():
        form.save(request)
        accounts.note_reset(account=found, by=viewer, at=clock.now())
        messages.success(request, f"{found.name} was sent a link to choose a new password.")
    return redirect("one-account", pk)
