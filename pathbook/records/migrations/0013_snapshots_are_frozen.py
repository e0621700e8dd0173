"""The database refuses to change or remove a snapshot. Whoever alters the table makes these guards anew: SQLite drops them."""

from django.db import migrations

TABLE = "records_snapshot"
NEVER = "SELECT RAISE(ABORT, 'a snapshot is never changed or removed'); END"
GUARDS = [
    f"CREATE TRIGGER records_snapshot_never_changed BEFORE UPDATE ON {TABLE} BEGIN {NEVER}",
    f"CREATE TRIGGER records_snapshot_never_removed BEFORE DELETE ON {TABLE} BEGIN {NEVER}",
    # INSERT OR REPLACE would remove without asking the guard above
    f"CREATE TRIGGER records_snapshot_only_added BEFORE INSERT ON {TABLE}"
    f" WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR key = NEW.key) BEGIN {NEVER}",
]
NAMES = ("never_changed", "never_removed", "only_added")


class Migration(migrations.Migration):
    dependencies = [("records", "0012_judgements_and_snapshots")]

    operations = [migrations.RunSQL(GUARDS, [f"DROP TRIGGER records_snapshot_{name}" for name in NAMES])]
