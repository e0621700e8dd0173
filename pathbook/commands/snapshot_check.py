"""What `pathbook check` asks of the snapshots: is each as it was frozen, is none gone, and does the database still refuse?"""

from django.db import connection

from pathbook.records.actions.freezing import GUARDS, digest_of, told_of_each
from pathbook.records.models import Snapshot

TELL = "Tell the careers leader, keep this folder as it is, and compare it with the last backup"
SEAL = "Look at it on the page of snapshots, then give it one: pathbook snapshot --seal"


def snapshot_problems() -> list[str]:
    """A sentence each. What the audit says of a snapshot is believed: the audit itself is checked before."""
    if Snapshot._meta.db_table not in connection.introspection.table_names():
        return []
    return [*_altered(), *_unguarded()]


def _altered() -> list[str]:
    found = []
    rows = Snapshot.objects.in_bulk()
    for pk, detail in told_of_each().items():
        row = rows.get(pk)
        if row is None:
            found.append(f"the snapshot of {detail.get('as_of', 'a day')} is gone. {TELL}")
        elif "digest" not in detail:
            found.append(f"the snapshot of {row.as_of:%-d %b %Y} was frozen before its digest was kept, so nobody could "
                         f"tell if it were altered. {SEAL}")  # fmt: skip
        elif detail["digest"] != digest_of(row):
            found.append(f"the snapshot of {row.as_of:%-d %b %Y} is not as it was frozen. {TELL}")
    return found


def _unguarded() -> list[str]:
    marks = ", ".join(["%s"] * len(GUARDS))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})", GUARDS)
        whole = cursor.fetchone()[0] == len(GUARDS)
    return [] if whole else [f"the database no longer refuses to change snapshots. {TELL}"]
