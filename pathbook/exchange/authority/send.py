"""Making the file: written once, everyone in it noted, and remembered so that the next tells what changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.exchange.authority.making import Outgoing, outgoing
from pathbook.exchange.authority.writing import About, as_csv, as_xml
from pathbook.exchange.models import AuthorityFile, AuthorityLine
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer


@dataclass(frozen=True, slots=True)
class Made:
    """The file's bytes, its name, and what is remembered of it."""

    data: bytes
    name: str
    file: AuthorityFile
    of: Outgoing


@transaction.atomic
def make(*, school: Institution, kind: str, on: date, by: Viewer, at: datetime) -> Made:
    """One event for the copy, and one for each student in it; of earlier files only that they were made is kept."""
    going = outgoing(school, on=on)
    people = going.people.values()
    data = as_csv(people) if kind == "csv" else as_xml(people, About(school.name, school.urn, school.la_code, on))
    file = AuthorityFile.objects.create(
        institution=school, kind=kind, on=on, students=len(going.people), left_out=len(going.left_out),
        new=len(going.new), changed=len(going.changed), gone=len(going.gone), recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    AuthorityLine.objects.filter(file__institution=school).delete()
    AuthorityLine.objects.bulk_create(
        AuthorityLine(file=file, student_id=pk, digest=one.digest) for pk, one in going.people.items()
    )
    detail = {"kind": kind, "students": file.students, "left_out": file.left_out}
    record.changes(by=by, at=at, of=[record.Change(Verb.EXPORTED, "authority file", file.pk, detail=detail)])
    record.copied(by=by, at=at, students=going.people)
    return Made(data, f"next-steps-{on.isoformat()}.{kind}", file, going)
