"""The school's evaluation, remembered until something is written that could change it, and as JSON."""

from datetime import date
from functools import lru_cache
from typing import Any

from pathbook.audit.last import last_write
from pathbook.framework.evaluate import Evaluation, evaluate
from pathbook.framework.told import told
from pathbook.needs import of_school
from pathbook.people.audience import audience_of
from pathbook.people.models import Institution
from pathbook.records.queries.cohorts import cohorts_on, rule_of
from pathbook.records.queries.stated import stated_on
from pathbook.reports import forecast, planned_coverage, remembered
from pathbook.reports.facts_then import facts_then
from pathbook.uptake.queries import nameless


def evaluation_of(school: Institution, *, set_id: str, as_of: date, written: int | None = None) -> Evaluation:
    """The whole school judged. The last answers are kept until the audit shows a write (one query to find out).

    `written`: the last write, from whoever asks several times for one page and has found it out already.
    """
    return _evaluation(school.pk, school.kind, set_id, as_of, last_write() if written is None else written)


@lru_cache(maxsize=8)  # today, and the ends of a few years
def _evaluation(school_id: int, kind: str, set_id: str, as_of: date, written: int) -> Evaluation:
    school = Institution(pk=school_id)
    return evaluate(
        facts_then(school_id, as_of, written), set_id, as_of, audience=audience_of(kind),
        stated=stated_on(school, set_id=set_id, as_of=as_of), rule=rule_of(school, set_id=set_id),
        cohorts=cohorts_on(school, kind=kind, set_id=set_id, as_of=as_of),
    )  # fmt: skip


def forget() -> None:
    """Drop what is remembered: after a restore, whose events may have the same ids as those it replaced."""
    _evaluation.cache_clear()
    facts_then.cache_clear()
    forecast.forget()
    remembered.forget()
    planned_coverage.forget()
    of_school.forget()
    nameless.forget()


def as_json(evaluation: Evaluation, school: Institution) -> dict[str, Any]:
    return told(evaluation, urn=school.urn, name=school.name)
