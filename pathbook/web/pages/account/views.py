"""One's own account: the second step, where one is signed in, and which role is on."""

from typing import cast

from allauth.account import views as account
from allauth.mfa.base import views as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import second_step
from pathbook.people.models import Account
from pathbook.people.visibility import viewer_of
from pathbook.reports.kept import kept_about
from pathbook.web.door import HAT, asked_by
from pathbook.web.pages.account.devices import devices_of
from pathbook.web.pages.sign_in.forms import FirstCodeForm
from pathbook.web.pages.sign_in.once import spend
from pathbook.web.pages.sign_in.views import ours

password_again = ours(account.ReauthenticateView, "account/again.html")
code_again = ours(codes.ReauthenticateView, "account/again_code.html")
passkey_again = ours(passkeys.ReauthenticateWebAuthnView, "account/again_passkey.html")
remove_app = ours(apps.DeactivateTOTPView, "account/remove_app.html")
recovery_codes = ours(recovery.ViewRecoveryCodesView, "account/codes.html")
new_recovery_codes = ours(recovery.GenerateRecoveryCodesView, "account/new_codes.html")
add_passkey = ours(passkeys.AddWebAuthnView, "account/passkey.html")
remove_passkey = ours(passkeys.RemoveWebAuthnView, "account/remove_passkey.html")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What this account is, in one page."""
    viewer, _, _ = asked_by(request)
    someone = cast(Account, request.user)
    known = UserSession.objects.purge_and_list(someone)
    devices = devices_of(known, here=request.session.session_key)
    return render(
        request,
        "account/account.html",
        {
            "someone": someone,
            "devices": devices,
            "has_step": second_step.has_one(viewer.account_id),
            "is_staff": viewer.is_staff,
        },
    )


@require_safe
def step(request: HttpRequest) -> HttpResponse:
    """The second step: which there are, and how to set one up."""
    someone = cast(Account, request.user)
    held = list(Authenticator.objects.filter(user=someone).order_by("pk"))
    return render(
        request,
        "account/second_step.html",
        {
            "app": next((one for one in held if one.type == Authenticator.Type.TOTP), None),
            "passkeys": [one for one in held if one.type == Authenticator.Type.WEBAUTHN],
            "codes": next((one for one in held if one.type == Authenticator.Type.RECOVERY_CODES), None),
            "asked": viewer_of(someone, clock.today()).asked_for_second_step,
        },
    )


class AppView(apps.ActivateTOTPView):
    """The code that shows the app works is used up by it."""

    def form_valid(self, form: FirstCodeForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        set_up = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        spend(set_up, form.cleaned_data["code"])
        return answer


add_app = ours(AppView, "account/app.html")


@require_POST
def wear(request: HttpRequest) -> HttpResponse:
    """Put another hat on: the role whose pages and students count from the next page."""
    viewer, _, _ = asked_by(request)
    wanted = request.POST.get("role", "")
    if wanted in viewer.hats:
        request.session[HAT] = wanted
    return redirect("home")


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    messages.success(request, "Signed out there.")
    return redirect("account")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    for one in others:
        one.end()
    messages.success(request, "Signed out everywhere but here.")
    return redirect("account")


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What is kept about a member of staff: days, readings and words they gave; nothing else is."""
    viewer, school, today = asked_by(request)
    if not viewer.is_staff:
        raise Http404
    return render(request, "account/kept.html", {"shown": kept_about(viewer, school, on=today)})
