"""The loop that Pathbook shows, counted again from the Parquet files alone, in SQL written from measures.md."""

import json
import os

import duckdb
import pytest

from tests import warm
from tests.journeys.conftest import School

DAYS = ("2025-12-01", "2026-02-05", "2026-07-20")
ASK = """
import json, sys
from datetime import date
import django
django.setup()
from pathbook.people.models import Institution
from pathbook.framework.loop import loop_of
from pathbook.records.loop_facts import meeting_facts
school, said = Institution.objects.get(), {}
for day in sys.argv[1:]:
    asked = date.fromisoformat(day)
    held = meeting_facts(school, as_of=asked)
    loop = loop_of(held, asked)
    said[day] = {one.step.id: [one.share.of, one.share.out_of] for one in loop.figures}
    theirs = {name: loop_of([one for one in held if one.adviser == name], asked) for name in {one.adviser for one in held}}
    said[day]["advisers"] = sorted([[f.share.of, f.share.out_of] for f in one.figures] for one in theirs.values())
print(json.dumps(said))
"""
HELD = """
CREATE OR REPLACE TEMP TABLE held AS SELECT g.*,
    EXISTS (SELECT 1 FROM actions a WHERE a.meeting_id = g.meeting_id AND a.agreed_date <= DATE '{day}') AS agreed
FROM guidance g WHERE g.status = 'held' AND NOT g.elsewhere AND g.held_date BETWEEN DATE '2025-09-01' AND DATE '{day}'"""
DONE = "EXISTS (SELECT 1 FROM actions a WHERE a.meeting_id = h.meeting_id AND a.outcome = 'done' AND a.closed_date <= DATE '{day}' {more})"
READ = """EXISTS (SELECT 1 FROM readings r WHERE r.student_id = h.student_id AND r.reader_role = 'form_tutor'
    AND r.read_date BETWEEN h.held_date AND least(h.held_date + 14, DATE '{day}'))"""


@pytest.fixture(scope="module")
def proof(tmp_path_factory):
    """A demo school of 330, its extract, and what Pathbook itself counts on each day."""
    folder = tmp_path_factory.mktemp("loop")
    school = School(folder / "school", today=DAYS[-1])
    school.demo("--students", 330, "--years", 2, "--seed", 3)
    school.pathbook("extract", folder / "extract")
    env = os.environ | {"PATHBOOK_DATA": str(folder / "school"), "DJANGO_SETTINGS_MODULE": "pathbook.config.settings"}
    ran = warm.pathbook(*DAYS, env=env, code=ASK)
    assert ran.returncode == 0, ran.stderr
    engine = duckdb.connect()
    for file in (folder / "extract").glob("*.parquet"):
        engine.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM '{file}'")
    return engine, json.loads(ran.stdout)


@pytest.mark.parametrize("day", DAYS)
def test_each_step_of_the_loop(proof, day):
    engine, said = proof
    engine.execute(HELD.format(day=day))
    done, proved = DONE.format(day=day, more=""), DONE.format(day=day, more="AND a.has_evidence")
    counted = {
        "loop.summary": ("h.has_summary", "true"),
        "loop.agreed": ("h.agreed", "true"),
        "loop.closed": (done, "h.agreed"),
        "loop.proved": (proved, "h.agreed"),
        "use.read14": (READ.format(day=day), f"h.has_summary AND h.held_date + 14 <= DATE '{day}'"),
    }
    assert by_adviser(engine, counted) == [one for one in said[day].pop("advisers") if one[0][1]]
    ours = {
        step: list(engine.execute(f"SELECT count(*) FILTER ({true}), count(*) FROM held h WHERE {among}").fetchone())
        for step, (true, among) in counted.items()
    }
    assert ours == said[day]
    assert all(0 < of < out_of for of, out_of in ours.values())


def by_adviser(engine, counted):
    """The same for each adviser, whose name is not in the extract: so in the order of the figures."""
    ids = [row[0] for row in engine.execute("SELECT DISTINCT adviser_id FROM held").fetchall()]
    assert len(ids) > 1 and not any("Okafor" in one for one in ids)
    asked = {
        one: [
            list(engine.execute(
                f"SELECT count(*) FILTER ({true}), count(*) FROM held h WHERE h.adviser_id = ? AND {among}", [one]
            ).fetchone())
            for true, among in counted.values()
        ]
        for one in ids
    }  # fmt: skip
    return sorted(asked.values())
