"""Stating a criterion, attaching what shows it, and taking either back. Nothing said is written over."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity, Evidence, EvidenceFile, Statement


class JudgementRefusedError(Exception):
    """It cannot be said or taken back so; the sentence says why."""


@dataclass(frozen=True, slots=True)
class About:
    """Which criterion, of which set, for which academic year of which school."""

    school: Institution
    set_id: str
    criterion: str
    year: AcademicYear

    def columns(self) -> dict[str, object]:
        return {
            "institution": self.school, "set_id": self.set_id, "criterion": self.criterion,
            "academic_year": self.year.start,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it came: its name for people, its type by its first bytes."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence, before it is kept."""

    kind: str
    words: str
    expires_on: date
    link: str = ""
    activity: Activity | None = None
    survey: str = ""
    file: Kept | None = None


@transaction.atomic
def state(
    *, about: About, answer: str, words: str, before: str, by: Viewer, at: datetime, on: date
) -> Statement:  # fmt: skip
    """`before`: the key of the statement the page showed, so that of two at once the second is asked to look again."""
    last = _last(about)
    if last and (last.answer, last.words, last.recorded_by) == (answer, words, by.name):  # the same form sent twice
        return last
    if (last.key if last else "") != before:
        said = f"{last.recorded_by} stated" if last else "Somebody took back what was said of"
        raise JudgementRefusedError(f"{said} this criterion meanwhile. Look at what stands now, then save yours again.")
    row = Statement.objects.create(
        answer=answer, words=words, said_on=on, recorded_by=by.name, recorded_at=at, **about.columns()
    )
    detail = _said(row) | {"before": last.answer if last else None, "after": answer}
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "statement", row.pk, detail=detail)])
    return row


@transaction.atomic
def attach(*, about: About, shown: Shown, key: str, by: Viewer, at: datetime, on: date) -> Evidence:
    known = Evidence.objects.filter(key=key).first()
    if known:  # the same form sent twice
        return known
    row = Evidence.objects.create(
        key=key, kind=shown.kind, words=shown.words, link=shown.link, activity=shown.activity, survey=shown.survey,
        added_on=on, expires_on=shown.expires_on, recorded_by=by.name, recorded_at=at, **about.columns(),
    )  # fmt: skip
    if shown.file:
        EvidenceFile.objects.create(
            evidence=row, name=shown.file.name, kind=shown.file.kind, content=shown.file.content, recorded_by=by.name,
            recorded_at=at,
        )  # fmt: skip
    detail = _said(row) | {"kind": row.kind, "expires_on": row.expires_on.isoformat()}
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "evidence", row.pk, detail=detail)])
    return row


@transaction.atomic
def take_back(*, row: Statement | Evidence, by: Viewer, at: datetime) -> None:
    """What was said before it stands again. A file is gone from the shelf, and its row tells that it was there."""
    rows = type(row).objects.standing().filter(pk=row.pk)
    if not rows.update(taken_back_by=by.name, taken_back_at=at):
        raise JudgementRefusedError("This has been taken back already.")
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, _noun(row), row.pk, detail=_said(row))])


@transaction.atomic
def put_back(*, row: Statement | Evidence, by: Viewer, at: datetime) -> None:
    """Undo of taking back."""
    rows = type(row).objects.filter(pk=row.pk, taken_back_at__isnull=False)
    if not rows.update(taken_back_by="", taken_back_at=None):
        raise JudgementRefusedError("There is nothing to undo: it stands already.")
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, _noun(row), row.pk, detail=_said(row))])


def _last(about: About) -> Statement | None:
    rows = Statement.objects.of(about.school, set_id=about.set_id, year=about.year).standing()
    last: Statement | None = rows.filter(criterion=about.criterion).order_by("-pk").first()
    return last


def _noun(row: Statement | Evidence) -> str:
    return "statement" if isinstance(row, Statement) else "evidence"


def _said(row: Statement | Evidence) -> dict[str, object]:
    """What the audit keeps: never the words."""
    return {"set": row.set_id, "criterion": row.criterion, "academic_year": row.academic_year}
