"""What the audit may be narrowed to, read from the address; nonsense is ignored."""

from datetime import date

from django.http import QueryDict

from pathbook.audit.models import Verb
from pathbook.reports.audit import Asked


def asked_of(query: QueryDict) -> Asked:
    page = query.get("page", "")
    return Asked(
        student=_words(query, "student"),
        person=_words(query, "person"),
        day=_day(query.get("day", "")),
        verb=query.get("verb", "") if query.get("verb") in Verb.values else "",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
    )


def _words(query: QueryDict, name: str) -> str:
    return query.get(name, "").strip()[:100].replace("\0", "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
