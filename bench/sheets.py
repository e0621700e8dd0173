"""`./run bench --sheets`: 240 parents' evening sheets in one PDF; how long, and how much memory at most."""

import resource
import tempfile
import time
from pathlib import Path

from bench.measure import Ratios
from bench.schools import TODAY, build, open_school

SHEETS, SECONDS, MEGABYTES = 240, 3, 300


def main() -> bool:
    folder = Path(tempfile.mkdtemp(prefix="pathbook-sheets-")) / "school"
    build(folder, students=1105, activities=64, years=2)
    first, seconds, pages = _typeset(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table = Ratios()
    table.number(f"students in one PDF (of {SHEETS})", pages, None)
    table.number("seconds to make it the first time in a new process", first, SECONDS)
    table.number("seconds to make it again, the better of two", seconds, SECONDS)
    table.number("memory at most", peak, MEGABYTES, " MB")
    return table.show()


def _typeset(folder: Path) -> tuple[float, float, int]:
    """The first time nothing is remembered: not the fonts, not what was set before."""
    open_school(folder)
    from pathbook.people.models import Enrolment, Institution, Student
    from pathbook.people.visibility import command_line
    from pathbook.sheets.students import parents_evening

    school = Institution.objects.get()
    first = Enrolment.objects.main().current(TODAY).order_by("pk").values_list("student_id", flat=True)[:SHEETS]
    students = Student.objects.filter(pk__in=list(first))
    took = []
    for _ in range(3):
        began = time.perf_counter()
        parents_evening(students, command_line(school), school, on=TODAY)
        took.append(time.perf_counter() - began)
    return took[0], min(took[1:]), students.count()
