"""Every event is sealed to the one before it, and the database refuses to change or remove one."""

from django.db import migrations, models

from pathbook.audit.chain import COLUMNS, TABLE, seal

NEVER = "SELECT RAISE(ABORT, 'an event of the audit is never changed or removed'); END"
GUARDS = [
    f"CREATE TRIGGER audit_event_never_changed BEFORE UPDATE ON {TABLE} BEGIN {NEVER}",
    f"CREATE TRIGGER audit_event_never_removed BEFORE DELETE ON {TABLE} BEGIN {NEVER}",
    # INSERT OR REPLACE would remove without asking the guard above; and none comes in unsealed
    f"CREATE TRIGGER audit_event_only_added BEFORE INSERT ON {TABLE}"
    f" WHEN length(NEW.digest) != 64 OR EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) BEGIN {NEVER}",
]
NAMES = ("never_changed", "never_removed", "only_added")


def seal_what_is_there(apps, editor):
    asked = ", ".join("at || ''" if name == "at" else name for name in COLUMNS)
    before, seals = "", []
    with editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked} FROM {TABLE} ORDER BY id")
        for columns in cursor.fetchall():
            before = seal(before, columns)
            seals.append((before, columns[0]))
        cursor.executemany(f"UPDATE {TABLE} SET digest = %s WHERE id = %s", seals)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField("event", "digest", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL(GUARDS, [f"DROP TRIGGER audit_event_{name}" for name in NAMES]),
    ]
