"""A row counts only what is of its kind: so students who stand alike on it are judged once for all."""

from dataclasses import replace
from datetime import date

import pytest

from pathbook.framework.alike import of_kind, standing
from pathbook.framework.college_measures import COLLEGE_MEASURES
from pathbook.framework.kinds import KINDS, PROVIDER_TYPES
from pathbook.framework.measure import Asked
from pathbook.framework.measures import judged_rows, rows_of
from pathbook.framework.tally import tally
from tests.framework.facts_by_hand import met, student, took

DAY = date(2026, 2, 5)
ROWS = [
    *judged_rows("2025"),
    *judged_rows("2018"),
    *(row for rows in COLLEGE_MEASURES.values() for row in rows_of(rows)),
]


def one_of_everything(year):
    """A part in an activity of every kind and provider, technical, with its checklist complete, this year."""
    rows = [
        took(kind, on=date(2025, 11, 3), provider_type=type, provider=type, subject="Science", technical=True)
        for kind in KINDS
        for type in PROVIDER_TYPES
    ]
    return student(year, took=tuple(rows), met=(met(),), subjects=frozenset({"Science"}))


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind], ids=lambda row: row.id)
def test_what_is_not_of_its_kind_changes_no_verdict(row):
    for year in sorted(row.applies_in):
        whole = one_of_everything(year)
        less = replace(whole, took=of_kind(whole.took, row), met=whole.met if row.kind == "guidance_meeting" else ())
        assert row.judge(Asked(whole, tally(whole, DAY), DAY)).had == row.judge(Asked(less, tally(less, DAY), DAY)).had
        assert standing(whole, (), (), row) == standing(replace(less, student_id="another", met=whole.met), (), (), row)
