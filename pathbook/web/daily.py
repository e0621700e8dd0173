"""Once a day, at the first page anybody opens, the audit's head is noted outside the school's own folder."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from pathbook import clock
from pathbook.audit import heads

log = logging.getLogger(__name__)


def note_the_audits_head(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, there only where PATHBOOK_AUDIT_HEAD_DIR names a folder. A page never fails for want of it."""
    if not settings.PATHBOOK_AUDIT_HEAD_DIR:
        raise MiddlewareNotUsed
    file = Path(settings.PATHBOOK_AUDIT_HEAD_DIR, heads.FILE)
    noted: set[date] = set()

    def answer(request: HttpRequest) -> HttpResponse:
        today = clock.today()
        if today not in noted:
            noted.clear()
            noted.add(today)  # first, so that a second thread does not note it too
            _note(file, today)
        return get_response(request)

    return answer


def _note(file: Path, today: date) -> None:
    try:
        if not (file.exists() and _last_day(file) == today):
            heads.note_in(file, at=clock.now())
    except (OSError, heads.NotAHeadError) as error:
        log.error("the audit's head was not noted: %s. Run: pathbook check", type(error).__name__)


def _last_day(file: Path) -> date | None:
    known = heads.noted(file.read_text(encoding="utf-8"))
    return known[-1].at.date() if known else None
