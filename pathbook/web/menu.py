"""The menu: each place with its pages, the tabs they stand under, and where an address lies in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from pathbook.people import access
from pathbook.people.visibility import Viewer
from pathbook.web.doors import door_of

Pages = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One place in the menu."""

    label: str
    url: str
    current: bool


# place in the menu -> its pages: label, address name, the part of the table that opens it, and how
PLACES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "Home": (("Home", "home", "", access.READ),),
    "My group": (("My group", "home", "", access.READ),),
    "My classes": (("My classes", "home", "", access.READ),),
    "Overview": (("Overview", "home", "", access.READ),),
    "Log": (("Log", "log-activity", access.ACTIVITIES, access.WRITE),),
    "Accounts": (
        ("Staff and roles", "staff", access.ACCOUNTS, access.WRITE),
        ("Access review", "access-review", access.ACCOUNTS, access.WRITE),
    ),
    "Students": (
        ("Students", "students", access.IDENTITY, access.READ),
        ("What each needs", "needs", access.NEEDS, access.READ),
        ("What comes next", "next-steps", access.NEEDS, access.READ),
        ("To answer", "answers", access.ANSWERS, access.WRITE),
    ),
    "Activities": (
        ("Activities", "activities", access.PROGRAMME, access.READ),
        ("Plan of the year", "programme", access.PROGRAMME, access.READ),
        ("Calendar", "programme-calendar", access.PROGRAMME, access.READ),
        ("Placements", "placements", access.ACTIVITIES, access.WRITE),
        ("Hosts", "hosts", access.PROGRAMME, access.WRITE),
    ),
    "Guidance": (
        ("Appointments", "appointments", access.GUIDANCE, access.WRITE),
        ("Week", "slots-week", access.GUIDANCE, access.WRITE),
        ("Missed", "missed-meetings", access.GUIDANCE, access.WRITE),
        ("Actions", "actions", access.ACTIONS, access.READ),
        ("Demand", "demand", access.NEEDS, access.READ),
        ("The loop", "loop", access.NUMBERS, access.READ),
        ("Places", "places", access.PLACES, access.READ),
        ("Capacity", "capacity", access.PLACES, access.READ),
    ),
    "Reports": (
        ("Coverage", "coverage", access.ACTIVITIES, access.READ),
        ("Evaluation", "evaluation", access.NUMBERS, access.READ),
        ("Where we stand", "nation", access.NUMBERS, access.READ),
        ("Who is reached", "equity", access.NUMBERS, access.READ),
        ("Provider access", "provider-access", access.NUMBERS, access.READ),
        ("Three questions", "use", access.NUMBERS, access.READ),
        ("Charts", "charts", access.NUMBERS, access.READ),
        ("Reading", "reading", access.READING, access.READ),
        ("Training", "training", access.TRAINING, access.READ),
        ("Surveys", "surveys", access.SURVEY_TOTALS, access.READ),
        ("Monitoring", "monitoring", access.MONITORING, access.READ),
        ("Sheets to print", "sheets", access.PROGRAMME, access.READ),
    ),
    "Requests": (
        ("Requests", "requests", access.ERASURE, access.WRITE),
        ("Who is due", "due", access.ERASURE, access.WRITE),
        ("Papers", "papers", access.AUDIT, access.READ),
    ),
    "Audit": (
        ("Audit", "audit", access.AUDIT, access.READ),
        ("Working notes opened", "notes-opened", access.AUDIT, access.READ),
    ),
    "My page": (("My page", "me", access.VOICE, access.WRITE),),
    "My record": (("My record", "my-record", access.VOICE, access.WRITE),),
    "My plan": (("My plan", "my-plan", access.VOICE, access.WRITE),),
    "My children": (("My children", "family", access.SHARED, access.READ),),
    "Set-up": (("Set-up", "set-up", access.ROLL_IMPORT, access.READ),),
}

# Where a place has many pages they stand under a few tabs; a page that is named nowhere here is its own.
UNDER: dict[str, dict[str, str]] = {
    "Reports": {
        **dict.fromkeys(
            ("Coverage", "Evaluation", "Where we stand", "Who is reached", "Provider access"), "Benchmarks"
        ),
        **dict.fromkeys(("Three questions", "Charts", "Reading", "Training"), "Use"),
        "Sheets to print": "Sheets",
    }
}

address_of = cache(reverse)  # of a page that names nothing: the same all day, and asked for on every page


def places_of(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """The places of the role that is on, each with the pages it opens as (label, address); places with none are left out."""
    opened = {
        place: [(label, address_of(name)) for label, name, part, how in pages if not part or viewer.may(part, how)]
        for place, pages in ((place, PLACES[place]) for place in door_of(viewer).menu)
    }
    return {place: pages for place, pages in opened.items() if pages}


def tabs_of(here: tuple[str, str], pages: Sequence[tuple[str, str]]) -> tuple[Pages, str, Pages]:
    """The tabs of a place, which is on, and the pages under it; none where there is nothing to choose."""
    under = UNDER.get(here[0], {})
    tabs: dict[str, list[tuple[str, str]]] = {}
    for label, url in pages:
        tabs.setdefault(under.get(label, label), []).append((label, url))
    tab = under.get(here[1], here[1])
    if len(tabs) == 1:  # one tab alone says nothing: its pages are the tabs
        return (tuple(pages) if len(pages) > 1 else ()), here[1], ()
    beside = tabs.get(tab, [])
    return tuple((label, of[0][1]) for label, of in tabs.items()), tab, tuple(beside) if len(beside) > 1 else ()


def menu_of(places: dict[str, list[tuple[str, str]]], here: tuple[str, str]) -> tuple[MenuItem, ...]:
    return tuple(MenuItem(place, pages[0][1], place == here[0]) for place, pages in places.items())


def here_in(places: dict[str, list[tuple[str, str]]], path: str) -> tuple[str, str]:
    """Which place and page an address lies in: the page whose address is the longest beginning of it."""
    found = [
        (len(url), place, label)
        for place, pages in places.items()
        for label, url in pages
        if path == url or (url != "/" and path.startswith(url))
    ]
    return max(found)[1:] if found else ("", "")
