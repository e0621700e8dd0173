"""The plan of a year as rows of a file: what its page shows, one activity a row."""

from collections.abc import Iterator

from pathbook.framework.in_words import day_in_words
from pathbook.framework.outcomes import OUTCOMES
from pathbook.reports.plan import PlanLine, PlanPage

HEADINGS = (
    "Term", "First day", "Last day", "Activity", "Kind", "Provider", "For", "Going", "Benchmarks", "What students learn",
    "Who sees to it", "Cost planned, £", "Spent, £", "State", "In its way",
)  # fmt: skip


def plan_rows(shown: PlanPage) -> Iterator[tuple[object, ...]]:
    for term in shown.terms:
        for line in term.lines:
            yield (term.label, *_row(line))


def _row(line: PlanLine) -> tuple[object, ...]:
    one = line.activity
    learnt = "; ".join(OUTCOMES[code] for code in one.learning_areas if code in OUTCOMES)
    clashes = "; ".join(f"{found.title}, {day_in_words(found.on)} ({found.how_many:,})" for found in line.clashes)
    return (
        one.starts_on, one.ends_on, one.title, line.kind, one.provider.name if one.provider else "", line.whom, line.going,
        ", ".join(line.benchmarks), learnt, line.owner, one.cost_planned, one.cost_spent,
        "delivered" if line.delivered else "planned", clashes,
    )  # fmt: skip
