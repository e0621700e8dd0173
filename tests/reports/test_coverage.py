"""What a cell rests on: no cell that says met may lead to an empty page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pathbook.audit import record
from pathbook.framework.measures import judged_rows
from pathbook.framework.sets import SETS
from pathbook.records.models import Aspiration, Intention, PriorRecord
from pathbook.reports.coverage import evidence_for, known_of, recorded_of, row_of
from tests import make

pytestmark = pytest.mark.django_db


def cell(someone, row, set_id="2025"):
    known = known_of(someone, school=make.school(), set_id=set_id, as_of=make.TODAY)
    return known.judged.verdicts[row], evidence_for(recorded_of(someone), row=row_of(set_id, row), known=known)


WHO = {"recorded_by": "Sam", "recorded_at": make.NOW}


def aspired(someone, on):
    Aspiration.objects.create(student=someone, said_on=on, words="To be a vet", **WHO)


def intends(someone, on):
    Intention.objects.create(student=someone, recorded_on=on, code="sixth_form", **WHO)


def brought(someone, on):
    PriorRecord.objects.create(student=someone, received_on=on, outcome=PriorRecord.Outcome.RECEIVED, **WHO)


def opened(someone, on):
    at = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo("Europe/London"))
    record.reading(by=make.viewer(make.stranger()), at=at, student_id=someone.pk, own=True)


@pytest.mark.parametrize(
    ("row", "set_id", "happened", "title"),
    [
        ("GB3.3", "2025", brought, "Earlier school's record received, or asked for"),
        ("GB3.4", "2025", opened, "Opened their own record"),
        ("GB3.3", "2018", opened, "Opened their own record"),
        ("GB3.5.aspiration", "2025", aspired, "Aspiration said"),
        ("GB3.5.intention", "2025", intends, "Intention recorded"),
    ],
)
def test_what_a_student_said_or_opened_is_shown_behind_its_cell(row, set_id, happened, title):
    someone = make.student(year=11)
    happened(someone, date(2025, 11, 3))
    verdict, evidence = cell(someone, row, set_id)
    assert verdict.met
    assert [(one.on, one.title, one.counts) for one in evidence] == [(date(2025, 11, 3), title, True)]


def test_what_was_said_another_year_is_shown_and_does_not_count():
    someone = make.student(year=11)
    aspired(someone, date(2024, 11, 3))
    verdict, evidence = cell(someone, "GB3.5.aspiration")
    assert not verdict.met
    assert [(one.counts, one.why) for one in evidence] == [(False, "Outside the time this criterion asks about")]


@pytest.mark.parametrize("set_id", SETS)
def test_every_row_a_student_is_judged_by_names_what_it_rests_on(set_id):
    assert [row.id for row in judged_rows(set_id) if not (row.kind or row.rests_on)] == ["GB3.2"], "meetings, by its id"
