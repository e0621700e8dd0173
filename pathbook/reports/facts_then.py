"""The facts of a school on a day, read once for the evaluation, the plan and the forecast until something is written."""

from datetime import date
from functools import lru_cache

from pathbook.framework.facts import SchoolFacts
from pathbook.people.models import Institution
from pathbook.records.facts import school_facts


@lru_cache(maxsize=2)
def facts_then(school_id: int, as_of: date, written: int) -> SchoolFacts:
    """`written`: the last write known of (audit.last), so that what is remembered is never older than that."""
    return school_facts(Institution(pk=school_id), as_of=as_of)
