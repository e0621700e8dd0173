"""In by password, passkey or a signed link, with a second step where one is set up; a way back for who forgot."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.base import views as second_step
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pathbook.people import accounts
from pathbook.people.models import Account

View = Callable[..., HttpResponseBase]


def ours(view: Any, template: str, **said: Any) -> View:
    """One of allauth's views with our template; a refused form is answered 422, as everywhere."""
    answer = view.as_view(template_name=template, **said)

    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = answer(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if form is not None and form.errors:
            response.status_code = 422
        return response

    return page


sign_in = ours(
    account.LoginView,
    "sign_in/sign_in.html",
    extra_context={"mail": bool(settings.EMAIL_HOST), "sign_on": settings.PATHBOOK_SIGN_ON.get("name")},
)
sign_on = require_POST(openid_connect.login)
signed_on = require_safe(openid_connect.callback)
second = ours(second_step.AuthenticateView, "sign_in/second_step.html")
by_passkey = ours(passkeys.LoginWebAuthnView, "sign_in/sign_in.html")
forgotten = ours(account.PasswordResetView, "sign_in/forgotten.html", extra_context={"mail": bool(settings.EMAIL_HOST)})
forgotten_sent = ours(account.PasswordResetDoneView, "sign_in/forgotten_sent.html")
new_password = ours(account.PasswordResetFromKeyView, "sign_in/new_password.html")


@require_safe
def not_let_in(request: HttpRequest) -> HttpResponse:
    return render(request, "sign_in/not_let_in.html", status=403)


@require_safe
def new_password_set(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Your password is changed, and you are signed out everywhere else. Sign in with it.")
    return redirect("sign-in")


@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first (a mail scanner that follows links must not sign in), then sign in on the button."""
    found = accounts.account_of_token(token)
    if found is None:
        return render(request, "sign_in/link_over.html", status=410)
    if request.method == "GET":
        return render(request, "sign_in/link.html", {"name": found.name})
    return let_in(request, found, by="link")


def let_in(request: HttpRequest, found: Account, *, by: str) -> HttpResponse:
    """Whoever holds a link or a code: as good as a password, so a second step that is set up is still asked for."""
    logout(request)
    record_authentication(request, found, method=by)
    led_to = "home" if found.has_usable_password() or settings.PATHBOOK_DEMO else "password"
    answer: HttpResponse = perform_login(request, Login(user=found, email=found.email, redirect_url=reverse(led_to)))
    return answer
