"""Mappings remembered: a source whose columns somebody has named once is read by that word the next time."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from pathbook.exchange.models import SavedMapping
from pathbook.exchange.roll.mapping import plain
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer


def remembered(school: Institution, header: Sequence[str]) -> SavedMapping | None:
    """What was said of a file with these headings."""
    return SavedMapping.objects.filter(institution=school, headings=_digest(header)).first()


def remember(
    *, school: Institution, header: Sequence[str], columns: Mapping[str, str], dates: str, by: Viewer, at: datetime
) -> None:
    """Keep what was said, for the next file with these headings."""
    SavedMapping.objects.update_or_create(
        institution=school, headings=_digest(header),
        defaults={"columns": dict(columns), "dates": dates, "recorded_by": by.name, "recorded_at": at},
    )  # fmt: skip


def _digest(header: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(plain(heading) for heading in header).encode()).hexdigest()
