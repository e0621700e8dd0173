"""What stands round every page: the school, the menu this person has, and how fresh the roll is."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from pathbook import clock
from pathbook.exchange.roll.freshness import Freshness, freshness_of
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.visibility import Viewer, role_labels


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One place in the menu."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything base.html shows that is not the page's own."""

    signed_in: bool
    demo: bool
    school: str = ""
    name: str = ""
    role: str = ""
    menu: tuple[MenuItem, ...] = ()
    can_search: bool = False
    freshness: Freshness | None = None
    year: str = ""


# label, address name, the part of the table that opens it
PLACES = (
    ("Home", "home", ""),
    ("Students", "students", access.IDENTITY),
    ("Activities", "activities", access.PROGRAMME),
    ("Coverage", "coverage", access.ACTIVITIES),
    ("Evaluation", "evaluation", access.NUMBERS),
    ("Set-up", "set-up", access.ROLL_IMPORT),
)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor. The signed-out frame names no school: a stranger learns nothing."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    school = getattr(request, "school", None)
    demo = settings.PATHBOOK_TODAY is not None
    if viewer is None or school is None:
        return {"frame": Frame(signed_in=False, demo=demo)}
    today = clock.today()
    return {
        "frame": Frame(
            signed_in=True,
            demo=demo,
            school=school.name,
            name=viewer.name,
            role=", ".join(role_labels(viewer)).lower(),
            menu=_menu(viewer, request.path),
            can_search=viewer.may(access.IDENTITY),
            freshness=freshness_of(school, on=today) if viewer.may(access.NUMBERS) else None,
            year=AcademicYear.of(today).label,
        )
    }


def _menu(viewer: Viewer, path: str) -> tuple[MenuItem, ...]:
    opened = [(label, reverse(name)) for label, name, part in PLACES if not part or viewer.may(part)]
    return tuple(MenuItem(label, url, _is_current(url, path)) for label, url in opened)


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
