"""What `pathbook check` asks of the audit: is it whole, is it guarded, and is it the one whose heads were noted?"""

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from pathbook import clock
from pathbook.audit import chain, heads
from pathbook.audit.models import Event
from pathbook.commands.refusal import Refused

TELL = "Tell the data protection officer, keep this folder as it is, and compare it with the last backup"


def audit_problems(also: Path | None = None) -> list[str]:
    """A sentence each. `also`: a file of heads noted elsewhere, such as those that came by e-mail."""
    if chain.TABLE not in connection.introspection.table_names():
        return []
    return [*_tampered(), *_not_as_noted(also), *audit_dangers()]


def audit_dangers() -> list[str]:
    """What would spoil the audit from now on, and is quickly found: nothing is served with it."""
    return [*_unguarded(), *_clock_behind(), *_nowhere_to_note()]


def _tampered() -> list[str]:
    first = chain.broken()
    return [f"the audit does not hold from event {first:,} on: it was changed past Pathbook. {TELL}"] if first else []


def _not_as_noted(also: Path | None) -> list[str]:
    files = [Path(settings.PATHBOOK_AUDIT_HEAD_DIR, heads.FILE)] if settings.PATHBOOK_AUDIT_HEAD_DIR else []
    known = [one for file in files if file.exists() for one in _noted(file)] + (_noted(also) if also else [])
    wrong = heads.against(known)
    return [f"{wrong[0]}. {TELL}"] if wrong else []


def _noted(file: Path) -> list[heads.Noted]:
    try:
        return list(heads.noted(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{file} cannot be read. Name the file that the audit's heads were noted in") from None
    except heads.NotAHeadError as error:
        raise Refused(f"{file}: {error}. Keep only the lines that Pathbook wrote") from None


def _unguarded() -> list[str]:
    return [f"the database no longer refuses to change the audit. {TELL}"] if chain.unguarded() else []


def _clock_behind() -> list[str]:
    last: datetime | None = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    if last is None or settings.PATHBOOK_TODAY or last <= clock.now():
        return []
    return [f"this machine's clock is behind the last event of the audit ({last:%-d %b %Y %H:%M} UTC): set the clock"]


def _nowhere_to_note() -> list[str]:
    if not settings.PATHBOOK_AUDIT_HEAD_DIR:
        return []
    folder = Path(settings.PATHBOOK_AUDIT_HEAD_DIR).resolve()
    if folder.is_relative_to(settings.PATHBOOK_FOLDER):
        return ["PATHBOOK_AUDIT_HEAD_DIR lies in the school's own folder: name one elsewhere, best on another machine"]
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return [f"nothing can be written in {folder}: make it, or name another in PATHBOOK_AUDIT_HEAD_DIR"]
    return []
