"""Headers every answer carries: a strict content policy, and no copies left behind on a shared computer."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse

KNOWN = ("GET", "HEAD", "POST")
CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the policy on everything, `no-store` on every page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = _policy_for(request.path)
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def _policy_for(path: str) -> str:
    """A form of the sign-in page may lead to the school's own single sign-on; no other form leads anywhere."""
    issuer = settings.PATHBOOK_SIGN_ON.get("issuer", "")
    if not issuer or path != reverse("sign-in"):
        return CONTENT_POLICY
    there = "{0.scheme}://{0.netloc}".format(urlsplit(issuer))
    return CONTENT_POLICY.replace("form-action 'self'", f"form-action 'self' {there}")


def only_known_methods(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: pages are read and forms are sent; nothing here is asked any other way, whoever asks."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in KNOWN else HttpResponseNotAllowed(KNOWN)

    return answer
