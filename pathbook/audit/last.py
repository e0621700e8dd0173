"""When was something last written? What is remembered of a page's figures holds until then."""

from pathbook.audit.models import Event, Verb
from pathbook.audit.record import CHANGES_FIGURES


def last_write() -> int:
    """The id of the last event that can change a figure; other people's readings cannot. One query."""
    return _last(CHANGES_FIGURES)


def last_said() -> int:
    """The same, for what rests on nobody's having read: the programme, the rules, what was put aside. One query."""
    return _last(tuple(verb for verb in CHANGES_FIGURES if verb != Verb.READ_OWN))


def _last(verbs: tuple[Verb, ...]) -> int:
    return Event.objects.filter(verb__in=verbs).order_by("-pk").values_list("pk", flat=True).first() or 0
