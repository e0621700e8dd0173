"""What `pathbook check` asks of the snapshots: is each as it was frozen, is none gone, and does the database still refuse?"""

from django.db import connection

from pathbook.audit.models import Event, Verb
from pathbook.records.actions.freezing import GUARDS, digest_of
from pathbook.records.models import Snapshot

TELL = "Tell the careers leader, keep this folder as it is, and compare it with the last backup"


def snapshot_problems() -> list[str]:
    """A sentence each. What the audit says of a snapshot is believed: the audit itself is checked before."""
    if Snapshot._meta.db_table not in connection.introspection.table_names():
        return []
    return [*_altered(), *_unguarded()]


def _altered() -> list[str]:
    """Of snapshots frozen before their digest was kept, only that they are there."""
    frozen = Event.objects.filter(noun="snapshot", verb=Verb.CREATED).order_by("pk").values_list("noun_id", "detail")
    rows = {row.pk: row for row in Snapshot.objects.all()}
    found = []
    for pk, detail in frozen:
        row = rows.get(pk or 0)
        if row is None:
            found.append(f"the snapshot of {detail.get('as_of', 'a day')} is gone. {TELL}")
        elif detail.get("digest", digest_of(row)) != digest_of(row):
            found.append(f"the snapshot of {row.as_of:%-d %b %Y} is not as it was frozen. {TELL}")
    return found


def _unguarded() -> list[str]:
    marks = ", ".join(["%s"] * len(GUARDS))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})", GUARDS)
        whole = cursor.fetchone()[0] == len(GUARDS)
    return [] if whole else [f"the database no longer refuses to change snapshots. {TELL}"]
