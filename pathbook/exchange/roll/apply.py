"""An import, applied: read the roll, plan, write, and keep what it takes to undo it, all in one transaction."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.exchange.models import ImportRun
from pathbook.exchange.roll.bulk import collector_paused
from pathbook.exchange.roll.entry import RollFile
from pathbook.exchange.roll.known import load_roll
from pathbook.exchange.roll.plan import CHANGED, LEAVING, NEW, SAME, Choices, Plan
from pathbook.exchange.roll.planning import Progress, make_plan, silent
from pathbook.exchange.roll.writing import Written, write
from pathbook.framework.years import AcademicYear
from pathbook.people.keys import new_key
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.actions import inviting
from pathbook.records.actions.inviting import Invited


class NotApplied(Exception):
    """The import was refused at the last moment; nothing has changed. Holds the plan that was refused."""

    def __init__(self, message: str, plan: Plan) -> None:
        super().__init__(message)
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done. A file that changed nothing leaves a run too: the roll is known to be fresh.

    `lists`: who joined and left the lists of names that rules fill.
    """

    plan: Plan
    run: ImportRun
    lists: Invited


def preview(*, file: RollFile, school: Institution, choices: Choices, progress: Progress = silent) -> Plan:
    """What an import would do, in a fixed number of queries; writes nothing."""
    year = AcademicYear.of(choices.on).start
    before = ImportRun.objects.filter(
        institution=school, academic_year=year, whole_roll=True, state=ImportRun.State.APPLIED
    ).exists()
    return make_plan(file, load_roll(school, year=year, whole_roll_before=before), choices, progress)


@collector_paused()
def apply(
    *, file: RollFile, school: Institution, choices: Choices, by: Viewer, at: datetime, sha256: str = "",
    accept: Callable[[Plan], str] = lambda plan: "", progress: Progress = silent, key: str = "",
) -> Applied:  # fmt: skip
    """Import a file: all of it or nothing. The plan is made again inside the transaction, on the roll as it then is.

    `accept` is shown that plan and may refuse it with a sentence (NotApplied); a second import waits for the first. The same
    `key` is never applied twice: the import it made is given back.
    """
    with transaction.atomic():
        plan = preview(file=file, school=school, choices=choices, progress=progress)
        if refusal := accept(plan) or _unusable(file, plan):
            raise NotApplied(refusal, plan)
        if done := ImportRun.objects.filter(institution=school, key=key or "-").first():
            return Applied(plan, done, Invited())
        written = write(plan, school, choices.on, progress)
        run = _keep(file, plan, written, school, choices, by, at, sha256, key or new_key())
        progress("Writing the log", 0, 1)
        record.changes(by=by, at=at, of=_changes(run, plan, written))
        lists = inviting.keep_up(school=school, by=by, at=at, on=choices.on)
    progress("Done", 1, 1)
    return Applied(plan, run, lists)


def _unusable(file: RollFile, plan: Plan) -> str:
    """A file of which no row can be used is not a roll, and must not make everybody leave."""
    if any(step.entry for step in plan.steps):
        return ""
    first = next((p for p in plan.errors() if p.line), None) or next(iter(plan.errors()), None)
    why = (
        f" Line {first.line}, {first.column}: {first.message}"
        if first and first.line
        else f" {first.message}"
        if first
        else ""
    )
    return f"None of the {file.rows:,} rows of {file.name} can be imported.{why}"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _keep(
    file: RollFile, plan: Plan, written: Written, school: Institution, choices: Choices, by: Viewer, at: datetime,
    sha256: str, key: str,
) -> ImportRun:  # fmt: skip
    return ImportRun.objects.create(
        key=key, institution=school, file_name=file.name[:200], sha256=sha256, format=file.format, academic_year=plan.year,
        on=choices.on, whole_roll=choices.whole_roll, new=plan.count(NEW), changed=plan.count(CHANGED),
        same=plan.count(SAME), leaving=plan.count(LEAVING), left_out=plan.left_out,
        problems=[problem.as_json() for problem in plan.problems], undo=written.as_json(), recorded_by=by.name,
        recorded_at=at,
    )  # fmt: skip


def _changes(run: ImportRun, plan: Plan, written: Written) -> list[record.Change]:
    """Which fields changed; what they were is kept with the import, where it can be erased, and not in the audit."""
    found = [record.Change(Verb.IMPORTED, "import", run.pk, detail={"import": run.key})]
    for step, pk in written.touched:
        fields = [what for what, _, _ in step.said]
        detail = {"import": run.key, "did": step.kind} | ({"fields": fields} if fields else {})
        found.append(record.Change(Verb.IMPORTED, "student", pk, pk, detail))
    return found
