"""Staff in the extract: numbers that mean nothing outside it, the roles held, and the days they came; never a name.

What the figures of reach are counted from. A role that one person holds says who that is, as it does in `readings`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pathbook.framework.use.facts import StaffFacts
from pathbook.people.models import Institution
from pathbook.people.signing_in import staff_facts
from pathbook.uptake.facts import DAYS_TRAINED

Row = tuple[Any, ...]
SINCE = date(2000, 1, 1)  # before any school kept a record here


def _everyone(school: Institution) -> Iterator[tuple[str, StaffFacts]]:
    """In the same order for each table of one extract."""
    for number, one in enumerate(staff_facts(school, since=SINCE, training=DAYS_TRAINED), start=1):
        yield f"staff-{number}", one


def staff(school: Institution) -> Iterator[Row]:
    """Whoever is known by a role alone is in no list, so has no days of their own."""
    for key, one in _everyone(school):
        is_listed = one.known_from != date.max
        yield key, school.urn, is_listed, one.known_from if is_listed else None, one.known_to


def staff_roles(school: Institution) -> Iterator[Row]:
    for key, one in _everyone(school):
        for role, start, end in one.roles:
            yield key, str(role), start, end


def staff_days(school: Institution) -> Iterator[Row]:
    for key, one in _everyone(school):
        yield from ((key, "signed_in", day) for day in sorted(one.signed_in))
        yield from ((key, "trained", day) for day in sorted(one.trained))
