"""The plainest way to the same counts: SQL on the same SQLite file, no dates of a student's own, no reasons."""

YEAR, AS_OF = 2025, "2026-02-05"

POPULATION = f"""
  SELECT student_id, year_group FROM people_enrolment
  WHERE registration = 'main' AND academic_year = {YEAR} AND start_date <= '{AS_OF}' AND (end_date IS NULL OR end_date >= '{AS_OF}')"""


def _had(where: str, need: int = 1) -> str:
    return f"""SELECT p.year_group, count(*), sum(p.student_id IN (
      SELECT t.student_id FROM records_participation t JOIN records_activity a ON a.id = t.activity_id
      WHERE t.status = 'attended' AND t."on" <= '{AS_OF}' AND a.withdrawn_at IS NULL AND {where}
      GROUP BY t.student_id HAVING count(*) >= {need})) FROM ({POPULATION}) p GROUP BY p.year_group"""


THIS_YEAR = f"t.\"on\" >= '{YEAR}-09-01'"
COUNTS = (
    _had(f"a.kind = 'labour_market_information' AND {THIS_YEAR}"),
    _had(f"(a.kind = 'employer_encounter' OR a.also LIKE '%employer_encounter%') AND a.meaningful AND {THIS_YEAR}"),
    _had("a.kind = 'workplace_experience' AND a.meaningful", 2),
    _had(f"a.kind = 'workplace_experience' AND a.meaningful AND t.\"on\" >= '{YEAR - 1}-09-01'"),
    *(_had(f"a.kind IN ('provider_encounter', 'he_visit') AND a.provider_type = '{kind}' AND a.meaningful")
      for kind in ("sixth_form", "fe_college", "university", "training_provider")),
    _had("a.kind = 'he_visit'", 2),
    _had(f"a.technical AND {THIS_YEAR}", 2),
    f"""SELECT p.year_group, count(*), sum(EXISTS (SELECT 1 FROM records_participation t JOIN records_activity a ON a.id = t.activity_id
      WHERE t.student_id = p.student_id AND t.status = 'attended' AND t."on" <= '{AS_OF}' AND a.kind = 'curriculum_link'
      AND a.subject = s.subject AND {THIS_YEAR})) FROM ({POPULATION}) p JOIN people_subjectstudied s ON s.student_id = p.student_id
      WHERE s.academic_year = {YEAR} GROUP BY p.year_group""",
    *(f"""SELECT p.year_group, count(*), sum(EXISTS (SELECT 1 FROM {table} x WHERE x.student_id = p.student_id AND {where}))
      FROM ({POPULATION}) p GROUP BY p.year_group"""
      for table, where in (
        ("records_guidancemeeting", "x.status = 'held' AND x.adviser_level >= 6"),
        ("records_aspiration", f"x.said_on >= '{YEAR}-09-01'"),
        ("records_intention", f"x.recorded_on >= '{YEAR}-09-01'"),
        ("audit_event", f"x.verb = 'read_own' AND x.at >= '{YEAR}-09-01'"),
      )),
)  # fmt: skip


def count_all(cursor) -> int:
    """Run them all; returns how many rows came back, so that nothing is skipped."""
    return sum(len(cursor.execute(query).fetchall()) for query in COUNTS)
