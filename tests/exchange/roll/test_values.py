"""Single values, and properties that hold whatever a file says."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.exchange.roll import values
from pathbook.exchange.roll.dates import DMY, MDY, order_of, read_date
from pathbook.exchange.roll.mapping import known_headings
from pathbook.exchange.roll.rows import read_rows
from pathbook.exchange.tables import UnreadableError, read_table
from tests.exchange.roll.school import read as read_file

TODAY = date(2026, 2, 5)
DAYS = st.dates(date(2004, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize("text, year", [
    ("10", 10), ("Year 10", 10), ("Y10", 10), ("Yr 10", 10), ("yr. 7", 7), ("10 ", 10), ("07", 7), ("10.0", 10), ("YEAR 13", 13),
    ("NC Year 9", 9), ("Year group 8", 8), ("Year 10 (2025)", 10), ("14", 14), ("Year10", 10),
])  # fmt: skip
def test_year_groups(text, year):
    assert values.read_year_group(values.tidy(text)) == year


@pytest.mark.parametrize("text", ["42", "0", "R", "N1", "N2", "15", "99", "-1", "ten", "10B", "X", "Reception", "1.5"])
def test_what_is_no_year_group_says_why(text):
    assert isinstance(values.read_year_group(text), str)


@pytest.mark.parametrize("text, code", [
    ("K", "K"), ("K - SEN Support", "K"), ("N - No SEN", "N"), ("E", "E"), ("E: EHC Plan", "E"), ("S", "E"), ("A", "K"), ("P", "K"),
    ("Q", "K"), ("SEN support", "K"), ("EHCP", "E"), ("Education, Health and Care Plan", "E"), ("No Special Educational Need", "N"),
    ("None", "N"), ("Statement", "E"), ("k", "K"), ("zebra", None),
])  # fmt: skip
def test_sen(text, code):
    assert values.read_sen(text) == code


@pytest.mark.parametrize("text, answer", [
    ("Y", True), ("yes", True), ("T", True), ("True", True), ("1", True), ("N", False), ("No", False), ("False", False), ("0", False),
    ("Ever 6 FSM", True), ("Not eligible", False), ("x", None), ("..", None), ("low", None), ("perhaps", None), ("Eligible", True),
])  # fmt: skip
def test_yes_and_no(text, answer):
    assert values.read_yes_no(text) is answer


@pytest.mark.parametrize("text, day", [
    ("2011-03-14", (2011, 3, 14)), ("2011-03-14T00:00:00Z", (2011, 3, 14)), ("2014-09-04 12:00:00", (2014, 9, 4)),
    ("14/03/2011", (2011, 3, 14)), ("14.3.11", (2011, 3, 14)), ("14-03-2011", (2011, 3, 14)), ("14-Mar-11", (2011, 3, 14)),
    ("14 March 2011", (2011, 3, 14)), ("14th March 2011", (2011, 3, 14)), ("Mar 14, 2011", (2011, 3, 14)), ("44629", (2022, 3, 9)),
    ("41885.5", (2014, 9, 3)), ("20110314", (2011, 3, 14)), ("14/03/2011 00:00", (2011, 3, 14)), ("Monday, 14 March 2011", (2011, 3, 14)),
])  # fmt: skip
def test_dates(text, day):
    assert read_date(text, "", TODAY).day == date(*day)


@pytest.mark.parametrize("text", ["07/2005", "Jul 2005", "2005", "2005-07"])
def test_a_month_is_not_a_day(text):
    assert read_date(text, "", TODAY).unknown_day


@pytest.mark.parametrize(
    "text", ["", "soon", "32/01/2011", "31/02/2011", "13/13/2011", "2011-13-01", "1", "999999", "14/03/20111"]
)
def test_what_is_no_date(text):
    found = read_date(text, "", TODAY)
    assert found.day is None and found.why


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_date_written_either_way_is_read_back_when_the_way_is_known(day, form):
    order = DMY if form.startswith("%d") else MDY
    assert read_date(day.strftime(form), order, TODAY).day == day


@given(st.lists(DAYS, min_size=1), st.sampled_from([(DMY, "%d/%m/%Y"), (MDY, "%m/%d/%Y")]))
def test_a_column_is_never_decided_wrongly(days, written):
    order, form = written
    found = order_of(day.strftime(form) for day in days)
    assert found.order in (order, "")
    assert found.ask == (not found.order and any(day.day != day.month for day in days))


@given(DAYS)
def test_a_serial_is_the_day_excel_means(day):
    assert read_date(str((day - date(1899, 12, 30)).days), "", TODAY).day == day


@given(st.text(max_size=200))
def test_no_text_breaks_a_value(text):
    tidy = values.tidy(text)
    for read in (values.read_year_group, values.read_sen, values.read_yes_no, values.read_registration, values.read_sex,
                 values.wrong_with_name, values.split_name):  # fmt: skip
        read(tidy)
    assert read_date(tidy, "", TODAY).day is None or isinstance(read_date(tidy, "", TODAY).day, date)


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data):
    try:
        read_table(data, "x.csv", score=known_headings)
    except UnreadableError as refusal:
        assert str(refusal).endswith(".")


CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.lists(st.lists(CELL, min_size=6, max_size=6), min_size=1, max_size=6))
def test_no_row_is_lost_without_a_word(rows):
    """Every row that holds anything becomes a student, or a problem that names its line."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["Admission No", "UPN", "Surname", "Forename", "DOB", "Year"])
    writer.writerows(rows)
    try:
        table = read_table(out.getvalue().encode(), "x.csv", score=known_headings)
    except UnreadableError:
        return
    file = read_rows(table, name="x.csv", format="csv", today=TODAY, dates="dmy")
    spoken = {entry.line for entry in file.entries} | {problem.line for problem in file.problems}
    cells = {row.line for row in table.rows if any(not values.is_blank(values.tidy(cell)) for cell in row.cells[:6])}
    assert cells <= spoken


@pytest.mark.parametrize("text, parts", [
    ("Ode, Amara", ("Ode", "Amara")), ("Amara Ode", ("Ode", "Amara")), ("Bo van der Berg", ("van der Berg", "Bo")),
    ("ODE Amara", ("ODE", "Amara")), ("O'NEILL SMITH Cai", ("O'NEILL SMITH", "Cai")), ("AMARA ODE", ("ODE", "AMARA")),
    ("Mononym", ("Mononym", "")), ("Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
])  # fmt: skip
def test_names_in_one_column(text, parts):
    assert values.split_name(text) == parts


def test_a_heading_may_say_that_the_surname_comes_first():
    assert values.split_name("Ode Amara Joy", surname_first=True) == ("Ode", "Amara Joy")


@pytest.mark.parametrize("text, code", [
    ("WBRI", "WBRI"), ("WBRI - White British", "WBRI"), ("White British", "WBRI"), ("Something else", None),
])  # fmt: skip
def test_ethnicity(text, code):
    assert values.read_ethnicity(text) == code


ABSENCE = [  # heading, cell, percent missed
    ("Absence %", "4.25", 4.2), ("Absence", "0", 0.0), ("Attendance %", "95.5%", 4.5), ("Percentage Attendance", "0.95", 5.0),
    ("Attendance", "100", 0.0), ("Attendance", "c", None), ("Absence", "120", None), ("Attendance", "good", None),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "cell", "missed"), ABSENCE)
def test_absence_is_read_as_absence_or_attendance_and_never_guessed(tmp_path, heading, cell, missed):
    file = read_file(tmp_path, f"Surname,Forename,Year,{heading}\nOde,Amara,10,{cell}\n")
    assert file.entries[0].absence == missed
    assert [problem.level for problem in file.problems] == ([] if missed is not None else ["warning"])


COLUMNS = [  # heading, cells, percent missed of the first; words of the one sentence said of the column
    ("Absence", ["0.05", "0.2", *["0.01"] * 20], 5.0, "read as fractions: 0.05 is 5%"),
    ("Absence", ["0.05", "12", *["0.01"] * 20], 0.1, ""),  # one of 12: a column of percents
    ("Absence", ["0.05", "0.2"], None, "whether 0.05 is 5% or 0.05%"),
    ("Absence", ["0.05%", "0.2%"], 0.1, ""),
    ("Absence", ["1", "0", "0"], 1.0, ""),
    ("Attendance", ["0.9", "95", "100"], 99.1, ""),  # nine in a thousand, beside others in percent
    ("Attendance", ["0.9", "1"], 10.0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "cells", "missed", "said"), COLUMNS)
def test_whether_a_share_is_a_fraction_is_decided_for_its_whole_column_and_said(tmp_path, heading, cells, missed, said):
    rows = "".join(f"Ode,Amara{n},10,{cell}\n" for n, cell in enumerate(cells))
    file = read_file(tmp_path, f"Surname,Forename,Year,{heading}\n{rows}")
    assert file.entries[0].absence == missed
    assert [said in problem.message for problem in file.problems] == ([True] if said else [])


@pytest.mark.parametrize(("possible", "came", "missed"), [("120", "114", 5.0), ("0", "0", None), ("100", "101", None)])
def test_absence_is_worked_out_from_a_council_s_sessions(tmp_path, possible, came, missed):
    """The attendance template of 2023: no rate, only sessions."""
    head = "STUD_ID,FORENAME,SURNAME,NCYEAR_ACTUAL,POSSIBLE_SESSIONS,ATTENDANCE_COUNT,AUTHORISED_ABSENCE,UNAUTHORISED_ABSENCE"
    file = read_file(tmp_path, f"{head}\n9,Amara,Ode,10,{possible},{came},3,3\n")
    assert file.entries[0].absence == missed
