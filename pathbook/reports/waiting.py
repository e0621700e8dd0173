"""What waits for this person whatever the figures say: activities to confirm, missed meetings, placements."""

from collections.abc import Sequence
from datetime import date

from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.reports.missed import how_many_wait
from pathbook.reports.placements import WAITING, waiting_of, waits_in_words
from pathbook.reports.todos import Todo


def waiting_todos(
    viewer: Viewer, school: Institution, *, on: date, unconfirmed: Sequence[str], written: int | None
) -> list[Todo]:
    """`unconfirmed`: titles of activities that have happened (reports.programme_now). Four queries at most."""
    return [*_unconfirmed(unconfirmed, on), *_missed(viewer, school, on, written), *_placements(viewer, school, on)]


def _unconfirmed(titles: Sequence[str], on: date) -> list[Todo]:
    if not titles:
        return []
    one, many = "activity has happened and is not confirmed", "activities have happened and are not confirmed"
    url = f"/activities/?year={AcademicYear.of(on).start}&show=unconfirmed"
    return [Todo(len(titles), one if len(titles) == 1 else many, url, ", ".join(titles[:3]), "Confirm", url)]


def _missed(viewer: Viewer, school: Institution, on: date, written: int | None) -> list[Todo]:
    if not viewer.may(access.GUIDANCE, access.WRITE):
        return []
    number = how_many_wait(viewer, school, on=on, written=written)
    if not number:
        return []
    said = "missed meeting needs" if number == 1 else "missed meetings need"
    url = "/guidance/missed/"
    return [Todo(number, f"{said} a new date or a reason why none", url, "Longest waiting first.", "Give one", url)]


def _placements(viewer: Viewer, school: Institution, on: date) -> list[Todo]:
    """Not approved yet: how many wait for what, in one line."""
    if not viewer.may(access.PROGRAMME, access.WRITE):
        return []
    board = waiting_of(viewer, school, on=on)
    if not board.waiting:
        return []
    many = "work placement is not approved yet" if board.waiting == 1 else "work placements are not approved yet"
    url = f"/placements/?state={WAITING}"
    return [Todo(board.waiting, many, url, waits_in_words(board), "See them", url)]
