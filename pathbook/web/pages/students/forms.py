"""What the list of students may be narrowed to, read from the address; nonsense is ignored."""

from django.http import QueryDict

from pathbook.framework.years import YEAR_GROUPS
from pathbook.reports.students import PER_PAGE, WHO, Asked

SORTS = ("name", "group", "gaps", "met")


def asked_of(query: QueryDict) -> Asked:
    year, sort = query.get("year", ""), query.get("sort", "name")
    per = query.get("per", "")
    return Asked(
        q=query.get("q", "").strip()[:100].replace("\0", ""),
        year=int(year) if year.isascii() and year.isdigit() and int(year) in YEAR_GROUPS else None,
        group=query.get("group", "")[:40].replace("\0", ""),
        who=query.get("who", "") if query.get("who") in WHO else "",
        gap=query.get("gap", "")[:40],
        left="left" in query,
        sort=sort if sort.lstrip("-") in SORTS else "name",
        page=_whole(query.get("page", ""), 1, 100_000),
        per=_whole(per, PER_PAGE, 300),
    )


def _whole(text: str, otherwise: int, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and int(text[:9]) > 0 else otherwise
