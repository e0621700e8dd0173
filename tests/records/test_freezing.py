"""A snapshot is taken once, says what stood on its day, and nothing alters it, not even past Pathbook."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from pathbook.commands.snapshot_check import snapshot_problems
from pathbook.framework.snapshots import compare, last_due_before
from pathbook.people.visibility import command_line
from pathbook.records.actions import freezing
from pathbook.records.models import Snapshot
from pathbook.reports.snapshots import due_day, snapshots_page, take_due
from tests import make

pytestmark = pytest.mark.django_db

DUE = [  # asked on, the last due day that is over
    (date(2026, 1, 1), date(2025, 12, 31)),
    (date(2025, 12, 31), date(2025, 7, 31)),
    (date(2026, 4, 1), date(2026, 3, 31)),
    (date(2026, 7, 31), date(2026, 3, 31)),
    (date(2026, 9, 2), date(2026, 7, 31)),
]


@pytest.mark.parametrize(("asked", "due"), DUE)
def test_a_due_day_is_frozen_once_it_is_over(asked, due):
    assert last_due_before(asked) == due


def test_it_is_due_once_and_only_where_anybody_was_on_the_roll():
    school, by = make.school(), make.viewer(make.careers_leader())
    assert due_day(school, today=make.TODAY) is None
    make.students(2)
    assert due_day(school, today=make.TODAY) == date(2025, 12, 31)
    assert take_due(school, today=make.TODAY, by=by, at=make.NOW).as_of == date(2025, 12, 31)
    assert take_due(school, today=make.TODAY, by=by, at=make.NOW) is None
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE records_snapshot SET said = '{}'",
        "DELETE FROM records_snapshot",
        "INSERT OR REPLACE INTO records_snapshot SELECT * FROM records_snapshot",
    ],
)
def test_the_database_itself_refuses_to_alter_one(act):
    row = make.snapshot()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert Snapshot.objects.get().said == row.said


def test_it_keeps_what_stood_then_whatever_is_recorded_later():
    make.statement("GB1.1", "in_progress", on=date(2025, 11, 3))
    then = make.snapshot()
    make.statement("GB1.1", "met", on=date(2025, 11, 4))
    first = Snapshot.objects.get(pk=then.pk).said["benchmarks"][0]["criteria"][0]
    assert (first["status"], first["judged"]) == ("in_progress", "stated_no_evidence")
    assert then.said["set"] == then.set_id == "2025" and "Governors" not in str(then.said)


def test_july_against_december_says_what_moved():
    """GB1: of four criteria one partly by December; by July that fully and another fully: 0 of 1 to 2 of 2."""
    make.statement("GB1.1", "in_progress", on=date(2025, 11, 3))
    make.snapshot(date(2025, 12, 31))
    make.statement("GB1.1", "met", on=date(2026, 5, 1))
    make.statement("GB1.3", "met", on=date(2026, 5, 1))
    make.snapshot(date(2026, 7, 31))
    page = snapshots_page(make.school(), before="", after="")
    assert (page.before.name, page.after.name) == ("December 2025", "July 2026")
    (moved,) = page.moved
    assert (moved.id, moved.before, moved.after, moved.way) == ("GB1", "0 of 1", "2 of 2", "up")
    assert [(one.id, one.before, one.after, one.way) for one in moved.criteria] == [
        ("GB1.1", "In progress", "Met", "up"), ("GB1.3", "Not scored", "Met", "up"),
    ]  # fmt: skip


def test_nothing_differs_from_itself():
    said = make.snapshot().said
    assert all(one.way == "same" and not one.criteria for one in compare(said, said))


def altered_past_pathbook(sql, table="records_snapshot"):
    """As somebody with the file and a database browser would: the guard put aside, the change made, the guard put back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(sql)
        for _, guard in guards:
            cursor.execute(guard)


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        (
            "UPDATE records_snapshot SET said = replace(said, '\"numerator\": 0', '\"numerator\": 9')",
            "31 Dec 2025 is not as",
        ),
        ("UPDATE records_snapshot SET as_of = '2025-12-30'", "30 Dec 2025 is not as it was frozen"),
        ("DELETE FROM records_snapshot", "the snapshot of 2025-12-31 is gone"),
    ],
)
def test_check_finds_one_that_was_altered_past_the_database_s_refusal(sql, problem):
    make.students(2)
    make.snapshot()
    assert snapshot_problems() == []
    altered_past_pathbook(sql)
    assert len(found := snapshot_problems()) == 1 and problem in found[0]


def test_check_finds_that_the_database_would_no_longer_refuse():
    make.snapshot()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER records_snapshot_never_changed")
    assert "no longer refuses to change snapshots" in snapshot_problems()[0]


def test_one_frozen_before_digests_were_kept_is_told_of_and_sealed_once():
    row = make.snapshot()
    forgotten = "UPDATE audit_event SET detail = json_remove(detail, '$.digest') WHERE noun = 'snapshot'"
    altered_past_pathbook(forgotten, "audit_event")
    assert "frozen before its digest was kept" in snapshot_problems()[0]
    by = command_line(make.school())
    assert freezing.seal(school=make.school(), by=by, at=make.NOW) == [row] and snapshot_problems() == []
    assert freezing.seal(school=make.school(), by=by, at=make.NOW) == []
    altered_past_pathbook("UPDATE records_snapshot SET as_of = '2025-12-30'")
    assert "is not as it was frozen" in snapshot_problems()[0]
