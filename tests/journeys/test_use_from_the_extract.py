"""`pathbook use --json` counted again from the Parquet files alone, in SQL written from measures.md."""

import json
from datetime import date

import duckdb
import pytest

from tests.journeys.conftest import School

DAYS = ("2025-12-01", "2026-02-05", "2026-07-20")
HERE = """CREATE OR REPLACE TEMP TABLE here AS SELECT DISTINCT e.student_id, e.year_group FROM enrolments e
WHERE e.registration = 'main' AND e.academic_year = {year} AND e.start_date <= DATE '{day}'
AND (e.end_date IS NULL OR e.end_date >= DATE '{day}')"""
BETWEEN = "BETWEEN DATE '{year}-09-01' AND DATE '{day}'"
OF_KIND = "(list_contains(list_append(a.also, a.kind), '{kind}'){more})"
TOOK = """EXISTS (SELECT 1 FROM participations p JOIN activities a USING (activity_id) WHERE p.student_id = h.student_id
AND p.status = 'attended' AND p.date {between} AND {which})"""
SAID = "EXISTS (SELECT 1 FROM {table} s WHERE s.student_id = h.student_id AND s.{on} {between} {more})"
KINDS = ("employer_encounter", "workplace_experience", "provider_encounter", "he_visit", "labour_market_information",
         "curriculum_link", "careers_lesson", "transition_event")  # fmt: skip
HELD = """CREATE OR REPLACE TEMP TABLE held AS SELECT g.*,
    EXISTS (SELECT 1 FROM actions a WHERE a.meeting_id = g.meeting_id AND a.agreed_date <= DATE '{day}') AS agreed
FROM guidance g WHERE g.status = 'held' AND NOT g.elsewhere AND g.held_date BETWEEN DATE '{year}-09-01' AND DATE '{day}'"""
DONE = """EXISTS (SELECT 1 FROM actions a WHERE a.meeting_id = h.meeting_id AND a.outcome = 'done'
    AND a.closed_date <= DATE '{day}' {more})"""
READ = """EXISTS (SELECT 1 FROM readings r WHERE r.student_id = h.student_id AND r.reader_role = 'form_tutor'
    AND r.read_date BETWEEN h.held_date AND least(h.held_date + 14, DATE '{day}'))"""
OPEN = "a.agreed_date <= DATE '{day}' AND (a.closed_date IS NULL OR a.closed_date > DATE '{day}')"
HOLDERS = """SELECT DISTINCT staff_id FROM staff_roles WHERE {role} AND start_date <= DATE '{day}'
    AND (end_date IS NULL OR end_date >= DATE '{day}')"""
LISTED = """SELECT staff_id FROM staff WHERE listed AND (start_date IS NULL OR start_date <= DATE '{day}')
    AND (end_date IS NULL OR end_date >= DATE '{day}')"""
CAME = """EXISTS (SELECT 1 FROM staff_days d WHERE d.staff_id = s.staff_id AND d.kind = '{kind}'
    AND d.date BETWEEN DATE '{day}' - {since} AND DATE '{day}')"""


@pytest.fixture(scope="module")
def proof(tmp_path_factory):
    """A demo school of 330, its extract, and what Pathbook says on each day."""
    folder = tmp_path_factory.mktemp("use")
    school = School(folder / "school", today=DAYS[-1])
    school.demo("--students", 330, "--years", 2, "--seed", 3)
    school.pathbook("extract", folder / "extract")
    said = {day: json.loads(school.pathbook("use", "--json", "--as-of", day)) for day in DAYS}
    engine = duckdb.connect()
    for file in (folder / "extract").glob("*.parquet"):
        engine.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM '{file}'")
    return engine, said


def said_of(answer):
    return {one["id"]: one for name in ("record", "reach", "use", "loop") for one in answer[name]}


def counts(figures, term=None):
    """Id -> numerator and denominator, now or at the end of a term."""
    at = {
        id: one if term is None else next(t for t in one["trend"] if t["term"] == term) for id, one in figures.items()
    }
    return {id: (one["numerator"], one["denominator"]) for id, one in at.items()}


def of_students(day):
    year = year_of(day)
    between = BETWEEN.format(year=year, day=day)
    which = {
        f"record.{kind}": OF_KIND.format(
            kind=kind,
            more=" OR list_contains(list_append(a.also, a.kind), 'he_visit')" * (kind == "provider_encounter"),
        )
        for kind in KINDS
    }
    took = {
        id: (TOOK.format(between=between, which=one), "true") for id, one in {**which, "record.any": "true"}.items()
    }
    said = {
        "record.aspiration": ("aspirations", "said_date", "", "true"),
        "record.intention": ("intentions", "recorded_date", "", "h.year_group IN (11, 13)"),
        "record.guidance_meeting": ("guidance", "held_date", "AND s.status = 'held'", "true"),
        "use.opened_own": ("readings", "read_date", "AND s.own_record", "true"),
    }
    return took | {
        id: (SAID.format(table=table, on=on, between=between, more=more), among)
        for id, (table, on, more, among) in said.items()
    }


def of_meetings(day):
    done, proved = DONE.format(day=day, more=""), DONE.format(day=day, more="AND a.has_evidence")
    return {
        "loop.summary": ("h.has_summary", "true"), "loop.agreed": ("h.agreed", "true"), "loop.closed": (done, "h.agreed"),
        "loop.proved": (proved, "h.agreed"),
        "use.read14": (READ.format(day=day), f"h.has_summary AND h.held_date + 14 <= DATE '{day}'"),
    }  # fmt: skip


def year_of(day):
    year, month, _ = map(int, day.split("-"))
    return year if month >= 9 else year - 1


def recounted(engine, day):
    """Every figure but the staff's, on that day."""
    engine.execute(HERE.format(year=year_of(day), day=day))
    engine.execute(HELD.format(year=year_of(day), day=day))
    found = {}
    for table, figures in (("here", of_students(day)), ("held", of_meetings(day))):
        for id, (true, among) in figures.items():
            rows = engine.execute(f"SELECT count(*) FILTER ({true}), count(*) FROM {table} h WHERE {among}")
            found[id] = rows.fetchone()
    told = f"SELECT count(*) FILTER (student_said IN ('helped', 'happened') AND student_said_date <= DATE '{day}'), count(*)"
    found["use.confirmed"] = engine.execute(f"{told} FROM held h WHERE h.agreed").fetchone()
    late = f"SELECT count(*) FILTER (a.due_date < DATE '{day}'), count(*) FROM actions a WHERE {OPEN.format(day=day)}"
    found["use.overdue"] = engine.execute(late).fetchone()
    between = BETWEEN.format(year=year_of(day), day=day)
    seen = f"SELECT count(*) FILTER (result = 'seen'), count(*) FROM observations WHERE seen_date {between}"
    found["use.observed"] = engine.execute(seen).fetchone()
    return found


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_of_students_and_meetings_as_it_stands(proof, day):
    engine, said = proof
    ours, theirs = recounted(engine, day), counts(said_of(said[day]))
    assert ours == {id: both for id, both in theirs.items() if not id.startswith(("reach.", "gap."))}
    assert sum(0 < of < out_of for of, out_of in ours.values()) >= 12, "a figure of nobody proves nothing"


def test_the_trend_is_the_same_count_at_the_end_of_each_term(proof):
    engine, said = proof
    terms = {"2024/25 autumn": "2024-12-31", "2024/25 spring": "2025-04-15", "2024/25 summer": "2025-08-31",
             "2025/26 autumn": "2025-12-31", "2025/26 spring": "2026-02-05"}  # fmt: skip
    figures = said_of(said["2026-02-05"])
    assert [one["term"] for one in figures["record.any"]["trend"]] == list(terms)
    for term, day in terms.items():
        theirs = {id: both for id, both in counts(figures, term).items() if not id.startswith(("reach.", "gap."))}
        assert recounted(engine, day) == theirs, term


def of_staff(engine, day, who, which):
    return engine.execute(f"SELECT count(*) FILTER ({which}), count(*) FROM ({who}) s").fetchone()


@pytest.mark.parametrize("day", DAYS)
def test_staff_who_signed_in_by_role_who_were_trained_and_who_have_an_account(proof, day):
    engine, said = proof
    theirs = {id: both for id, both in counts(said_of(said[day])).items() if id.startswith("reach.")}
    holders, listed = HOLDERS.format(role="true", day=day), LISTED.format(day=day)
    working = HOLDERS.format(role="role NOT IN ('governor', 'trust_lead')", day=day)
    ours = {
        "reach.accounts": of_staff(engine, day, f"{listed} UNION {holders}", f"staff_id IN ({holders})"),
        "reach.training": of_staff(
            engine, day, f"{listed} UNION {working}", CAME.format(kind="trained", day=day, since="INTERVAL 2 YEAR")
        ),
    }
    lately = CAME.format(kind="signed_in", day=day, since="42")
    for id in theirs.keys() - ours.keys():
        role = id.removeprefix("reach.signed_in").removeprefix(".")
        held = HOLDERS.format(role=f"role = '{role}'" if role else "true", day=day)
        ours[id] = of_staff(engine, day, held, lately)
    assert ours == theirs and len(theirs) > 10
    assert ours["reach.training"][0] > 0 and ours["reach.signed_in"][0] > 0


@pytest.mark.parametrize("day", DAYS)
def test_the_gap_between_benchmarks_8_and_3_in_whole_students(proof, day):
    engine, said = proof
    engine.execute(HERE.format(year=year_of(day), day=day))
    had = f"""EXISTS (SELECT 1 FROM guidance g WHERE g.student_id = h.student_id AND g.status = 'held'
        AND g.adviser_level >= 6 AND g.held_date <= DATE '{day}')"""
    acted = f"""EXISTS (SELECT 1 FROM actions a JOIN guidance g USING (meeting_id) WHERE a.student_id = h.student_id
        AND g.status = 'held' AND g.held_date <= DATE '{day}' AND a.outcome = 'done' AND a.closed_date <= DATE '{day}')"""
    had_by, acted_for, out_of = engine.execute(
        f"SELECT count(*) FILTER ({had}), count(*) FILTER ({acted}), count(*) FROM here h WHERE h.year_group = 11"
    ).fetchone()
    gap = said_of(said[day])["gap.gb8_gb3"]
    assert (gap["numerator"], gap["denominator"]) == (had_by - acted_for, out_of) and had_by > 0


def test_the_shape_of_the_answer(proof):
    _, said = proof
    for day, answer in said.items():
        assert list(answer) == ["as_of", "record", "reach", "use", "loop"] and answer["as_of"] == day
        for one in said_of(answer).values():
            assert {"id", "numerator", "denominator", "trend"} <= set(one)
            last = one["trend"][-1]
            assert (last["numerator"], last["denominator"]) == (one["numerator"], one["denominator"])
            assert date.fromisoformat(day) and last["term"].startswith("2025/26 ")
