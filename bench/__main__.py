"""`./run bench [--curve | --allocation | --sheets | --sign-in | --surveys]`: build schools, measure, print; exit 1 when one is over."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import allocation, sheets, sign_in, surveys
from bench.measure import Ratios
from bench.memory import server_memory
from bench.schools import ROOT, build


def measured(folder: Path, participations: int) -> dict[str, float]:
    """A process of its own for each school, because Django is set up once."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.one_school", str(folder), str(participations)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    if "--allocation" in sys.argv:
        sys.exit(0 if allocation.main() else 1)
    if "--sign-in" in sys.argv:
        sys.exit(0 if sign_in.main() else 1)
    if "--surveys" in sys.argv:
        sys.exit(0 if surveys.main() else 1)
    if "--sheets" in sys.argv:
        sys.exit(0 if sheets.main() else 1)
    table = Ratios()
    home = Path(tempfile.mkdtemp(prefix="pathbook-bench-"))
    usual = home / "usual"
    build(usual, students=1105, activities=64, years=5)
    first = measured(usual, 41_500)
    say_usual(table, first)
    before, after, database = server_memory(usual)
    table.number("server after 100 pages", before, None, " MB")
    table.number("growth over 1,000 more pages", 100 * (after - before) / before, 5, "%")
    table.number("server and database", after + database, 200, " MB")
    times = (1, 3, 10) if "--curve" in sys.argv else (1,)
    say_curve(table, {n: large(home, n) for n in times})
    sys.exit(0 if table.show() else 1)


def large(home: Path, times: int) -> dict[str, float]:
    """1,500 students with 60 activities a year, and that many times three years of history."""
    folder = home / f"large{times}"
    build(folder, students=1500, activities=60, years=3 * times)
    return measured(folder, 200_000 * times)


def say_usual(table: Ratios, found: dict[str, float]) -> None:
    table.number("participations, 1,105 students", found["participations"], None)
    table.ratio("evaluate, nothing remembered, against plain SQL", found["evaluate"], found["evaluate_plain"], 5)
    table.ratio("both sets by every group, against evaluate", found["evaluate_grouped"], found["evaluate"], 8)
    table.ratio("what if one more, nothing remembered, against evaluate", found["what_if"], found["evaluate"], 4)
    table.ratio("what if a visit of a college, the same", found["what_if_visit"], found["evaluate"], 4)
    table.number("evaluate: queries", found["evaluate_queries"], None)
    table.ratio("needs of everyone against coverage of everyone", found["needs"], found["coverage"], 10)
    table.number("needs: queries", found["needs_queries"], None)
    table.ratio("import of 1,105 against parse and executemany", found["import"], found["import_bare"], 10)
    table.number(f"log {found['log_students']:.0f}: queries", found["log_queries"], 8)
    for page, what in (("list", "students list"), ("heatmap", "heatmap")):
        rows = f"{found[f'{page}_rows']:.0f} rows"
        table.ratio(f"{what}, {rows}, against a bare page", found[page], found[f"{page}_bare"], 6)
        table.ratio(f"{what}, nothing remembered", found[f"{page}_anew"], found[f"{page}_bare"], None)
        table.number(f"{what}: queries, nothing remembered", found[f"{page}_anew_queries"], 12)


def say_curve(table: Ratios, found: dict[int, dict[str, float]]) -> None:
    """Each row against itself at one times the history: pages may not grow with it."""
    for n, one in found.items():
        table.number(f"{n}x: participations", one["participations"], None)
        for what, label in (("list", "year group, counts by kind"), ("list_anew", "the same, nothing remembered"),
                            ("heatmap", "year group, heatmap"), ("profile", "one profile"),
                            ("log", "record a year group"), ("import_dry", "dry run of 1,500"), ("import", "import of 1,500"),
                            ("whole_school", "whole school, every student"), ("evaluate", "evaluate")):  # fmt: skip
            table.ratio(f"{n}x: {label}", one[what], found[1][what], None)


if __name__ == "__main__":
    main()
