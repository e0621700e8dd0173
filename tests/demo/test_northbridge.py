"""The demo school as its command builds it: the numbers promised, nothing after its day, the same from the same seed."""

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

import duckdb
import pytest

from tests import warm
from tests.journeys.conftest import ROOT, School

TODAY = "2026-02-05"


def built(folder, *words, today=TODAY):
    school = School(folder, today=today)
    school.said = school.demo(*words)
    return school


def tables_of(school, folder):
    school.pathbook("extract", folder)
    engine = duckdb.connect()
    for file in folder.glob("*.parquet"):
        engine.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM '{file}'")
    return engine


@pytest.fixture(scope="module")
def northbridge(tmp_path_factory):
    folder = tmp_path_factory.mktemp("northbridge")
    school = built(folder / "school")
    school.tables = tables_of(school, folder / "extract")
    school.rows = lambda query: school.tables.execute(query).fetchall()
    return school


ON_ROLL = f"""SELECT * FROM enrolments WHERE registration = 'main' AND academic_year = 2025
AND start_date <= DATE '{TODAY}' AND coalesce(end_date >= DATE '{TODAY}', true)"""


def test_the_roll_is_as_promised(northbridge):
    said = northbridge.rows(f"""SELECT count(*), count(DISTINCT student_id), count(DISTINCT tutor_group),
        count(*) FILTER (ehcp), count(*) FILTER (sen = 'K'), count(*) FILTER (pupil_premium), count(*) FILTER (looked_after)
        FROM ({ON_ROLL})""")
    assert said == [(1105, 1105, 39, 41, 138, 287, 7)]
    groups = northbridge.rows(
        f"SELECT year_group, count(*), count(DISTINCT tutor_group) FROM ({ON_ROLL}) GROUP BY 1 ORDER BY 1"
    )
    assert groups == [(7, 180, 6), (8, 180, 6), (9, 180, 6), (10, 180, 6), (11, 180, 6), (12, 110, 5), (13, 95, 4)]


def test_a_year_of_voice_monitoring_and_reading_is_as_promised(northbridge):
    """742 of 1,105 answered, 12 book looks, 8 conversations, 10 rooms walked past, 8 walkthroughs, 31 of 39 tutors reading: counted from the extract alone."""
    said = northbridge.rows("""SELECT max(out_of) FROM survey_results
        WHERE template = 'student_voice' AND part = 'all' AND opens_date >= DATE '2025-09-01'""")
    looks = northbridge.rows("""SELECT kind, count(*) FILTER (look = first) FROM observations,
        (SELECT kind AS of_kind, min(look) AS first FROM observations GROUP BY 1) WHERE kind = of_kind
        AND seen_date >= DATE '2025-09-01' GROUP BY 1 ORDER BY 1""")
    reading = northbridge.rows(f"""SELECT count(DISTINCT tutor_group) FROM ({ON_ROLL}) JOIN readings USING (student_id)
        WHERE reader_role = 'form_tutor' AND read_date >= DATE '{TODAY}' - 41""")
    assert (said, looks, reading) == (
        [(742,)],
        [("book_look", 12), ("conversation", 8), ("learning_walk", 10), ("walkthrough", 8)],
        [(31,)],
    )


def test_the_forecast_of_past_years_held_what_came_nine_times_in_ten(northbridge):
    """From 1 February of each whole year: every criterion and year group in which something could still change."""
    said = json.loads(northbridge.pathbook("forecast", "--score", "--as-of", "2026-02-01", "--json"))
    assert said["open"] >= 100 and said["held"] >= 0.9 * said["open"], said["missed"]
    assert said["certain_and_wrong"] == 0


def test_five_years_of_64_activities_and_about_8300_participations(northbridge):
    years = northbridge.rows("""SELECT academic_year, count(DISTINCT activity_id), count(*)
        FROM participations JOIN activities USING (activity_id) GROUP BY 1 ORDER BY 1""")
    assert [year for year, *_ in years] == [2021, 2022, 2023, 2024, 2025]
    assert {activities for _, activities, _ in years} == {64}
    assert all(8100 <= count <= 8500 for *_, count in years)
    assert 41_000 <= sum(count for *_, count in years) <= 42_000


def test_about_340_meetings_a_year_with_2_4_actions_each(northbridge):
    years = northbridge.rows("""SELECT year(held_date - INTERVAL 8 MONTH) AS y, count(*) FROM guidance
        WHERE status = 'held' AND held_date < DATE '2025-09-01' GROUP BY 1""")
    assert len(years) == 4
    assert all(300 <= held <= 380 for _, held in years)
    ((actions,),) = northbridge.rows(
        "SELECT count(*) / (SELECT count(*) FROM guidance WHERE status = 'held') FROM actions"
    )
    assert 2.2 <= actions <= 2.6


def test_72_teachers_and_a_door_for_every_role(northbridge):
    with sqlite3.connect(northbridge.folder / "pathbook.sqlite3") as db:
        roles = {role for (role,) in db.execute("SELECT DISTINCT role FROM people_roleheld")}
        teachers = db.execute("SELECT count(*) FROM people_staff WHERE level IS NULL").fetchone()
    assert teachers == (72,)
    assert roles >= {"careers_leader", "adviser", "form_tutor", "subject_teacher", "head_of_year", "sendco",
                     "senior_leader", "governor", "data_manager", "it_admin", "dpo"}  # fmt: skip
    for door in ("Careers leader, Priya Raman", "Form tutor of 10C", "Data manager", "Link governor"):
        assert door in northbridge.said


def test_nothing_is_recorded_after_its_day_but_what_is_planned(northbridge):
    late = northbridge.rows(f"""
        SELECT 'participation' FROM participations WHERE status <> 'planned' AND date > DATE '{TODAY}'
        UNION ALL SELECT 'planned before' FROM participations WHERE status = 'planned' AND date <= DATE '{TODAY}'
        UNION ALL SELECT 'meeting' FROM guidance WHERE greatest(booked_date, held_date) > DATE '{TODAY}'
        UNION ALL SELECT 'action' FROM actions WHERE greatest(agreed_date, closed_date) > DATE '{TODAY}'
        UNION ALL SELECT 'aspiration' FROM aspirations WHERE said_date > DATE '{TODAY}'
        UNION ALL SELECT 'intention' FROM intentions WHERE recorded_date > DATE '{TODAY}'
        UNION ALL SELECT 'destination' FROM destinations WHERE as_of > DATE '{TODAY}'
        UNION ALL SELECT 'prior' FROM prior_records WHERE date > DATE '{TODAY}'
        UNION ALL SELECT 'reading' FROM readings WHERE read_date > DATE '{TODAY}'
        UNION ALL SELECT 'enrolment' FROM enrolments WHERE greatest(start_date, end_date) > DATE '{TODAY}'""")
    assert late == []
    with sqlite3.connect(northbridge.folder / "pathbook.sqlite3") as db:
        stamped = [
            t
            for (t,) in db.execute(
                "SELECT DISTINCT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'recorded_at'"
            )
        ]
        assert len(stamped) >= 7
        for table in stamped:
            assert db.execute(f"SELECT count(*) FROM {table} WHERE recorded_at >= '2026-02-06'").fetchone() == (0,), (
                table
            )


def test_something_is_planned_and_booked(northbridge):
    assert northbridge.rows("SELECT count(*) > 0 FROM participations WHERE status = 'planned'") == [(True,)]
    assert northbridge.rows("SELECT count(*) > 0 FROM guidance WHERE status = 'booked'") == [(True,)]


def test_it_is_uneven_on_purpose(northbridge):
    """Some forms are asked less; some students are steady and some are not; some checklists are not complete."""
    per_head = dict(
        northbridge.rows("""SELECT e.tutor_group, count(*) / count(DISTINCT p.student_id) FROM participations p
        JOIN activities a USING (activity_id) JOIN enrolments e ON e.student_id = p.student_id AND e.academic_year = a.academic_year
        WHERE p.status = 'attended' AND e.year_group = 10 GROUP BY 1""")
    )
    assert max(per_head["10C"], per_head["10E"]) < min(per_head[form] for form in ("10A", "10B", "10D", "10F"))
    unfinished = northbridge.rows(
        "SELECT count(*) FROM activities WHERE kind = 'employer_encounter' AND NOT meaningful"
    )
    assert unfinished[0][0] > 0
    assert {s for s, in northbridge.rows("SELECT DISTINCT status FROM participations")} == {
        "planned", "attended", "absent", "excused", "withdrawn"}  # fmt: skip


def test_a_fair_has_its_exhibitors(northbridge):
    with sqlite3.connect(northbridge.folder / "pathbook.sqlite3") as db:
        most = db.execute("SELECT max(n) FROM (SELECT count(*) AS n FROM records_activity_others GROUP BY activity_id)")
        assert most.fetchone() == (24,)


def test_the_same_seed_gives_the_same_extract_to_the_byte(tmp_path):
    """The second from nothing: in a process that scatters its sets another way."""
    words = ("--students", 120, "--years", 2, "--seed", 9)
    for n, extra in enumerate((words, words, (*words[:-1], 10))):
        school = School(tmp_path / f"school{n}")
        by = warm.cold if n == 1 else warm.pathbook
        ran = by("demo", "--build-only", "--today", TODAY, *extra, "--data", school.folder, env=school.env)
        assert ran.returncode == 0, ran.stderr
        if n:  # the folder's own secret makes an adviser's key: with one secret there is one key
            shutil.copy(tmp_path / "school0/pathbook.json", school.folder)
        school.pathbook("extract", tmp_path / f"extract{n}")
    files = sorted(file.name for file in (tmp_path / "extract0").glob("*.parquet"))
    first, second, other = ([(tmp_path / f"extract{n}" / f).read_bytes() for f in files] for n in range(3))
    assert first == second
    assert sum(a != b for a, b in zip(first, other, strict=True)) >= 10


@pytest.mark.parametrize(("students", "years", "activities"), [(1, 1, 1), (1, 5, 64), (30, 3, 64), (300, 2, 10)])
def test_any_size_works_and_can_be_asked_about(tmp_path, students, years, activities):
    school = built(tmp_path / "s", "--students", students, "--years", years, "--activities", activities)
    said = json.loads(school.pathbook("evaluate", "--json"))
    (employers,) = (c for b in said["benchmarks"] for c in b["criteria"] if c["id"] == "GB5.1")
    assert employers["denominator"] == students


def test_as_many_participations_as_asked(tmp_path):
    school = built(tmp_path / "s", "--students", 150, "--years", 2, "--activities", 60, "--participations", 6600)
    rows = tables_of(school, tmp_path / "x").execute("SELECT count(*) FROM participations").fetchone()
    assert rows[0] == pytest.approx(13_200, rel=0.03)


def test_a_real_school_is_refused_also_one_of_an_older_version(tmp_path):
    school = School(tmp_path / "real")
    school.pathbook("init", "--name", "Real School", "--urn", 123456)
    database = tmp_path / "real" / "pathbook.sqlite3"
    with sqlite3.connect(database) as db:
        db.execute("DELETE FROM django_migrations WHERE app = 'records'")
    db.close()
    ran = warm.pathbook("demo", "--build-only", "--data", tmp_path / "real", env=school.env)
    assert ran.returncode == 1
    assert "holds a real school. Name another folder with --data" in ran.stderr
    with sqlite3.connect(database) as db:
        assert db.execute("SELECT name FROM people_institution").fetchall() == [("Real School",)]


def test_served_again_it_is_not_built_again(tmp_path):
    """What somebody tried out in the demo yesterday is still there today."""
    words = ("--students", 30, "--years", 2)
    school = built(tmp_path / "s", *words)
    with sqlite3.connect(tmp_path / "s" / "pathbook.sqlite3") as db:
        db.execute("UPDATE records_activity SET title = 'Tried out' WHERE id = 1")
    db.close()
    env = {k: v for k, v in school.env.items() if k != "PATHBOOK_TODAY"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "pathbook", "demo", *map(str, words), "--port", str(port), "--data", str(tmp_path / "s")],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env=env,
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/")
                break
            except OSError:
                time.sleep(0.1)
        assert answer.status == 200
        said = [server.stdout.readline() for _ in range(6)]
        assert "on 5 Feb 2026" in said[0]
        link = next(line for line in said if "Careers leader" in line).split()[-1]
        assert urllib.request.urlopen(link).status == 200
    finally:
        server.terminate()
        server.wait(10)
    with sqlite3.connect(tmp_path / "s" / "pathbook.sqlite3") as db:
        assert db.execute("SELECT title FROM records_activity WHERE id = 1").fetchone() == ("Tried out",)
