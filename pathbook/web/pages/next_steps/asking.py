"""Who may open the lists of next steps, and how a list was narrowed."""

from datetime import date

from django.http import HttpRequest, QueryDict

from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.reports.leaving_list import YEARS, Asked
from pathbook.web.door import asked_by, require


def staff_asking(request: HttpRequest) -> tuple[Viewer, Institution, date]:
    """Those who see what students hope for, what they need and their support: so no student, and no teacher of one class."""
    viewer, school, today = asked_by(request)
    for part in (access.ASPIRATIONS, access.NEEDS, access.SUPPORT):
        require(viewer, part)
    return viewer, school, today


def asked_of(get: QueryDict, *, year: int = 0) -> Asked:
    """Nonsense narrows to nothing in particular."""
    said = get.get("year", str(year))
    chosen = int(said) if said.isdecimal() and int(said) in YEARS else 0
    page = get.get("page", "1")
    return Asked(chosen, get.get("group", "")[:20], get.get("show", "")[:10], int(page) if page.isdecimal() else 1)
