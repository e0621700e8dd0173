"""What no school may be served with: each a sentence that says what to do. `serve` refuses, `check` reports."""

from urllib.parse import urlsplit

from django.conf import settings

from pathbook.exchange.portable.keys import KEY_FILE

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SHORTEST_SECRET = 40  # characters; one that Pathbook makes has 67


def dangers() -> list[str]:
    return [*_secret(), *_readable_by_others(), *_debugging(), *_any_host(), *_sign_on_in_the_clear()]


def serving_dangers(host: str) -> list[str]:
    """As `dangers`, of a server that is about to listen at this address."""
    return [*dangers(), *_in_the_clear(host)]


def _secret() -> list[str]:
    secret = settings.SECRET_KEY
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) > 10 and not secret.startswith("django-insecure"):
        return []
    return [
        "the secret in pathbook.json can be guessed, and with it anybody can sign in. Put 50 random characters in its"
        " place; everybody signs in again"
    ]


def _readable_by_others() -> list[str]:
    folder = settings.PATHBOOK_FOLDER
    open_to = [
        path.name
        for path in (folder, folder / "pathbook.json", folder / KEY_FILE)
        if path.exists() and path.stat().st_mode & 0o077
    ]
    return [f"others on this machine can read {', '.join(open_to)}. Run: chmod -R go= {folder}"] if open_to else []


def _debugging() -> list[str]:
    return ["DEBUG is on, which shows records in error pages. Turn it off"] if settings.DEBUG else []


def _any_host() -> list[str]:
    hosts = [host.strip() for host in settings.ALLOWED_HOSTS]
    if "*" in hosts or "" in hosts:
        return ["PATHBOOK_HOSTS lets any name through. Name your own: PATHBOOK_HOSTS=pathbook.school.example"]
    if settings.HTTPS and all(host.strip("[]") in (*LOOPBACK, "testserver") for host in hosts):
        return ["PATHBOOK_HTTPS is set and no name to be reached by. Set PATHBOOK_HOSTS=pathbook.school.example"]
    return []


def _sign_on_in_the_clear() -> list[str]:
    issuer = urlsplit(settings.PATHBOOK_SIGN_ON.get("issuer", ""))
    if issuer.scheme in ("", "https") or issuer.hostname in LOOPBACK:
        return []
    return ["single sign-on goes over plain http. Run: pathbook sign-in sso other --issuer https://..."]


def _in_the_clear(host: str) -> list[str]:
    if host in LOOPBACK or settings.HTTPS:
        return []
    return [
        f"serving at {host} would send passwords and records unprotected. Keep 127.0.0.1 behind a proxy with TLS, and"
        " set PATHBOOK_HTTPS=1"
    ]
