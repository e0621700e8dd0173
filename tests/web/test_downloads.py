"""What is downloaded: no cell a spreadsheet would run, the rows that were on screen, noted for each student."""

import csv
import re
from io import StringIO

import pytest

from pathbook.audit.models import Event
from pathbook.web.csv import safe
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
STARTS = ["=", "+", "-", "@", "\t", "\r", "\n=", " =", "＝", "＋", "－", "＠", "\0="]


def table_at(client, url):
    answer = client.get(url)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"].startswith("attachment; ")
    body = answer.content.decode("utf-8")
    assert body.startswith("\ufeff"), "Excel reads accents only with the mark"
    return list(csv.reader(StringIO(body.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("start", STARTS)
def test_a_cell_that_begins_like_a_formula_is_kept_as_text(start):
    said = safe(f"{start}HYPERLINK(1)")
    assert said == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("plain", ["Amara Ode", "", None, 0, "O'Neill", "1 of 2", "10B", "a=b", "Anne-Marie"])
def test_any_other_cell_is_as_it_was(plain):
    assert safe(plain) == ("" if plain is None else str(plain))


@pytest.mark.parametrize("url", ["/students/export.csv", "/coverage/export.csv"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_download_holds_a_cell_that_would_run(url, start):
    make.student(f"{start}cmd|' /C calc'!A0", "Bobby", group="=1+1")
    rows = table_at(hand_of(make.careers_leader()), url)
    assert len(rows) == 2
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@")) and not cell.startswith(("\t", "\r")), cell
    assert any("cmd|" in cell for cell in rows[1]), "the name itself is not lost"


def test_the_list_is_downloaded_as_narrowed_over_all_its_pages():
    make.students(70, group="11A")
    make.students(5, year=10, group="10B")
    leader = hand_of(make.careers_leader())
    assert len(table_at(leader, "/students/export.csv?year=11")) == 1 + 70
    assert len(table_at(leader, "/students/export.csv?year=10&page=2")) == 1 + 5
    assert len(table_at(leader, "/coverage/export.csv?year=11")) == 1 + 70


def test_each_student_in_a_download_is_noted_once():
    people = make.students(4)
    table_at(hand_of(make.careers_leader()), "/students/export.csv")
    assert sorted(Event.objects.filter(verb="exported").values_list("student_id", flat=True)) == [s.pk for s in people]


def test_a_tutor_downloads_their_own_group_and_no_more():
    make.student("Mine", group="10B")
    make.student("Other", group="10C")
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    for url in (
        "/students/export.csv",
        "/students/export.csv?group=10C",
        "/coverage/export.csv",
        "/students/export.csv?left",
    ):
        said = str(table_at(tutor, url))
        assert "Other" not in said, url
    assert "Mine" in str(table_at(tutor, "/students/export.csv"))


def test_a_data_managers_download_says_who_and_nothing_of_what_they_did():
    someone = make.student("Amara", "Ode", group="10B")
    make.participation(someone, make.activity())
    make.guidance_meeting(someone)
    manager = hand_of(make.data_manager())
    _headings, row = table_at(manager, "/students/export.csv")
    assert row[0] == "Amara Ode" and "".join(row[4:]) == ""
    assert manager.get("/coverage/export.csv").status_code == 404


@pytest.mark.parametrize("url", ["/students/export.csv", "/coverage/export.csv", "/students/", "/coverage/"])
def test_a_governor_downloads_and_opens_no_list_of_names(url):
    make.student("Amara", "Ode")
    answer = hand_of(make.governor()).get(url)
    assert answer.status_code == 404 and b"Amara" not in answer.content


def test_no_page_a_governor_opens_tells_a_number_under_five():
    """A year group of 3 in a fair of 12: the year group, and what is left when it is taken from the whole."""
    big, small = make.students(9, year=10, group="10A"), make.students(3, year=11, group="11A")
    fair = make.activity("Fair of twelve", checklist=["GB5-1", "GB5-2", "GB5-3", "GB5-4"])
    for one in (*big, *small):
        make.participation(one, fair)
    governor = hand_of(make.governor())
    rows = [" ".join(row.split()) for row in _rows_of(open_page(governor, f"/activities/{fair.key}/").body)]
    assert [row for row in rows if row.startswith("Year 1")] == ["Year 10 hidden hidden", "Year 11 under 5 under 5"]
    assert not re.search(r"\d%, ([1-4] of|\d+ of [1-4]\b)", open_page(governor, "/evaluation/").text)
    assert open_page(governor, "/coverage/").status == 404


def _rows_of(body):
    return [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)]
