"""The lists of next steps, as tabs: those this person opens."""

from django.urls import reverse

from pathbook.people import access
from pathbook.people.visibility import Viewer

PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Intentions", "next-steps", ()),
    ("Offers", "offers", ()),
    ("Who to ask about", "at-risk", ()),
    ("Leavers", "leavers", ()),
    ("Plans and outcomes", "outcomes", ()),
    ("For the authority", "authority", (access.SHARING,)),
    ("Codes", "next-codes", ()),
)


def nav(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    return tuple(
        (label, reverse(name)) for label, name, parts in PAGES if all(viewer.may(part, access.WRITE) for part in parts)
    )
