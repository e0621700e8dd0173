"""The import itself, on a thread of the server: the page asks a file how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.forms import Form

from pathbook.exchange.models import ImportRun
from pathbook.exchange.roll import waiting
from pathbook.exchange.roll.apply import NotApplied, apply, digest
from pathbook.exchange.roll.entry import RollFile
from pathbook.exchange.roll.plan import Choices, Plan
from pathbook.exchange.roll.reading import Wishes, read_roll
from pathbook.exchange.roll.waiting import Said, Waiting
from pathbook.exchange.tables import UnreadableError
from pathbook.people.keys import new_key
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.web import jobs

MOVED = "The roll has changed since this preview was made. Look at it again, then confirm."


@dataclass(frozen=True, slots=True)
class Job:
    """How far an import has come, as the progress component shows it."""

    stage: str = "Starting"
    n: int = 0
    total: int = 0
    done: bool = False
    refused: str = ""


def home() -> Path:
    return Path(settings.PATHBOOK_FOLDER)


def kept(form: Form, said: Said, read: Callable[[Waiting], object]) -> Waiting | None:
    """The form's file, kept if it can be read at all; if not, the form says why and nothing is kept."""
    upload = waiting.put(home(), new_key(), form.cleaned_data["file"].chunks(), said)
    try:
        read(upload)
    except UnreadableError as refusal:
        upload.drop()
        form.add_error("file", str(refusal))
        return None
    return upload


def read(upload: Waiting, school: Institution, today: date) -> RollFile:
    """The file, read with what has been said of it."""
    wishes = Wishes(
        columns=upload.said.columns, dates=upload.said.dates, adults=school.kind not in ("school", "special")
    )
    return read_roll(upload.path, today=today, wishes=wishes, name=upload.said.name)


def choices_of(upload: Waiting, today: date) -> Choices:
    said = upload.said
    return Choices(today, said.whole_roll, False, frozenset(said.same), frozenset(said.another))


def start(upload: Waiting, school: Institution, by: Viewer, at: datetime, today: date, seen: str) -> None:
    """Begin, unless it has begun: however often the button was pressed."""
    if upload.claim():
        jobs.begin(_name(upload), partial(_work, upload, school, by, at, today, seen))


def state_of(upload: Waiting) -> Job:
    """How far it has come; an import whose server died has changed nothing and may be started again."""
    alive = jobs.is_alive(_name(upload))  # before what it last said, which may be its end
    said = waiting.progress_of(home(), upload.token)
    if said.get("refused"):
        return Job("Not imported", 0, 1, True, said["refused"])
    if said and upload.is_claimed and not alive and not said.get("done"):
        upload.release()
        return Job("Interrupted", 0, 1, True, "The import was interrupted and nothing was changed. Confirm it again.")
    return Job(**said) if said else Job()


def _name(upload: Waiting) -> str:
    return f"import-{upload.token}"


def _work(upload: Waiting, school: Institution, by: Viewer, at: datetime, today: date, seen: str) -> None:
    def tell(stage: str, n: int, total: int) -> None:
        waiting.report(home(), upload.token, stage=stage, n=n, total=total)

    def unmoved(plan: Plan) -> str:
        return "" if plan.fingerprint == seen else MOVED

    tell("Reading the file", 0, 1)
    try:
        file = read(upload, school, today)
        apply(file=file, school=school, choices=choices_of(upload, today), by=by, at=at, key=upload.token,
              sha256=digest(upload.path.read_bytes()), accept=unmoved, progress=tell)  # fmt: skip
        upload.drop()
        waiting.forget_progress(home(), upload.token)
    except NotApplied as refusal:
        _refuse(upload, str(refusal))
    except Exception:
        _refuse(upload, "The import could not be finished, and nothing was changed. Try again; if it happens twice, tell "
                "whoever looks after Pathbook.")  # fmt: skip
        raise


def _refuse(upload: Waiting, why: str) -> None:
    waiting.report(home(), upload.token, stage="Not imported", n=0, total=1, refused=why)
    upload.release()


def done(school: Institution, token: str) -> ImportRun | None:
    """What the upload with this token became."""
    return ImportRun.objects.filter(institution=school, key=token).first()
