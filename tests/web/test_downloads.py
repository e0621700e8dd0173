"""What is downloaded: no cell a spreadsheet would run, the rows that were on screen, noted for each student."""

import csv
import re
import tracemalloc
from datetime import date, timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook

from pathbook.audit.models import Event
from pathbook.exchange.tables import read_table
from pathbook.people.models import SubjectStudied
from pathbook.web import spreadsheet
from pathbook.web.csv import safe
from pathbook.web.page_file import OFFERED
from pathbook.web.page_tables import tables_of
from tests import make
from tests.web.hand import Page, hand_of, open_page, sheet_of
from tests.web.test_every_page import PAGES

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


FILES = (
    "/students/export", "/coverage/export", "/actions/export", "/needs/export", "/evaluation/export",
    "/guidance/loop/export", "/guidance/demand/export", "/guidance/missed/export", "/activities/export",
    "/places/capacity/export", "/reports/use/export", "/set-up/review/export", "/places/{proposal}/export",
    "/monitoring/export", "/training/export", "/training/who/export", "/reports/reading/export",
    "/reports/access/days/export",
)  # fmt: skip


@pytest.fixture
def nasty(request):
    """A school in which a student, their group, an action, an activity and a member of staff all begin like a formula."""
    bad = f"{request.param}cmd|' /C calc'!A0"
    someone = make.student(bad, "Bobby", year=11, group="=1+1")
    make.action(someone, bad)
    make.participation(someone, make.activity(bad))
    make.guidance_meeting(someone, adviser_name=bad)
    make.guidance_meeting(someone, status="not_attended", planned_on=make.TODAY - timedelta(days=9))
    make.adviser(bad)
    return bad, make.proposal(someone)


@pytest.mark.parametrize("url", FILES)
@pytest.mark.parametrize("nasty", STARTS[:6] + STARTS[8:12], indirect=True)
def test_no_download_holds_a_cell_that_would_run(url, nasty):
    bad, proposal = nasty
    address = url.format(proposal=proposal.key)
    more = "?part=waiting" if "{proposal}" in url else ""
    leader = hand_of(make.careers_leader())
    rows = table_at(leader, f"{address}.csv{more}")
    assert rows and all(len(row) == len(rows[0]) for row in rows)
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(tuple(STARTS[:4])) and not cell.startswith(
            ("\t", "\r", "＝", "＋", "－", "＠")
        ), cell
    book = leader.get(f"{address}.xlsx{more}")
    assert book.status_code == 200 and book["Content-Disposition"].startswith("attachment; ")
    assert book["Content-Type"] == spreadsheet.TYPE
    kinds = {cell.data_type for row in load_workbook(BytesIO(book.content)).active.iter_rows() for cell in row}
    assert "f" not in kinds and b"<f>" not in written(book)
    cells = [cell for row in sheet_of(book) for cell in row]
    if bad[0] not in "\t\r" and any("cmd|" in cell for row in rows for cell in row):
        assert any(str(cell).startswith(bad) for cell in cells), "the words themselves are as they were"
    assert len(sheet_of(book)) == len(rows)


def written(book):
    with ZipFile(BytesIO(book.content)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if "worksheets/" in name)


def test_every_page_of_a_table_offers_both_files():
    """Whoever follows the links of the page gets what the page shows."""
    someone = make.student(year=11, group="11A")
    make.participation(someone, make.activity())
    priya = make.careers_leader()
    leader, key = hand_of(priya), make.proposal(someone).key
    SubjectStudied.objects.create(student=someone, academic_year=make.YEAR, subject="History")
    make.monitoring_round(by=make.viewer(priya))
    make.form_tutor(make.tutor_group("11A"))
    make.training(who=[make.staff("Anna Looker", None)])
    for address in (one.format(proposal=key) for one in FILES):
        page = address.removesuffix("export")
        links = [link.split("?")[0] for link in open_page(leader, page).links]
        assert f"{address}.csv" in links and f"{address}.xlsx" in links, page
        assert leader.get(f"{address}.xlsx").status_code == 200


# Pages whose tables are no file of their own, and why.
NO_FILE = {
    "/": "each line opens its own list", "/notice/": "a paper to read", "/account/kept/": "about oneself, to look at", "/evaluation/sheet/": "to type from, printed",
    "/evaluation/rule/": "a form", "/programme/copy/": "a form", "/next/codes/": "settings", "/gallery/": "no school's",
    "/set-up/people/": "the access review is the file", "/set-up/families/": "parents stay on screen",
}  # fmt: skip


def test_every_table_of_every_page_is_a_file_or_it_is_said_why_not():
    someone = make.student("=cmd|A0", "Bobby", year=11, group="11A")
    fair = make.activity("=1+1")
    make.participation(someone, fair)
    make.students(5, year=11, group="11A")
    make.survey()
    make.host()
    leader, bare = hand_of(make.careers_leader()), []
    for name in PAGES:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        answer = leader.get(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"] or not tables_of(answer.content.decode()):
            continue
        offers = any(link.endswith(("=csv", ".csv")) or ".csv?" in link for link in Page(answer).links)
        bare += [] if offers or address in NO_FILE else [address]
    assert bare == []


def test_no_page_is_a_file_in_two_ways():
    assert set(PAGES) >= OFFERED, "each is a page"
    assert [name for name in OFFERED if f"{name}-csv" in PAGES] == []


def test_a_page_without_a_file_of_its_own_is_one_as_it_is_shown():
    """No formula runs, everyone in it is noted, a corrected form counts as chosen, and whoever may not look gets nothing."""
    bad, ode = make.student("=cmd|A0", "Bobby", year=11, group="11A"), make.student("Zoë", "Ode", year=11, group="11A")
    fair = make.activity("Fair")
    make.participation(bad, fair)
    make.participation(ode, fair, "absent")
    leader, address = hand_of(make.careers_leader()), f"/activities/{fair.key}/"
    assert "?file=csv" in open_page(leader, address).links
    rows = table_at(leader, f"{address}?file=csv")
    cells = [row[:3] for row in rows]
    assert ["Student", "Group", "Came?"] in cells and ["Zoë Ode", "11A", "Absent"] in cells
    assert not any(cell.startswith("=") for row in rows for cell in row)
    book = leader.get(f"{address}?file=xlsx")
    assert len(sheet_of(book)) == len(rows) and b"<f>" not in written(book)
    noted = Event.objects.filter(verb="exported", noun="student").values_list("student_id", flat=True)
    assert sorted(noted) == sorted([bad.pk, ode.pk] * 2)
    tutor = hand_of(make.form_tutor(make.tutor_group("10B", 10)))
    assert "Ode" not in tutor.get(f"{address}?file=csv").content.decode()
    assert leader.get("/account/kept/?file=csv")["Content-Type"].startswith("text/html"), "only where it is offered"


def test_a_table_is_read_as_it_is_shown():
    page = """<main><table><caption>Who</caption><tr><th>Name</th><th>Bar</th><th colspan=2>How</th></tr><tr><th><a
    href="/students/abcdefghjkmn/">Ode, <b>Zo</b>&euml;</a><span class="govuk-visually-hidden">hidden <i>too</i></span></th>
    <td><svg><text>9</text></svg></td><td><select><option>No<option selected>Yes</select><button>Save</button></td>
    <td><b>1,105</b><br></td></tr></table><table><tr><th>Empty</th></tr></table></main>"""
    (one,) = tables_of(page)
    assert (one.caption, one.students) == ("Who", {"abcdefghjkmn"})
    assert one.cells() == [["Name", "How", ""], ["Ode, Zoë", "Yes", 1105]]


def test_a_number_stays_a_number_and_a_day_a_day():
    someone = make.student("Amara", "Ode", year=11, group="11A")
    make.action(someone, due_on=date(2026, 2, 1))
    (_headings, row) = sheet_of(hand_of(make.careers_leader()).get("/actions/export.xlsx"))
    assert row[0] == "Amara Ode" and row[4].date() == date(2026, 2, 1)
    (_headings, row) = sheet_of(hand_of(make.careers_leader()).get("/students/export.xlsx"))
    assert "Amara Ode" in row


@pytest.mark.parametrize("name", ["-Smith", "=Cole", "+Ray", "@Home", "'Amin", "O'Neill", "Smith-Jones", "－Full"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_name_goes_out_and_comes_back_as_it_was(kind, name):
    make.student(name, "Ode", year=11, group="11A")
    file = hand_of(make.careers_leader()).get(f"/students/export.{kind}").content
    table = read_table(file, f"students.{kind}", score=lambda cells: sum(cell == "Name" for cell in cells), least=1)
    back = dict(zip(table.header, table.rows[0].cells, strict=False))["Name"]
    assert back == f"{name} Ode"


def test_a_large_table_is_written_row_by_row():
    """Four thousand rows of ten cells stay under two megabytes while they are written; kept whole they would be eleven."""
    rows = ((n, *["words of a cell"] * 9) for n in range(4_000))
    tracemalloc.start()
    answer = spreadsheet.table("large", ["Heading"] * 10, rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(answer.content) > 50_000 and peak < 2_000_000, peak


@pytest.mark.parametrize(
    "url", ["/needs/export", "/actions/export", "/places/{proposal}/export", "/guidance/missed/export"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("nasty", ["="], indirect=True)
def test_each_student_in_any_file_is_noted_once(url, kind, nasty):
    _, proposal = nasty
    answer = hand_of(make.careers_leader()).get(f"{url.format(proposal=proposal.key)}.{kind}?part=waiting")
    assert answer.status_code == 200
    assert Event.objects.filter(verb="exported").count() == 1


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
