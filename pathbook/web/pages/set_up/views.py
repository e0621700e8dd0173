"""Set-up: the roll, who can sign in and as what, and one's own password."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access, accounts, letters
from pathbook.people.models import Account
from pathbook.people.school import set_safeguarding_contact
from pathbook.reports.role_review import families_named, role_review
from pathbook.web.door import asked_by, require
from pathbook.web.pages.set_up.forms import ContactForm, InviteForm
from pathbook.web.sessions import keep_this_session

INVITATION = """You were invited to Pathbook, where your school keeps its careers programme.

Open this within two weeks and choose a password:
{url}

The link is yours alone. If you did not expect it, ask whoever looks after careers at your school.
"""


@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    can = {
        "accounts": viewer.may(access.ACCOUNTS, access.WRITE),
        "roll": viewer.may(access.ROLL_IMPORT, access.WRITE),
        "families": viewer.may(access.FAMILIES),
    }
    return render(request, "set_up/set_up.html", {"school": school, "can": can})


def safeguarding(request: HttpRequest) -> HttpResponse:
    """Who is told of a disclosure."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    form = ContactForm(request.POST or None, initial={"contact": school.safeguarding_contact})
    if request.method == "POST" and form.is_valid():
        contact = form.cleaned_data["contact"]
        set_safeguarding_contact(institution=school, contact=contact, by=viewer, at=clock.now())
        messages.success(request, "Saved. It is shown wherever people write." if contact else "No contact is set now.")
        return redirect("set-up")
    return render(request, "set_up/safeguarding.html", {"form": form}, status=422 if form.errors else 200)


def people(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    form = InviteForm(request.POST or None, school=school, today=today)
    link = ""
    if request.method == "POST" and form.is_valid():
        try:
            account = accounts.invite(**form.invitation(), institution=school, by=viewer, at=clock.now(), on=today)
            link = _link_for(request, account)
            accounts.tell_the_leaders(account, form.cleaned_data["role"], school, by=viewer, on=today)
            form = InviteForm(school=school, today=today)
        except (accounts.OtherSchoolError, accounts.OneselfError) as problem:
            form.add_error("email", str(problem))
    search = request.GET.get("search", "")[:80]
    said = {"form": form, "link": link, "shown": role_review(school, on=today), "search": search,
            "found": families_named(viewer, search), "may_find": viewer.may(access.IDENTITY)}  # fmt: skip
    return render(request, "set_up/people.html", said, status=422 if form.errors else 200)


def _link_for(request: HttpRequest, account: Account) -> str:
    """Nothing for somebody with a password of their own: a link would let whoever invites sign in as them."""
    if account.has_usable_password():
        messages.success(request, f"{account.name} has the role, and signs in with the password they have.")
        return ""
    link = request.build_absolute_uri(reverse("sign-in-link", args=[accounts.link_token(account)]))
    if settings.EMAIL_HOST and letters.send([account.email], "Your way into Pathbook", INVITATION.format(url=link)):
        messages.success(
            request, f"{account.name} may sign in. A link was sent to {account.email}: it lasts two weeks."
        )
        return ""
    messages.success(request, f"{account.name} may sign in. Give them the link below: it lasts two weeks.")
    return link


@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    held = get_object_or_404(accounts.staff_roles_kept_by(viewer, on=today), pk=pk)
    try:
        accounts.end_role(held=held, by=viewer, at=clock.now(), on=today)
        messages.success(request, f"{held.account.name} is no longer {held.get_role_display().lower()}.")
    except accounts.LastLeaderError as problem:
        messages.error(request, str(problem))
    return redirect("access-review" if request.POST.get("from") == "review" else "staff")


def password(request: HttpRequest) -> HttpResponse:
    """Set or change one's own password; links made before stop working, and every other session ends."""
    account = cast(Account, request.user)
    has_one = account.has_usable_password() and account.password
    form = (PasswordChangeForm if has_one else SetPasswordForm)(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        keep_this_session(request, account)
        messages.success(request, "Your password is set. You are signed out everywhere else, and old links are dead.")
        return redirect("home")
    return render(request, "set_up/password.html", {"form": form}, status=422 if form.errors else 200)
