"""Whether the first look at a role's pages was put away: asked once a session and role, and known from signing in on."""

from django.http import HttpRequest

from pathbook.people.visibility import Viewer
from pathbook.uptake.queries.trained import has_put_away

AWAY = "tours_away"  # what the session calls role -> whether its tour was put away


def is_away(request: HttpRequest, viewer: Viewer) -> bool:
    """At most one query, and none where it was asked before: a first page has none to spare."""
    known: dict[str, bool] = request.session.get(AWAY, {})
    if viewer.role not in known:
        known = request.session[AWAY] = {**known, viewer.role: has_put_away(viewer)}
    return known[viewer.role]


def ask_again(request: HttpRequest) -> None:
    request.session.pop(AWAY, None)
