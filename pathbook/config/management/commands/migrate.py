"""Django's own `migrate`, which on an empty database begins from the stored schema."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from pathbook.config.begin import begin


class Command(migrate.Command):
    """Only the beginning differs: whatever the schema does not know of yet is migrated as ever."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        if not options.get("app_label"):
            begin(connections[options["database"]])
        return super().handle(*args, **options)
