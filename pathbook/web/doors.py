"""Each role's own door: what its menu holds, never more than six places, and which page its home is."""

from dataclasses import dataclass

from pathbook.people import access
from pathbook.people.models import Role
from pathbook.people.visibility import Viewer

MOST = 6  # places in a menu (shared design: more is a list to search, not a menu)


@dataclass(frozen=True, slots=True)
class Door:
    """Places are those of web/menu.py, first the home.

    `home`: the page that stands there, where it is not the ordinary one (web/pages/home/by_role.py).
    """

    menu: tuple[str, ...]
    home: str = ""


DOORS: dict[str, Door] = {
    Role.CAREERS_LEADER: Door(("Home", "Students", "Activities", "Guidance", "Reports", "Set-up")),
    Role.ADVISER: Door(("Home", "Students", "Guidance", "Activities", "Reports")),
    Role.FORM_TUTOR: Door(("My group", "Log", "Students", "Activities", "Guidance", "Reports")),
    Role.SUBJECT_TEACHER: Door(("My classes", "Students", "Activities", "Reports"), home="classes"),
    Role.HEAD_OF_YEAR: Door(("Home", "Log", "Students", "Activities", "Guidance", "Reports"), home="year"),
    Role.SENDCO: Door(("Home", "Students", "Guidance", "Activities", "Reports"), home="support"),
    Role.SENIOR_LEADER: Door(("Overview", "Students", "Activities", "Guidance", "Reports"), home="overview"),
    Role.GOVERNOR: Door(("Overview", "Activities", "Guidance", "Reports")),
    Role.TRUST_LEAD: Door(("Overview", "Guidance", "Reports")),
    Role.DATA_MANAGER: Door(("Home", "Students", "Activities", "Reports", "Set-up")),
    Role.IT_ADMIN: Door(("Home", "Accounts"), home="accounts"),
    Role.DPO: Door(("Home", "Requests", "Audit"), home="officer"),
    Role.STUDENT: Door(("My page", "My record", "My plan")),
    Role.PARENT: Door(("My children",)),
}
NOBODYS = Door(("Home",))  # no role counts yet: a second step is still to be set up


def door_of(viewer: Viewer) -> Door:
    return DOORS.get(viewer.role, NOBODYS)


def first_page_of(viewer: Viewer) -> str:
    """The address name of where they come in: a student and a parent have a page of their own, everybody else home."""
    if viewer.may(access.VOICE, access.WRITE):
        return "me"
    return "family" if viewer.may(access.SHARED) else "home"
