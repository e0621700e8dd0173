"""What the list of students may be narrowed to, read from the address; nonsense is ignored."""

from django.http import QueryDict

from pathbook.framework.years import YEAR_GROUPS
from pathbook.reports.students import PER_PAGE, WHO, Asked

YEARS = {str(year): year for year in YEAR_GROUPS}
SORTS = ("name", "group", "gaps", "met")


def asked_of(query: QueryDict) -> Asked:
    sort = query.get("sort", "name")
    return Asked(
        q=query.get("q", "").strip()[:100].replace("\0", ""),
        year=YEARS.get(query.get("year", "")),
        group=query.get("group", "")[:40].replace("\0", ""),
        who=query.get("who", "") if query.get("who") in WHO else "",
        gap=query.get("gap", "")[:40],
        left="left" in query,
        sort=sort if sort.lstrip("-") in SORTS else "name",
        page=whole_of(query.get("page", ""), 1, 100_000),
        per=whole_of(query.get("per", ""), PER_PAGE, 300),
    )


def whole_of(text: str, otherwise: int, most: int) -> int:
    is_whole = text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0
    return min(int(text), most) if is_whole else otherwise
