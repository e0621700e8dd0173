"""Where a leaver went is kept three years and then counts without a name."""

from datetime import date

import pytest

from pathbook.people.visibility import command_line
from pathbook.privacy.due import due_on
from pathbook.privacy.erasing import erase
from pathbook.records.models import Destination
from pathbook.reports.leavers import leavers_page
from pathbook.reports.leaving_list import Asked
from tests import make

pytestmark = pytest.mark.django_db
BY = {"recorded_by": "Priya Raman", "recorded_at": make.NOW}


def test_on_the_day_the_name_goes_and_the_destination_is_still_counted():
    school, last_day = make.school(), date(2025, 8, 31)
    gone = make.student("Cara", "Fox", year=13, group="13A", academic_year=2021)
    kept = make.student("Dan", "Gray", year=13, group="13A", academic_year=2022)
    for one, on in ((gone, date(2022, 10, 1)), (kept, date(2023, 10, 1))):
        Destination.objects.create(student=one, as_of=on, code="240", source="the parent", place="Westmoor", **BY)
    assert not due_on(school, on=date(2025, 8, 30)).records
    dues = due_on(school, on=last_day).records
    assert [due.student for due in dues] == [gone]
    by = command_line(school)
    erase(students=[due.student for due in dues], school=school, why="retention", by=by, at=make.NOW)
    row = Destination.objects.get(student=gone)
    assert (row.code, row.as_of, row.source, row.place) == ("240", date(2022, 10, 1), "", "")
    assert Destination.objects.get(student=kept).place == "Westmoor"
    gone.refresh_from_db()
    assert "Cara" not in gone.name
    page = leavers_page(by, school, on=last_day, asked=Asked(show="all"), start=2022)
    assert [line.who.name for line in page.page] == ["Dan Gray"]
