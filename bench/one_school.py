"""What is measured on one school: evaluation, lists, heatmap, logging, import. Run in a process of its own."""

import csv
import json
import sqlite3
import sys
import tempfile
import time
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bench.measure import in_turn, median
from bench.schools import TODAY, fill, open_school

if TYPE_CHECKING:
    from pathbook.people.models import Institution

NOW = datetime(2026, 2, 5, 10, 0, tzinfo=ZoneInfo("Europe/London"))
DAY_FOR_EIGHT = ("employer_encounter", (8,), TODAY, 180)  # a second employer day for Year 8
VISIT = ("provider_encounter", (10, 11), TODAY, 360, "fe_college", True)  # a college comes to Years 10 and 11
COLUMNS = {"list": 12, "heatmap": 17}  # cells of a row


def main(folder: str, participations: int) -> dict[str, float]:
    open_school(Path(folder))
    found: dict[str, float] = {"participations": fill(participations)}
    found |= evaluation() | needing() | pages() | logging() | importing()
    return found


def evaluation() -> dict[str, float]:
    """The whole school under one set, nothing remembered, against the same counts in plain SQL, checked to be the same."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.plain import count_all
    from pathbook.framework.evaluate import evaluate
    from pathbook.people.models import Institution
    from pathbook.records.facts import school_facts

    school = Institution.objects.get()
    with CaptureQueriesContext(connection) as queries:
        school_facts(school, as_of=TODAY)
    with connection.cursor() as cursor:
        _same(count_all(cursor), school_facts(school, as_of=TODAY))
        plain = median(lambda: count_all(cursor), 3)
    ours = median(lambda: evaluate(school_facts(school, as_of=TODAY), "2025", TODAY), 3)
    grouped = median(lambda: _by_every_group(school), 3)
    asked, visit = median(lambda: _what_if(school, *DAY_FOR_EIGHT), 3), median(lambda: _what_if(school, *VISIT), 3)
    return {
        "evaluate": ours, "evaluate_plain": plain, "evaluate_grouped": grouped, "evaluate_queries": len(queries), "what_if": asked,
        "what_if_visit": visit,
    }  # fmt: skip


def _what_if(school: "Institution", *idea: Any) -> None:
    """One more activity; nothing remembered."""
    from pathbook.framework.what_if import Idea
    from pathbook.reports.evaluation import forget
    from pathbook.reports.forecast import answer_at_once

    forget()
    answer_at_once(school, Idea(*idea), set_id="2025", as_of=TODAY)


def _by_every_group(school: "Institution") -> None:
    """Both sets with every breakdown by group, small groups hidden; nothing remembered."""
    from pathbook.framework.sets import SETS
    from pathbook.reports.equity import equity_of
    from pathbook.reports.evaluation import forget

    forget()
    for set_id in SETS:
        equity_of(school, set_id=set_id, as_of=TODAY)


def needing() -> dict[str, float]:
    """What every student needs next, against who has had what: the whole school, nothing remembered."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from pathbook.needs.queries import needs_of_school
    from pathbook.people.models import Institution
    from pathbook.reports.coverage import coverage_of

    school = Institution.objects.get()
    with CaptureQueriesContext(connection) as queries:
        needs_of_school(school, as_of=TODAY)
    needs = median(lambda: needs_of_school(school, as_of=TODAY), 3)
    coverage = median(lambda: coverage_of(school, set_id="2025", as_of=TODAY), 3)
    return {"needs": needs, "coverage": coverage, "needs_queries": len(queries)}


def _same(plain, facts) -> None:
    """A ratio of two different answers would say nothing."""
    from pathbook.framework.judge import count, judge_facts
    from pathbook.framework.measures import PROVIDER_ACCESS, SET_2025

    judged = judge_facts(facts.students, "2025", TODAY)
    parts = (part for one in SET_2025 for part in one.parts)
    for row in (*(one for one in SET_2025 if not one.sums_parts), *parts, *PROVIDER_ACCESS):
        ours = {g: (share.of, share.out_of) for g, share in count(row, judged, facts, TODAY).by_year_group.items()}
        assert ours == plain[row.id], row.id


def _client():
    from django.test import Client

    from pathbook.people.models import RoleHeld

    client = Client()
    client.force_login(RoleHeld.objects.get(role="careers_leader").account)
    return client


def _bare_client():
    """Asks for a bare page in the same way as ours: a view, a template, the same number of rows and cells, no more.

    Its address is added to ours, so that the two can be asked for in turn; its handler has no middleware.
    """
    from django.http import HttpResponse
    from django.template import engines
    from django.test import Client, override_settings
    from django.urls import get_resolver, path

    page = engines["django"].from_string(
        "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
    )

    @cache
    def data(rows: int, columns: int) -> list[list[str]]:
        return [[f"cell {n} of {m}" for n in range(columns)] for m in range(rows)]

    def bare(request, rows: int, columns: int):
        return HttpResponse(page.render({"rows": data(rows, columns)}))

    class Urls:
        urlpatterns = (path("bare/<int:rows>/<int:columns>/", bare), *get_resolver().url_patterns)

    override_settings(ROOT_URLCONF=Urls).enable()
    client = Client()
    with override_settings(MIDDLEWARE=[]):
        client.get("/bare/1/1/")  # the handler made now is the one it keeps
    return client


def pages() -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from pathbook.people.models import Student
    from pathbook.reports.evaluation import forget

    bare, client, found = _bare_client(), _client(), {}
    year = Student.objects.filter(enrolments__academic_year=2025, enrolments__year_group=11)
    key = year.order_by("pk").first().key
    for name, url in (
        ("list", "/students/?year=11&per=300"), ("heatmap", "/coverage/?year=11&rows=students&per=300"),
        ("profile", f"/students/{key}/"), ("whole_school", "/coverage/?rows=students"), ("home", "/"),
    ):  # fmt: skip
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            body = client.get(url).content
        found |= {f"{name}_queries": len(queries), f"{name}_rows": body.count(b"<tr")}
        same = f"/bare/{found[f'{name}_rows']}/{COLUMNS.get(name, 12)}/"
        found[name], found[f"{name}_bare"] = in_turn(lambda url=url: client.get(url), lambda same=same: bare.get(same))
        found[f"{name}_anew"] = median(lambda url=url: (forget(), client.get(url)), 5)
        forget()
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        found[f"{name}_anew_queries"] = len(queries)
    return found


def logging() -> dict[str, float]:
    """Recording a whole year group, undone each time."""
    from datetime import timedelta

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from pathbook.people.keys import new_key
    from pathbook.people.models import Enrolment, Institution, RoleHeld
    from pathbook.people.visibility import viewer_of
    from pathbook.records.actions import log
    from pathbook.records.actions.programme import Details

    school = Institution.objects.get()
    leader = viewer_of(RoleHeld.objects.get(role="careers_leader").account, TODAY)
    pks = list(Enrolment.objects.main().current(TODAY).filter(year_group=10).values_list("student_id", flat=True))
    statuses = dict.fromkeys(pks, "attended")
    moments = iter(NOW + timedelta(seconds=n) for n in range(1000))

    def record() -> None:
        at = next(moments)
        log.log(details=Details("Fair", "employer_encounter", TODAY), statuses=statuses, token=new_key(), school=school,
                by=leader, at=at, on=TODAY)  # fmt: skip

    with CaptureQueriesContext(connection) as queries:
        record()
    return {"log": median(record), "log_queries": len(queries), "log_students": len(pks)}


def importing() -> dict[str, float]:
    """A roll of the school's own size: its dry run, and bringing it in anew against a bare table."""
    from pathbook.exchange.roll import apply as applying
    from pathbook.exchange.roll.reading import read_roll
    from pathbook.people.models import Enrolment, Institution
    from pathbook.people.visibility import command_line

    size = Enrolment.objects.main().current(TODAY).count()
    folder = Path(tempfile.mkdtemp())
    file = _roll(folder / "roll.csv", size)
    empty = Institution.objects.create(name="Empty", urn=999999)
    choices = applying.Choices(on=TODAY)
    who = command_line(empty)

    def dry() -> None:
        applying.preview(file=read_roll(file, today=TODAY), school=empty, choices=choices)

    taken_dry = median(dry, 3)
    start = time.perf_counter()
    applying.apply(file=read_roll(file, today=TODAY), school=empty, choices=choices, by=who, at=NOW)
    taken = time.perf_counter() - start
    return {"import": taken, "import_dry": taken_dry, "import_bare": _bare_import(file, folder), "import_rows": size}


def _roll(path: Path, size: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file)
        write.writerow(
            [
                "Admission No",
                "Surname",
                "Forename",
                "Date of Birth",
                "Sex",
                "Year Group",
                "Reg Group",
                "SEN",
                "Pupil Premium",
            ]
        )
        for n in range(size):
            year = 7 + n % 7
            write.writerow([f"X{n:06}", f"Family{n}", f"Given{n % 97}", f"{14 + n % 14}/0{1 + n % 8}/{2025 - year - 4}",
                            "FM"[n % 2], f"Year {year}", f"{year}{'ABCDEF'[n % 6]}", "NNK"[n % 3], "YN"[n % 2]])  # fmt: skip
    return path


def _bare_import(file: Path, folder: Path) -> float:
    """Parse the file and `executemany` into one bare table, with the same durability."""

    def bare() -> None:
        target = folder / f"bare{time.perf_counter_ns()}.sqlite3"
        with sqlite3.connect(target) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=FULL")
            database.execute("CREATE TABLE roll (a, b, c, d, e, f, g, h, i)")
            with file.open(newline="", encoding="utf-8") as rows:
                database.executemany("INSERT INTO roll VALUES (?,?,?,?,?,?,?,?,?)", list(csv.reader(rows))[1:])

    return median(bare, 3)


if __name__ == "__main__":
    json.dump(main(sys.argv[1], int(sys.argv[2])), sys.stdout)
