"""Charts: the numbers drawn are the numbers of the table, letters are large enough, nothing is over its weight or runs."""

import re
from collections import Counter
from datetime import date, timedelta
from random import Random
from xml.etree import ElementTree

import pytest

from pathbook.framework.shares import Share
from pathbook.reports.charts.bars import Bar, bars
from pathbook.reports.charts.dots import TOO_FEW, Pair, dots
from pathbook.reports.charts.draw import Chart, short
from pathbook.reports.charts.matrix import matrix
from pathbook.reports.charts.years import Panel, years
from pathbook.reports.timeline import LANES, Happening, strip_of

GROUPS = [Bar(f"{year}{form}", Share(n + year, 30)) for n, form in enumerate("ABCDEF") for year in range(7, 12)]
YEARS = [
    Panel(n, f"Benchmark number {n}", "What is counted, in rather a long line of words",
          tuple((f"20{at}/{at + 1}", Share(n * at, 200)) for at in range(22, 26)))
    for n in range(1, 9)
]  # fmt: skip
PAIRS = [Pair(f"Measure {n}", Share(n, 20), Share(3 * n, 80)) for n in range(1, 18)] + [Pair("Few", None, None)]
STEPS = ("Sixth form", "FE college", "University", "Apprenticeship", "Work", "Training", "None of these", "Not known")
CELLS = {(row, column): 7 * at + down for at, row in enumerate(STEPS) for down, column in enumerate(STEPS)}
CELLS["Work", "Work"] = None
CHARTS = {
    "bars": bars("bars", "10B is furthest behind", "Group", [*GROUPS, Bar("12Z", None)]),
    "years": years("years", "Employers up 12 points", YEARS),
    "dots": dots("dots", "Pupil premium: 4 of 9 behind", "Pupil premium", PAIRS),
    "matrix": matrix("matrix", "62% of leavers did as they meant", STEPS, CELLS),
}


def drawn(chart: Chart):
    return {"wide": chart.wide, "narrow": chart.narrow}


def letters(svg):
    return [node.text for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def numbers(texts):
    return {n for said in texts for n in re.findall(r"\d[\d,]*", said)}


@pytest.mark.parametrize("name", CHARTS)
def test_every_number_drawn_stands_in_the_table(name):
    chart = CHARTS[name]
    table = numbers([*chart.heads, *(cell for row in chart.rows for cell in row)])
    for svg in drawn(chart).values():
        shown = numbers(text for text in letters(svg))
        assert shown and shown - {"1", "4"} <= table | {str(n) for n in range(1, 9)}, shown - table


def test_every_bar_says_its_share_and_is_as_long():
    chart = CHARTS["bars"]
    for svg in drawn(chart).values():
        assert [t for t in letters(svg) if "%" in t or "hidden" in t] == [row[1] for row in chart.rows]
        tracks = re.findall(r'width="([\d.]+)" height="\d+" fill="#ffffff"', svg)
        full = re.findall(r'width="([\d.]+)" height="\d+" fill="#7a1f5c"', svg)
        assert [round(100 * float(w) / float(tracks[0])) for w in full] == [bar.share.percent for bar in GROUPS]


def test_every_dot_lies_where_its_share_is():
    chart = CHARTS["dots"]
    for svg, x, width in ((chart.wide, 316, 348), (chart.narrow, 8, 110)):
        places = [round(100 * (float(cx) - x) / width) for cx in re.findall(r'<circle cx="([\d.]+)"', svg)]
        assert places == [p for pair in PAIRS[:-1] for p in (pair.others.percent, pair.group.percent)]
        assert [t for t in letters(svg) if "point" in t or t in ("level", TOO_FEW)] == [row[3] for row in chart.rows]


def test_every_year_lies_where_its_share_is_and_the_last_is_written():
    chart = CHARTS["years"]
    for svg in drawn(chart).values():
        places = [round(100 * (122 - float(cy)) / 70) for cy in re.findall(r'cy="([\d.]+)"', svg)]
        assert places == [share.percent for panel in YEARS for _, share in panel.years]
        assert [t for t in letters(svg) if "%" in t] == [f"{panel.years[-1][1].percent}%" for panel in YEARS]


def test_every_cell_of_the_matrix_is_written_and_a_hidden_one_says_so():
    chart = CHARTS["matrix"]
    cells = [cell.replace("hidden", "*") for row in chart.rows for cell in row[1:]]
    for svg in drawn(chart).values():
        assert [t for t in letters(svg) if re.fullmatch(r"\d+|\*", t)] == cells


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_light_has_no_style_and_nothing_that_runs(name):
    for svg in drawn(CHARTS[name]).values():
        assert len(svg.encode()) <= 30_000, len(svg.encode())
        assert "style" not in svg and "<script" not in svg and " on" not in re.sub(r">[^<]*<|\"[^\"]*\"", "", svg)
        assert not re.search(r'(href|src)="', svg) and 'role="img"' in svg


@pytest.mark.parametrize("name", CHARTS)
def test_letters_are_12_pixels_or_more_on_a_phone_of_320(name):
    """The page leaves 288 of the 320, and a panel 254 of those."""
    root = ElementTree.fromstring(CHARTS[name].narrow)
    scale = min(1, 254 / float(root.get("width")))
    assert float(root.get("font-size")) * scale >= 12


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_drawn_falls_outside_its_sheet(name):
    for svg in drawn(CHARTS[name]).values():
        root = ElementTree.fromstring(svg)
        width, height = float(root.get("width")), float(root.get("height"))
        assert all(float(x) <= width for x in re.findall(r' (?:x|cx)="([\d.]+)"', svg))
        assert all(float(y) <= height for y in re.findall(r' (?:y|cy)="([\d.]+)"', svg))


def test_a_name_that_looks_like_markup_is_written_not_obeyed():
    chart = bars("b", "<script>", "Group", [Bar('<b onload="x">', Share(1, 2))])
    assert "<b " not in chart.wide and "<script" not in chart.wide and "&lt;b onload" in chart.wide


def test_a_chart_of_nothing_is_a_sheet_all_the_same():
    for chart in (
        bars("b", "None", "Group", []),
        dots("d", "None", "x", []),
        years("y", "None", []),
        matrix("m", "None", [], {}),
    ):
        for svg in drawn(chart).values():
            assert letters(svg) == [] and chart.rows == ()


def test_words_too_long_are_cut_with_a_mark():
    assert short("Labour market information", width=70) == "Labour m…"
    assert short("Short", width=70) == "Short"


def test_titles_have_ten_words_at_most():
    assert all(len(chart.title.split()) <= 10 for chart in CHARTS.values())


def test_the_strip_of_a_students_years_draws_what_its_table_counts():
    """Mark by mark: in the column of its year, in the lane of its kind, filled or hollow."""
    rng, lanes = Random(5), [code for code, _, _ in LANES]
    days = [date(2022, 9, 1) + timedelta(days=rng.randrange(1400)) for _ in range(90)]
    happened = [Happening(rng.choice(lanes), day, rng.choice(["counts", "planned", "not"]), "") for day in days]
    strip = strip_of(happened, {2022: 8, 2025: 11}, on=date(2026, 2, 5))
    drawn = Counter((mark.css, *_stands(strip, mark)) for mark in strip.marks)
    for line in strip.table:
        for lane, cell in enumerate(line.cells):
            counted, planned = (drawn[css, line.group, lane] for css in "mp")
            said = ([str(counted)] if counted else []) + ([f"{planned} planned"] if planned else [])
            assert cell == (", ".join(said) or "none")
    assert sum(drawn.values()) == len(happened)


def _stands(strip, mark):
    """Year group and lane of the middle of a mark, from its path."""
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", mark.path)]
    x, y = numbers[0], numbers[1]
    x += 6.5 if re.search(r"a6.5|h13v", mark.path) else 5 if mark.css == "x" else 0
    lane = min(range(len(strip.lanes)), key=lambda n: abs(strip.lanes[n].y - y))
    return max(year.group for year in strip.years if year.x <= x + 0.1), lane
