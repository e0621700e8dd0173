"""Anyone can recompute what Pathbook shows: from the Parquet files alone, in SQL written from measures.md.

None of our Python counts anything here; where the two disagree, one of them is wrong.
"""

import json
from datetime import date

import duckdb
import pytest

from tests.journeys.conftest import School

DAYS = ("2025-10-15", "2026-02-01", "2026-07-20")
SETS = ("2025", "2018")

# Who is on the roll that day, once each, with the academic years and stages that follow from it.
BASE = """
CREATE TEMP TABLE asked AS SELECT DATE '{day}' AS as_of, CASE WHEN month(DATE '{day}') >= 9 THEN year(DATE '{day}') ELSE year(DATE '{day}') - 1 END AS ay;
CREATE TEMP TABLE pop AS
  SELECT student_id, any_value(year_group) AS yg FROM enrolments, asked
  WHERE registration = 'main' AND academic_year = ay AND start_date <= as_of AND (end_date IS NULL OR end_date >= as_of)
  GROUP BY student_id;
CREATE TEMP TABLE history AS
  SELECT student_id, academic_year, any_value(year_group) AS yg FROM enrolments WHERE registration = 'main' GROUP BY ALL;
CREATE TEMP TABLE sixteen AS
  SELECT p.student_id, make_date(coalesce(max(h.academic_year) FILTER (h.yg = 11), any_value(ay) - (any_value(p.yg) - 11)) + 1, 9, 1) AS after_16
  FROM pop p CROSS JOIN asked LEFT JOIN history h USING (student_id) GROUP BY p.student_id;
CREATE TEMP TABLE kinds AS
  SELECT activity_id, unnest(list_distinct(list_concat([kind], also, CASE WHEN kind = 'he_visit' OR list_contains(also, 'he_visit') THEN ['provider_encounter'] ELSE [] END))) AS kind FROM activities;
CREATE TEMP TABLE types AS
  SELECT activity_id, provider_type AS type FROM activities WHERE provider_type <> ''
  UNION SELECT activity_id, 'university' FROM activities WHERE kind = 'he_visit' OR list_contains(also, 'he_visit');
CREATE TEMP TABLE had AS
  SELECT pt.student_id, pt.activity_id, pt.date, pt.hours, a.meaningful, a.subject, k.kind,
         CASE WHEN month(pt.date) >= 9 THEN year(pt.date) ELSE year(pt.date) - 1 END AS in_ay
  FROM participations pt JOIN activities a USING (activity_id) JOIN kinds k USING (activity_id), asked
  WHERE pt.status = 'attended' AND pt.date <= as_of;
CREATE TEMP TABLE stage AS
  SELECT p.student_id, y.in_ay, CASE WHEN g <= 9 THEN 3 WHEN g <= 11 THEN 4 ELSE 5 END AS ks FROM (
    SELECT p.student_id, d.in_ay, coalesce(
      (SELECT h.yg FROM history h WHERE h.student_id = p.student_id AND h.academic_year = d.in_ay),
      p.yg - (ay - d.in_ay)) AS g
    FROM pop p CROSS JOIN asked CROSS JOIN (SELECT DISTINCT in_ay FROM had) d) x JOIN pop p USING (student_id) JOIN (SELECT DISTINCT in_ay FROM had) y USING (in_ay);
"""
NOW_STAGE = "CASE WHEN yg <= 9 THEN 3 WHEN yg <= 11 THEN 4 ELSE 5 END"
QUALIFIED = "SELECT 1 FROM guidance g, asked WHERE g.student_id = p.student_id AND g.status = 'held' AND g.held_date <= as_of AND g.adviser_level >= 6"


def counted(kind, more="", need=1):
    return f"(SELECT count(*) FROM had WHERE had.student_id = p.student_id AND had.kind = '{kind}' {more}) >= {need}"


def provider(kind, meaningful):
    checked = "AND had.meaningful" if meaningful else ""
    return f"EXISTS (SELECT 1 FROM had JOIN types USING (activity_id) WHERE had.student_id = p.student_id AND had.kind = 'provider_encounter' AND types.type = '{kind}' {checked})"


def all_four(meaningful):
    kinds = ("sixth_form", "fe_college", "university", "training_provider")
    return " AND ".join(provider(kind, meaningful) for kind in kinds)


THIS_YEAR = "AND had.in_ay = (SELECT ay FROM asked)"
AFTER_16 = "AND had.date >= (SELECT after_16 FROM sixteen s WHERE s.student_id = p.student_id)"
IN_STAGE = f"AND (SELECT ks FROM stage s WHERE s.student_id = p.student_id AND s.in_ay = had.in_ay) = ({NOW_STAGE.replace('yg', 'p.yg')})"
LATEST = "(SELECT arg_max(pathway, said_date) FROM aspirations a, asked WHERE a.student_id = p.student_id AND said_date <= as_of)"

# criterion -> (year groups of the denominator, condition on student p, who is in it at all)
BY_STUDENT = {
    "2025": {
        "GB2.1": ((9, 11, 13), counted("labour_market_information", IN_STAGE), "true"),
        "GB5.1": (range(7, 14), counted("employer_encounter", f"AND meaningful {THIS_YEAR}"), "true"),
        "GB6.1": ((11,), counted("workplace_experience", "AND meaningful", 2), "true"),
        "GB6.2": ((13,), counted("workplace_experience", f"AND meaningful {AFTER_16}"), "true"),
        "GB7.1": ((11,), all_four(True), "true"),
        "GB7.1.sixth_form": ((11,), provider("sixth_form", True), "true"),
        "GB7.1.fe_college": ((11,), provider("fe_college", True), "true"),
        "GB7.1.university": ((11,), provider("university", True), "true"),
        "GB7.1.training_provider": ((11,), provider("training_provider", True), "true"),
        "GB7.2": ((13,), counted("he_visit", "", 2), f"{LATEST} = 'university'"),
        "GB8.1a": ((11,), f"EXISTS ({QUALIFIED})", "true"),
        "GB8.1b": ((13,), f"EXISTS ({QUALIFIED} AND g.held_date >= (SELECT after_16 FROM sixteen s WHERE s.student_id = p.student_id))", "true"),
        "GB3.4": (range(7, 14), "EXISTS (SELECT 1 FROM readings r, asked WHERE r.student_id = p.student_id AND own_record AND read_date BETWEEN make_date(ay, 9, 1) AND as_of)", "true"),
        "GB3.5.aspiration": (range(7, 14), "EXISTS (SELECT 1 FROM aspirations a, asked WHERE a.student_id = p.student_id AND said_date BETWEEN make_date(ay, 9, 1) AND as_of)", "true"),
        "GB3.5.intention": ((11, 13), "EXISTS (SELECT 1 FROM intentions a, asked WHERE a.student_id = p.student_id AND recorded_date BETWEEN make_date(ay, 9, 1) AND as_of)", "true"),
        "GB3.3": (range(8, 14), "EXISTS (SELECT 1 FROM prior_records a, asked WHERE a.student_id = p.student_id AND a.date <= as_of)",
                  "p.yg >= 8 AND (SELECT min(start_date) FROM enrolments e WHERE e.student_id = p.student_id) >= (SELECT make_date(ay, 9, 1) FROM asked)"),
    },
    "2018": {
        "GB2.1": ((9,), counted("labour_market_information"), "true"),
        "GB5.1": (range(7, 14), counted("employer_encounter", THIS_YEAR), "true"),
        "GB6.1": ((11,), counted("workplace_experience"), "true"),
        "GB6.2": ((13,), counted("workplace_experience", AFTER_16), "true"),
        "GB7.1": ((11,), all_four(False), "true"),
        "GB8.1": ((11,), "EXISTS (SELECT 1 FROM guidance g, asked WHERE g.student_id = p.student_id AND g.status = 'held' AND g.held_date <= as_of)", "true"),
        "GB8.2": ((13,), "EXISTS (SELECT 1 FROM guidance g, asked WHERE g.student_id = p.student_id AND g.status <> 'cancelled' AND g.booked_date <= as_of AND g.booked_date >= (SELECT after_16 FROM sixteen s WHERE s.student_id = p.student_id))", "true"),
    },
}  # fmt: skip
PAIRS = """
SELECT p.yg, count(*) FILTER (EXISTS (SELECT 1 FROM had WHERE had.student_id = p.student_id AND had.kind = 'curriculum_link'
  AND had.subject = s.subject AND had.in_ay = ay)), count(*)
FROM pop p JOIN subjects s USING (student_id), asked WHERE s.academic_year = ay GROUP BY p.yg ORDER BY p.yg"""
MEETINGS = """
SELECT count(*) FILTER (has_summary AND (nothing_agreed OR EXISTS (SELECT 1 FROM actions a WHERE a.meeting_id = g.meeting_id AND a.agreed_date <= as_of))), count(*)
FROM guidance g, asked WHERE status = 'held' AND held_date BETWEEN make_date(ay, 9, 1) AND as_of"""
LEAVERS = """
SELECT count(*) FILTER (EXISTS (SELECT 1 FROM destinations d WHERE d.student_id = l.student_id AND d.as_of <= asked.as_of)), count(*)
FROM (SELECT DISTINCT student_id FROM enrolments, asked WHERE registration = 'main' AND academic_year = ay - 1 AND year_group IN (11, 13)
  AND student_id NOT IN (SELECT student_id FROM enrolments, asked WHERE registration = 'main' AND academic_year = ay AND start_date <= as_of)) l, asked"""

DONE = "SELECT 1 FROM actions a WHERE a.meeting_id = g.meeting_id AND a.outcome = 'done' AND a.closed_date <= as_of"
HELD = "FROM guidance g, asked WHERE g.status = 'held' AND NOT g.elsewhere AND g.held_date BETWEEN make_date(ay, 9, 1) AND as_of"
AGREED = "EXISTS (SELECT 1 FROM actions a WHERE a.meeting_id = g.meeting_id AND a.agreed_date <= as_of)"
READ = "EXISTS (SELECT 1 FROM readings r WHERE r.student_id = g.student_id AND r.reader_role = 'form_tutor' AND NOT own_record AND r.read_date BETWEEN g.held_date AND g.held_date + 14)"
# figure -> what is counted, and among which of the meetings held
LOOP = {
    "loop.summary": ("has_summary", "true"),
    "loop.agreed": (AGREED, "true"),
    "loop.closed": (f"EXISTS ({DONE})", AGREED),
    "loop.proved": (f"EXISTS ({DONE} AND a.has_evidence)", AGREED),
    "use.read14": (READ, "has_summary AND g.held_date + 14 <= as_of"),
}
ACTED_ON = f"EXISTS (SELECT 1 FROM guidance g, asked WHERE g.student_id = p.student_id AND g.status = 'held' AND g.held_date <= as_of AND EXISTS ({DONE}))"
YEAR_11 = (
    f"SELECT count(*) FILTER (EXISTS ({QUALIFIED})), count(*) FILTER ({ACTED_ON}), count(*) FROM pop p WHERE yg = 11"
)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """A demo school of 330, its extract, and what Pathbook itself says of it on each day under each set."""
    folder = tmp_path_factory.mktemp("proof")
    school = School(folder / "school", today="2026-07-20")
    school.demo("--students", 330, "--years", 4, "--seed", 3)
    school.pathbook("extract", folder / "extract")
    said = {
        (set_id, day): json.loads(school.pathbook("evaluate", "--set", set_id, "--as-of", day, "--json"))
        for set_id in SETS
        for day in DAYS
    }
    return folder / "extract", said


@pytest.fixture(scope="module")
def equity(extracted):
    """Every share by every kind of group, on the last of the days."""
    folder, _ = extracted
    shown = School(folder.parent / "school", today="2026-07-20").pathbook("evaluate", "--equity", "--json")
    return {one["by"]: one["criteria"] for one in json.loads(shown)["equity"]}


@pytest.fixture(params=DAYS)
def asked(request, extracted):
    """An engine with the tables of the extract as views, asked about one day."""
    folder, said = extracted
    engine = duckdb.connect()
    for file in folder.glob("*.parquet"):
        engine.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM '{file}'")
    engine.execute(BASE.format(day=request.param))
    return engine, request.param, said


def rows_of(evaluation):
    rows = {}
    for benchmark in evaluation["benchmarks"]:
        for criterion in benchmark["criteria"]:
            rows[criterion["id"]] = criterion
            rows |= {part["id"]: part for part in criterion.get("parts", [])}
    return rows


def test_the_population_is_the_roll_of_the_day(asked):
    engine, day, said = asked
    ((on_roll,),) = engine.execute("SELECT count(*) FROM pop").fetchall()
    assert on_roll == 330
    assert rows_of(said["2025", day])["GB5.1"]["denominator"] == on_roll


@pytest.mark.parametrize(("set_id", "criterion"), [(s, c) for s, rows in BY_STUDENT.items() for c in rows])
def test_a_criterion_counted_by_student(asked, set_id, criterion):
    engine, day, said = asked
    groups, condition, member = BY_STUDENT[set_id][criterion]
    counted_rows = engine.execute(
        f"SELECT yg, count(*) FILTER ({condition}), count(*) FROM pop p WHERE {member} GROUP BY yg ORDER BY yg"
    ).fetchall()
    mine = rows_of(said[set_id, day])[criterion]
    shown = [(row["year_group"], row["numerator"], row["denominator"]) for row in mine["by_year_group"]]
    assert shown == counted_rows
    due = [row for row in counted_rows if row[0] in groups]
    assert (mine["numerator"], mine["denominator"]) == (sum(r[1] for r in due), sum(r[2] for r in due))


GROUPED = """SELECT {way}, count(*) FILTER ({condition}), count(*) FROM pop p
JOIN (SELECT e.*, c.* EXCLUDE (student_id, academic_year, start_date) FROM enrolments e
  JOIN circumstances c USING (student_id, academic_year, start_date) WHERE registration = 'main') e USING (student_id), asked
WHERE e.academic_year = ay AND e.start_date <= as_of AND (e.end_date IS NULL OR e.end_date >= as_of) GROUP BY ALL"""
WAYS = {
    "absence": "absence", "ethnicity": "ethnic_group", "tutor": "tutor_group",
    "sex": "CASE sex WHEN 'F' THEN 'Female' WHEN 'M' THEN 'Male' ELSE 'Not known' END",
    "eal": "if(eal, 'English as an additional language', 'English first')",
    "carer": "if(young_carer, 'Young carer', 'Not a young carer')",
}  # fmt: skip


@pytest.mark.parametrize("asked", DAYS[-1:], indirect=True)
@pytest.mark.parametrize("way", WAYS)
def test_each_group_s_share_of_a_criterion_and_what_is_hidden_is_one_of_its_groups(asked, equity, way):
    engine, _, _ = asked
    _, condition, _ = BY_STUDENT["2025"]["GB5.1"]
    counted_rows = engine.execute(GROUPED.format(way=WAYS[way], condition=condition)).fetchall()
    (mine,) = [one for one in equity[way] if one["id"] == "GB5.1"]
    shown = {(one["group"], one["numerator"], one["denominator"]) for one in mine["groups"] if not one["hidden"]}
    assert shown <= set(counted_rows) and {one["group"] for one in mine["groups"]} == {row[0] for row in counted_rows}
    assert shown or way != "absence"


def test_pairs_of_student_and_subject(asked):
    engine, day, said = asked
    mine = rows_of(said["2025", day])["GB4.1"]
    rows = engine.execute(PAIRS).fetchall()
    assert [(r["year_group"], r["numerator"], r["denominator"]) for r in mine["by_year_group"]] == rows
    assert (mine["numerator"], mine["denominator"]) == (sum(r[1] for r in rows), sum(r[2] for r in rows))


def test_meetings_written_up_and_destinations_of_leavers(asked):
    engine, day, said = asked
    mine = rows_of(said["2025", day])
    for criterion, query in (("GB3.2", MEETINGS), ("GB3.5.destination", LEAVERS)):
        assert (mine[criterion]["numerator"], mine[criterion]["denominator"]) == engine.execute(query).fetchone()


@pytest.mark.parametrize("figure", LOOP)
def test_a_figure_of_the_loop(asked, figure):
    engine, day, said = asked
    counted_by, among = LOOP[figure]
    (mine,) = [one for one in said["2025", day]["loop"] if one["id"] == figure]
    row = engine.execute(f"SELECT count(*) FILTER ({counted_by}), count(*) {HELD} AND {among}").fetchone()
    assert (mine["numerator"], mine["denominator"]) == row


def test_the_gap_between_benchmark_8_and_benchmark_3(asked):
    engine, day, said = asked
    had, acted_on, year_11 = engine.execute(YEAR_11).fetchone()
    gap = said["2025", day]["gap"]
    assert (gap["guidance"]["numerator"], gap["guidance"]["denominator"]) == (had, year_11)
    assert (gap["acted_on"]["numerator"], gap["acted_on"]["denominator"]) == (acted_on, year_11)
    assert gap["points"] == whole_percent(had, year_11) - whole_percent(acted_on, year_11)


def whole_percent(of, out_of):
    return min(max(int(100 * of / out_of + 0.5), 1), 99) if 0 < of < out_of else 100 * of // out_of


def test_the_loop_had_something_to_count_by_the_end_of_the_year(extracted):
    _, said = extracted
    assert all(0 < one["numerator"] < one["denominator"] for one in said["2025", DAYS[-1]]["loop"])


def test_there_was_something_to_count(extracted):
    """A proof over zeros proves nothing: in July most criteria have begun."""
    _, said = extracted
    begun = [row for row in rows_of(said["2025", DAYS[-1]]).values() if row.get("numerator")]
    assert len(begun) >= 15


def test_the_days_are_in_one_academic_year():
    assert {date.fromisoformat(day).month for day in DAYS} == {10, 2, 7}
