"""Schools to measure on: the demo at a size, filled up to a number of participations by plain inserts."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 2, 5)


def build(folder: Path, *, students: int, activities: int, years: int) -> None:
    """Through the real command, in a process of its own."""
    words = ["--students", students, "--activities", activities, "--years", years, "--today", TODAY, "--build-only"]
    env = os.environ | {"PATHBOOK_DATA": str(folder)}
    subprocess.run(
        [sys.executable, "-m", "pathbook", "demo", *map(str, words)],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def open_school(folder: Path) -> None:
    """Point this process at the folder. Once only: Django is set up for one school."""
    os.environ |= {"PATHBOOK_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "pathbook.config.settings"}
    import django

    django.setup()
    from django.urls import get_resolver

    from pathbook.config.memory import settle

    assert get_resolver().url_patterns  # load the pages first, as the server has
    settle()


def fill(participations: int) -> int:
    """Add attendance until there are so many: each activity takes students enrolled in its year, in order."""
    from django.db import connection

    with connection.cursor() as cursor:
        (have,) = cursor.execute("SELECT count(*) FROM records_participation").fetchone()
        cursor.execute(
            """
            INSERT OR IGNORE INTO records_participation
              (activity_id, student_id, status, "on", hours, reflection, recorded_by, recorded_at)
            SELECT a.id, e.student_id, 'attended', a.starts_on, 1, '', 'bench', a.recorded_at
            FROM records_activity a JOIN people_enrolment e
              ON e.academic_year = a.academic_year AND e.registration = 'main' AND e.end_date IS NULL
            WHERE a.starts_on <= %s AND NOT EXISTS (
              SELECT 1 FROM records_participation p WHERE p.activity_id = a.id AND p.student_id = e.student_id)
            ORDER BY (a.id * 7919 + e.student_id * 104729) %% 1000003 LIMIT %s
            """,
            [TODAY.isoformat(), max(0, participations - have)],
        )
        (now,) = cursor.execute("SELECT count(*) FROM records_participation").fetchone()
        cursor.execute("ANALYZE")
    return int(now)
