"""A signed link lets its owner in; spoiled, old or overtaken links all look the same."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pathbook.people import accounts


@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first (a mail scanner that follows links must not sign in), then sign in on the button."""
    account = accounts.account_of_token(token)
    if account is None:
        return render(request, "sign_in/link_over.html", status=410)
    if request.method == "GET":
        return render(request, "sign_in/link.html", {"name": account.name})
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")
