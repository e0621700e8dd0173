"""Asking those who have notes to read: in Pathbook always, and by e-mail where the school has set up its mail.

A mail says how many and where to look, never whose note it is nor what stands in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people import letters
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import AskedToRead
from pathbook.uptake.queries.reading import Reader

LETTER = """Hello {name},

You have {many} of your students to read in Pathbook. Reading them takes a minute each; you can say "read and understood" where
they stand: {where}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many were asked, of those how many by mail, the names of those whose mail failed, and those asked today already."""

    asked: int
    mailed: int
    failed: tuple[str, ...]
    already: int


def ask_to_read(
    *, readers: Sequence[Reader], school: Institution, where: str, by: Viewer, at: datetime, on: date
) -> Asked:
    """Those of `readers` with something unread, each once a day. `where`: the address of the page to read on."""
    waiting = [one for one in readers if one.unread]
    claimed = [(one, row) for one in waiting if (row := _claim(one, school, by, at, on))]
    sent = [(one, row, _mail(one, where)) for one, row in claimed] if settings.EMAIL_HOST else []
    AskedToRead.objects.filter(pk__in=[row.pk for _, row, is_sent in sent if is_sent]).update(is_mailed=True)
    failed = tuple(one.account.name for one, _, is_sent in sent if not is_sent)
    return Asked(len(claimed), len(sent) - len(failed), failed, len(waiting) - len(claimed))


@transaction.atomic
def _claim(one: Reader, school: Institution, by: Viewer, at: datetime, on: date) -> AskedToRead | None:
    """Before anything is sent, so that of two who press at once only one sends."""
    row, made = AskedToRead.objects.get_or_create(
        account=one.account, asked_on=on,
        defaults={"institution": school, "how_many": one.unread, "recorded_by": by.name, "recorded_at": at},
    )  # fmt: skip
    if made:
        record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "asked to read", row.pk)])
    return row if made else None


def _mail(one: Reader, where: str) -> bool:
    many = "1 new guidance note" if one.unread == 1 else f"{one.unread} new guidance notes"
    return letters.send(
        [one.account.email], f"{many} to read", LETTER.format(name=one.account.name, many=many, where=where)
    )
