"""When was something last written? What is remembered of a page's figures holds until then."""

from pathbook.audit.models import Event
from pathbook.audit.record import CHANGES_FIGURES


def last_write() -> int:
    """The id of the last event that can change a figure; other people's readings cannot. One query."""
    event = Event.objects.filter(verb__in=CHANGES_FIGURES).order_by("-pk").values_list("pk", flat=True).first()
    return event or 0
