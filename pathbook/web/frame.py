"""What stands round every page: the school, the menu this person has, and how fresh the roll is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from pathbook import clock
from pathbook.exchange.roll.freshness import Freshness, freshness_of
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Role
from pathbook.people.visibility import Viewer, role_labels
from pathbook.reports.surveys import Waiting, waiting_for
from pathbook.uptake.models import FollowUp
from pathbook.uptake.queries.follow_ups import follow_ups_of
from pathbook.web import tours, whiteboard
from pathbook.web.door import asked_by
from pathbook.web.doors import door_of
from pathbook.web.help import Tour, tour_for
from pathbook.web.page_file import asked_without_file, is_offered


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One place in the menu."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Hat:
    """A role somebody holds today. `on`: the one that counts now."""

    role: str
    label: str
    on: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything base.html shows that is not the page's own."""

    signed_in: bool
    demo: bool
    bare: bool = False  # on a classroom's screen: no menu, no search, no name
    school: str = ""
    name: str = ""
    role: str = ""
    hats: tuple[Hat, ...] = ()  # the roles to choose from, where there are several
    menu: tuple[MenuItem, ...] = ()
    place: str = ""
    tabs: tuple[tuple[str, str], ...] = ()  # the pages of this place, where there are several
    tab: str = ""
    beside: tuple[tuple[str, str], ...] = ()  # the pages under the same tab, where there are several
    page: str = ""
    can_search: bool = False
    freshness: Callable[[], Freshness | None] = lambda: None  # asked by the pages that show it
    tour: Tour | None = None  # on the first page of a role, until it is put away
    asks: tuple[Waiting, ...] = ()  # on the first page of staff, the surveys that wait for them
    owed: tuple[FollowUp, ...] = ()  # on the first page of staff, what they are asked to do after a round
    year: str = ""
    file: str | None = None  # how the page is narrowed, where its tables are offered as a file


FIRST_PAGES = ("/", "/me/", "/family/")  # of the roles

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


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor. The signed-out frame names no school: a stranger learns nothing."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    school = getattr(request, "school", None)
    demo = settings.PATHBOOK_DEMO
    if viewer is None or school is None:
        return {"frame": Frame(signed_in=False, demo=demo)}
    if whiteboard.is_on(request):
        return {"frame": Frame(signed_in=True, demo=demo, school=school.name, bare=True)}
    today = clock.today()
    places = _places(viewer)
    here = _here(places, request.path)
    tabs, tab, beside = _tabs(here, places.get(here[0], []))
    return {
        "frame": Frame(
            signed_in=True,
            demo=demo,
            school=school.name,
            name=viewer.name,
            role=", ".join(map(within_a_line, role_labels(viewer))),
            hats=_hats(viewer),
            menu=_menu(places, here),
            place=here[0],
            tabs=tabs,
            tab=tab,
            beside=beside,
            page=here[1],
            can_search="Students" in places,
            freshness=lambda: roll_of(request),
            year=AcademicYear.of(today).label,
            file=asked_without_file(request) if is_offered(request) else None,
            asks=waiting_for(viewer, school, on=today) if request.path == FIRST_PAGES[0] else (),
            owed=follow_ups_of(viewer, school) if request.path == FIRST_PAGES[0] else (),
            tour=tour_for(viewer.role) if _is_first(request) and not tours.is_away(request, viewer) else None,
        )
    }


def roll_of(request: HttpRequest) -> Freshness | None:
    """How fresh the roll is, for whoever sees numbers; asked once a page, by whichever part of it asks first."""
    viewer, school, today = asked_by(request)
    if not viewer.may(access.NUMBERS):
        return None
    if not hasattr(request, "roll"):
        request.roll = freshness_of(school, on=today)  # type: ignore[attr-defined]
    return cast(Freshness, request.roll)  # type: ignore[attr-defined]


def _is_first(request: HttpRequest) -> bool:
    """A parent of one child is led straight to that child's page."""
    match = request.resolver_match
    return request.path in FIRST_PAGES or (match is not None and match.url_name == "child")


def within_a_line(label: str) -> str:
    """A role after a name: “careers leader”, but “SENDCo” and “IT administrator” as they are."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


address_of = cache(reverse)  # of a page that names nothing: the same all day, and asked for on every page


def _places(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """The places of the role that is on, each with the pages it opens as (label, address); places with none are left out."""
    opened = {
        place: [(label, address_of(name)) for label, name, part, how in pages if not part or viewer.may(part, how)]
        for place, pages in ((place, PLACES[place]) for place in door_of(viewer).menu)
    }
    return {place: pages for place, pages in opened.items() if pages}


Pages = tuple[tuple[str, str], ...]


def _tabs(here: tuple[str, str], pages: Sequence[tuple[str, str]]) -> tuple[Pages, str, Pages]:
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


def _hats(viewer: Viewer) -> tuple[Hat, ...]:
    if len(viewer.hats) < 2:
        return ()
    return tuple(Hat(role, Role(role).label, role == viewer.role) for role in viewer.hats)


def _menu(places: dict[str, list[tuple[str, str]]], here: tuple[str, str]) -> tuple[MenuItem, ...]:
    return tuple(MenuItem(place, pages[0][1], place == here[0]) for place, pages in places.items())


def _here(places: dict[str, list[tuple[str, str]]], path: str) -> tuple[str, str]:
    """Which place and page an address lies in: the page whose address is the longest beginning of it."""
    found = [
        (len(url), place, label)
        for place, pages in places.items()
        for label, url in pages
        if path == url or (url != "/" and path.startswith(url))
    ]
    return max(found)[1:] if found else ("", "")
