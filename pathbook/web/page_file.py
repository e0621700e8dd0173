"""A page's tables as a file, for pages that have no file of their own: the same address with ?file=csv or ?file=xlsx.

It is made from the page that this person is shown, so nobody is given more than that; whoever its rows lead to is noted.
"""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from pathbook.people.models import Student
from pathbook.web import download
from pathbook.web.door import asked_by
from pathbook.web.page_tables import Cell, PageTable, tables_of

# Every row about a student leads to them, or it could not be noted who is in the file.
OFFERED = {
    "activity", "audit", "charts", "equity", "hosts", "nation", "next-steps", "offers", "programme-calendar",
    "provider-access", "surveys",
}  # fmt: skip


def page_as_file(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, within the door: only what would have been shown is turned into a file."""

    def answer(request: HttpRequest) -> HttpResponse:
        found = get_response(request)
        kind = request.GET.get("file", "")
        if kind not in download.KINDS or request.method != "GET" or found.status_code != 200 or not is_offered(request):
            return found
        tables = tables_of(found.content.decode())
        return _file(request, kind, tables) if tables else found

    return answer


def is_offered(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.url_name in OFFERED


def asked_without_file(request: HttpRequest) -> str:
    """How the page is narrowed, to go on with."""
    query = request.GET.copy()
    query.pop("file", None)
    return query.urlencode()


def _file(request: HttpRequest, kind: str, tables: list[PageTable]) -> HttpResponse:
    _, school, today = asked_by(request)
    rows = _under_each_other(tables)
    keys = {key for one in tables for key in one.students}
    students = Student.objects.filter(institution=school, key__in=keys).values_list("pk", flat=True)
    name = cast(str, request.resolver_match.url_name)  # type: ignore[union-attr]
    table = download.Table(f"{name}-{today.isoformat()}", [str(one) for one in rows[0]], rows[1:], list(students))
    return download.file_of(request, kind, table)


def _under_each_other(tables: list[PageTable]) -> list[list[Cell]]:
    """One table as it is; of several each with its caption above."""
    if len(tables) == 1:
        return tables[0].cells()
    rows: list[list[Cell]] = []
    for one in tables:
        rows += [[one.caption], *one.cells(), []]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows[:-1]]
