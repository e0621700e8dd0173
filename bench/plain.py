"""The same counts as `evaluate`, written as plain SQL on the same SQLite file: every quantity criterion, every year group.

One pass over what students did, added up by student and then by year group; no facts, no verdicts, no statuses.
"""

from collections import defaultdict

YEAR, AS_OF = 2025, "2026-02-05"
Counts = dict[str, dict[int, tuple[int, int]]]
TYPES = ("sixth_form", "fe_college", "university", "training_provider")


def _kind(code: str) -> str:
    return f"(kind = '{code}' OR also LIKE '%\"{code}\"%')"


MAINS = """
CREATE TEMP TABLE plain_mains AS SELECT student_id, academic_year, year_group, max(start_date) AS since
FROM people_enrolment WHERE registration = 'main' GROUP BY student_id, academic_year"""
# Student x academic year -> the year group they were in, or would have been in.
HISTORY = f"""
CREATE TEMP TABLE plain_history AS
WITH RECURSIVE years(year) AS (SELECT min(academic_year) FROM records_activity UNION ALL SELECT year + 1 FROM years WHERE year < {YEAR}),
  here AS (SELECT student_id, year_group AS now, max(start_date) FROM people_enrolment WHERE registration = 'main'
           AND academic_year = {YEAR} AND start_date <= '{AS_OF}' AND (end_date IS NULL OR end_date >= '{AS_OF}') GROUP BY student_id)
SELECT student_id, now, year, year_group + year - academic_year AS year_group FROM (
  SELECT h.student_id, h.now, y.year, m.academic_year, m.year_group, row_number() OVER (
    PARTITION BY h.student_id, y.year ORDER BY abs(m.academic_year - y.year), m.academic_year) AS nearest
  FROM here h CROSS JOIN years y JOIN plain_mains m ON m.student_id = h.student_id) WHERE nearest = 1"""
HISTORY_KEY = "CREATE UNIQUE INDEX plain_history_of ON plain_history (student_id, year)"
POPULATION = f"""
CREATE TEMP TABLE plain_population AS SELECT h.student_id, h.now AS year_group, (coalesce(e.year, {YEAR} - (h.now - 11)) + 1) || '-09-01'
  AS after_16, f.first_day
FROM plain_history h JOIN (SELECT student_id, min(start_date) AS first_day FROM people_enrolment GROUP BY student_id) f
  ON f.student_id = h.student_id
LEFT JOIN (SELECT student_id, max(academic_year) AS year FROM plain_mains WHERE year_group = 11 GROUP BY student_id) e
  ON e.student_id = h.student_id WHERE h.year = {YEAR}"""
POPULATION_KEY = "CREATE UNIQUE INDEX plain_population_of ON plain_population (student_id)"
ACTIVITIES = f"""
CREATE TEMP TABLE plain_activity AS SELECT id AS activity_id, subject, technical, meaningful, coalesce(provider_id, 0) AS provider,
  {_kind("employer_encounter")} AS employer, {_kind("workplace_experience")} AS workplace, {_kind("he_visit")} AS he,
  {_kind("provider_encounter")} OR {_kind("he_visit")} AS provides, {_kind("labour_market_information")} AS market,
  {_kind("curriculum_link")} AS link,
  CASE WHEN {_kind("he_visit")} THEN 'university' ELSE provider_type END AS type
FROM records_activity WHERE withdrawn_at IS NULL"""
ACTIVITIES_KEY = "CREATE UNIQUE INDEX plain_activity_of ON plain_activity (activity_id)"
# One row a participation that could count, with the year group its student was in.
DONE = f"""
CREATE TEMP TABLE plain_done AS
SELECT t.student_id, t.status = 'attended' AS came, t.hours, t."on", a.*, h.year, h.year_group AS then_in, h.now
FROM records_participation t JOIN plain_activity a ON a.activity_id = t.activity_id
JOIN plain_history h ON h.student_id = t.student_id
  AND h.year = CAST(substr(t."on", 1, 4) AS INTEGER) - (substr(t."on", 6, 2) < '09')
WHERE t."on" <= '{AS_OF}' AND (t.status = 'attended' OR (t.status <> 'withdrawn' AND a.technical))"""
ACCESS = "technical AND provides AND (then_in NOT IN (9, 11, 13) OR \"on\" < (year + 1) || '-03-01') AND then_in"
SUMS = {
    "market": "came AND market AND (then_in BETWEEN 7 AND 9) = (now BETWEEN 7 AND 9) AND (then_in BETWEEN 10 AND 11) = (now BETWEEN 10 AND 11)"
              " AND (then_in BETWEEN 12 AND 13) = (now BETWEEN 12 AND 13)",
    "employers": f"came AND employer AND meaningful AND year = {YEAR}",
    "workplaces": "came AND workplace AND meaningful",
    "workplaces_after": "came AND workplace AND meaningful AND \"on\" >= p.after_16",
    "ks3_hours": "(came AND workplace AND then_in BETWEEN 7 AND 9) * hours",
    "ks4_hours": "(came AND workplace AND then_in BETWEEN 10 AND 11) * hours",
    **{code: f"came AND provides AND meaningful AND type = '{code}'" for code in TYPES},
    "he_visits": "came AND he",
    "access3": f"{ACCESS} BETWEEN 12 AND 13",
}  # fmt: skip
PLACES = "".join(
    f""", CASE WHEN sum(came AND {ACCESS} BETWEEN {first} AND {last}) >= 2
      AND count(DISTINCT CASE WHEN came AND {ACCESS} BETWEEN {first} AND {last} THEN provider END) > 1 THEN 1 ELSE 0 END AS access{phase}"""
    for phase, first, last in ((1, 8, 9), (2, 10, 11))
)
STUDENTS = f"""
CREATE TEMP TABLE plain_student AS SELECT p.year_group, {", ".join(f"coalesce(sum({test}), 0) AS {name}" for name, test in SUMS.items())}{PLACES}
FROM plain_population p LEFT JOIN plain_done d ON d.student_id = p.student_id GROUP BY p.student_id"""
COUNTED = {
    "GB2.1": "market >= 1", "GB5.1": "employers >= 1", "GB6.1": "workplaces >= 2", "GB6.2": "workplaces_after >= 1",
    "GB6.G1": "ks3_hours >= 25", "GB6.G2": "ks4_hours >= 25", "GB7.1": " AND ".join(f"{code} >= 1" for code in TYPES),
    **{f"GB7.1.{code}": f"{code} >= 1" for code in TYPES}, "PAL.1": "access1", "PAL.2": "access2", "PAL.3": "access3 >= 2",
}  # fmt: skip
ALL = f"SELECT year_group, count(*), {', '.join(f'sum({test})' for test in COUNTED.values())} FROM plain_student GROUP BY year_group"


def _is(test: str, among: str = "1") -> str:
    return f"SELECT p.year_group, sum({test}), count(*) FROM plain_population p WHERE {among} GROUP BY p.year_group"


def _dated(table: str, column: str) -> str:
    return f"p.student_id IN (SELECT student_id FROM {table} WHERE {column} BETWEEN '{YEAR}-09-01' AND '{AS_OF}')"


HELD = f"""EXISTS (SELECT 1 FROM records_guidancemeeting m WHERE m.student_id = p.student_id AND m.status = 'held'
  AND m.held_on <= '{AS_OF}' AND m.adviser_level >= 6"""
AGREED = "(SELECT min(agreed_on) FROM records_action x WHERE x.meeting_id = m.id)"
OTHERS: dict[str, str] = {
    "GB3.2": f"""SELECT g.year_group, sum(m.summary <> '' AND CASE WHEN {AGREED} IS NULL THEN m.nothing_agreed ELSE {AGREED} <= '{AS_OF}' END),
      count(*) FROM records_guidancemeeting m JOIN (SELECT student_id, year_group, max(academic_year) FROM plain_mains GROUP BY student_id) g
      ON g.student_id = m.student_id WHERE m.status = 'held' AND m.held_on BETWEEN '{YEAR}-09-01' AND '{AS_OF}' GROUP BY 1""",
    "GB3.3": _is(f"p.student_id IN (SELECT student_id FROM records_priorrecord WHERE received_on <= '{AS_OF}')",
                 f"p.year_group >= 8 AND p.first_day >= '{YEAR}-09-01'"),
    "GB3.4": _is(f"""p.student_id IN (SELECT student_id FROM audit_event WHERE verb = 'read_own'
      AND at >= '{YEAR}-08-31 23:00' AND at < date('{AS_OF}', '+1 day'))"""),
    "GB3.5.aspiration": _is(_dated("records_aspiration", "said_on")),
    "GB3.5.intention": _is(_dated("records_intention", "recorded_on")),
    "GB3.5.destination": f"""SELECT l.year_group, sum(l.student_id IN (SELECT student_id FROM records_destination WHERE as_of <= '{AS_OF}')),
      count(*) FROM plain_mains l WHERE l.academic_year = {YEAR - 1} AND l.year_group IN (11, 13) AND l.student_id NOT IN (
        SELECT student_id FROM people_enrolment WHERE registration = 'main' AND academic_year = {YEAR} AND start_date <= '{AS_OF}')
      GROUP BY 1""",
    "GB4.1": f"""SELECT p.year_group, sum(d.subject IS NOT NULL), count(*) FROM plain_population p
      JOIN people_subjectstudied s ON s.student_id = p.student_id AND s.academic_year = {YEAR}
      LEFT JOIN (SELECT DISTINCT student_id, subject FROM plain_done WHERE came AND link AND year = {YEAR}) d
      ON d.student_id = p.student_id AND d.subject = s.subject GROUP BY 1""",
    "GB7.2": _is("p.student_id IN (SELECT student_id FROM plain_done WHERE came AND he GROUP BY student_id HAVING count(*) >= 2)",
                 f"""(SELECT x.pathway FROM records_aspiration x WHERE x.student_id = p.student_id AND x.said_on <= '{AS_OF}'
                   ORDER BY x.said_on DESC, x.pathway LIMIT 1) = 'university'"""),
    "GB8.1a": _is(f"{HELD})"),
    "GB8.1b": _is(f"{HELD} AND m.held_on >= p.after_16)"),
}  # fmt: skip
TABLES = ("plain_mains", "plain_history", "plain_population", "plain_activity", "plain_done", "plain_student")


def count_all(cursor) -> Counts:
    """Every count: criterion -> year group -> (numerator, denominator)."""
    for statement in (
        MAINS,
        HISTORY,
        HISTORY_KEY,
        POPULATION,
        POPULATION_KEY,
        ACTIVITIES,
        ACTIVITIES_KEY,
        DONE,
        STUDENTS,
    ):
        cursor.execute(statement)
    found: Counts = defaultdict(dict)
    for group, out_of, *numerators in cursor.execute(ALL).fetchall():
        for criterion, of in zip(COUNTED, numerators, strict=True):
            found[criterion][group] = (of, out_of)
    for criterion, query in OTHERS.items():
        for group, of, out_of in cursor.execute(query).fetchall():
            found[criterion][group] = (of, out_of)
    for table in TABLES:
        cursor.execute(f"DROP TABLE {table}")
    return found
