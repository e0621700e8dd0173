"""What an erasure leaves on the disk besides the rows: freed pages, the journal, files waiting to be imported."""

import shutil
from pathlib import Path

from django.db import OperationalError, connection

from pathbook.exchange.backup import WAITS
from pathbook.people.models import Institution
from pathbook.privacy import ledger

IN_USE = (
    "The database was in use, so freed pages may still hold traces of them until the next erasure: make one tonight."
)
UNWRITTEN = (
    "The list of erasures could not be written ({why}). Mend that, and erase again whoever is due: it is written anew."
)


def clear_up(school: Institution, folder: Path, elsewhere: str) -> list[str]:
    """After an erasure, outside its transaction. A sentence for each thing that could not be done."""
    said = []
    try:
        ledger.write(school, kept_in(folder, elsewhere))
    except (OSError, ledger.NotALedgerError) as problem:
        said.append(UNWRITTEN.format(why=problem))
    return said if wipe(folder) else [*said, IN_USE]


def kept_in(folder: Path, elsewhere: str) -> list[Path]:
    """The school's own folder, and the one elsewhere that the audit's head is noted in."""
    return [folder, *([Path(elsewhere)] if elsewhere else [])]


def wipe(folder: Path) -> bool:
    """Write the database anew without what was freed, and empty its journal. False when somebody is reading just now.

    Call outside a transaction. Files waiting for a decision go: they may hold the student's row, and are brought in again.
    """
    for name in WAITS:  # somebody may be dropping one at this moment: gone is gone
        shutil.rmtree(folder / name, ignore_errors=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_session WHERE expire_date < datetime('now')")
            cursor.execute("VACUUM")
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except OperationalError:
        return False
    return not busy
