"""What stands round every page: the school, the menu this person has, and how fresh the roll is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest

from pathbook import clock
from pathbook.exchange.roll.freshness import Freshness, freshness_of
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Role
from pathbook.people.visibility import Viewer, role_labels
from pathbook.reports.open_surveys import OpenSurveys, Waiting, open_surveys, waiting_for
from pathbook.uptake.models import FollowUp
from pathbook.uptake.queries.follow_ups import follow_ups_of
from pathbook.web import tours, whiteboard
from pathbook.web.door import asked_by
from pathbook.web.help import Tour, tour_for
from pathbook.web.menu import MenuItem, here_in, menu_of, places_of, tabs_of
from pathbook.web.page_file import asked_without_file, is_offered


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
    places = places_of(viewer)
    here = here_in(places, request.path)
    tabs, tab, beside = tabs_of(here, places.get(here[0], []))
    return {
        "frame": Frame(
            signed_in=True,
            demo=demo,
            school=school.name,
            name=viewer.name,
            role=", ".join(map(within_a_line, role_labels(viewer))),
            hats=_hats(viewer),
            menu=menu_of(places, here),
            place=here[0],
            tabs=tabs,
            tab=tab,
            beside=beside,
            page=here[1],
            can_search="Students" in places,
            freshness=lambda: roll_of(request),
            year=AcademicYear.of(today).label,
            file=asked_without_file(request) if is_offered(request) else None,
            asks=waiting_for(viewer, surveys_of(request), on=today) if request.path == FIRST_PAGES[0] else (),
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


def surveys_of(request: HttpRequest) -> OpenSurveys:
    """The surveys open today; asked once a page too, by the home or by what stands round it."""
    viewer, school, today = asked_by(request)
    if not hasattr(request, "surveys"):
        request.surveys = open_surveys(viewer, school, on=today)  # type: ignore[attr-defined]
    return cast(OpenSurveys, request.surveys)  # type: ignore[attr-defined]


def _is_first(request: HttpRequest) -> bool:
    """A parent of one child is led straight to that child's page."""
    match = request.resolver_match
    return request.path in FIRST_PAGES or (match is not None and match.url_name == "child")


def within_a_line(label: str) -> str:
    """A role after a name: “careers leader”, but “SENDCo” and “IT administrator” as they are."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _hats(viewer: Viewer) -> tuple[Hat, ...]:
    if len(viewer.hats) < 2:
        return ()
    return tuple(Hat(role, Role(role).label, role == viewer.role) for role in viewer.hats)
