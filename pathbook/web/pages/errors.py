"""When something is not there, not allowed, or broken. None of them says which of the first two it was."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger("pathbook")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A reference to quote; what was typed stays in the browser, one step back."""
    reference = secrets.token_hex(4)
    page = request.resolver_match.view_name if request.resolver_match else "none"  # an address may hold somebody's code
    log.error("page broken, reference %s, page %s", reference, page)
    return render(request, "500.html", {"reference": reference}, status=500)
