"""The yearly erasing of everybody due, on a thread of the server: the page asks a file how far it has come."""

from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pathbook.exchange.roll import waiting
from pathbook.people.models import Erasure, Institution
from pathbook.people.visibility import Viewer
from pathbook.privacy.due import Dues, due_on
from pathbook.privacy.erasing import Progress, erase
from pathbook.privacy.forgetting_notes import forget_notes
from pathbook.privacy.traces import clear_up
from pathbook.web import jobs
from pathbook.web.pages.imports.job import Job

MOVED = "Who is due has changed since this page was opened. Nothing was changed. Look at the list again."
BROKEN = "It could not be finished, and nothing was changed. Try again; if it happens twice, tell whoever looks after Pathbook."


def home() -> Path:
    return Path(settings.PATHBOOK_FOLDER)


def after_erasing(school: Institution) -> list[str]:
    return clear_up(school, home(), settings.PATHBOOK_AUDIT_HEAD_DIR)


def start(token: str, school: Institution, seen: str, by: Viewer, at: datetime, today: date) -> None:
    """Begin, unless it has begun: however often the button was pressed."""
    if not waiting.progress_of(home(), token):
        jobs.begin(_name(token), partial(_work, token, school, seen, by, at, today))


def state_of(token: str) -> Job | None:
    """None when there is no such act. One whose server died has changed nothing."""
    alive = jobs.is_alive(_name(token))  # before what it last said, which may be its end
    said = waiting.progress_of(home(), token)
    if said and not alive and not said.get("done"):
        return Job("Interrupted", 0, 1, True, BROKEN)
    return Job(**said) if said else None


def _name(token: str) -> str:
    return f"erase-{token}"


def _work(token: str, school: Institution, seen: str, by: Viewer, at: datetime, today: date) -> None:
    def tell(stage: str, n: int, total: int) -> None:
        waiting.report(home(), token, stage=stage, n=n, total=total)

    def end(stage: str, refused: str = "") -> None:
        waiting.report(home(), token, stage=stage, n=1, total=1, done=True, refused=refused)

    if waiting.progress_of(home(), token):  # pressed twice at once, and the other press has done it
        return
    tell("Erasing", 0, 1)
    try:
        with transaction.atomic():
            found = due_on(school, on=today)
            if moved := found.fingerprint != seen:
                end("Not erased", MOVED)
            else:
                _erase(found, school, by, at, tell)
        if not moved:
            end(" ".join(["Erased.", *after_erasing(school)]))
    except Exception:
        end("Not erased", BROKEN)
        raise


def _erase(found: Dues, school: Institution, by: Viewer, at: datetime, tell: Progress) -> None:
    students = [one.student for one in found.records]
    erase(students=students, school=school, why=Erasure.Why.RETENTION, by=by, at=at, progress=tell)
    forget_notes(students=[one.student for one in found.notes], by=by, at=at)
