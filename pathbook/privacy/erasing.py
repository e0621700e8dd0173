"""Erasing students: their rows stay to be counted and name nobody. What becomes of each field is said in the register."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.accounts import sign_out_everywhere
from pathbook.people.models import Account, Erasure, Guardian, GuardianLink, Institution, Role, RoleHeld, Staff, Student
from pathbook.people.visibility import Viewer
from pathbook.privacy.forgetting_imports import forget_in_imports
from pathbook.privacy.forgetting_words import forget_in_words
from pathbook.privacy.naming import Forgotten
from pathbook.privacy.reach import rows_of_accounts, rows_tied_to
from pathbook.privacy.register import erased
from pathbook.uptake.bank import TEXT
from pathbook.uptake.models import SurveyResponse

REPLACED = "Erased"
# Where the words that stand instead are not REPLACED. An account keeps an address, which must be its own.
INSTEAD: dict[str, Callable[[Any], Any]] = {
    "people.Student.legal_surname": lambda row: "Erased student",
    "people.Account.email": lambda row: f"erased-{row.pk}@erased.invalid",
    "people.Account.name": lambda row: "Erased account",
    "people.Account.is_active": lambda row: False,
    "people.Account.password": lambda row: make_password(None),
    "uptake.SurveyResponse.said": lambda row: _without_words(row),
}
Progress = Callable[[str, int, int], None]


def silent(stage: str, n: int, total: int) -> None:
    """For whoever does not watch."""


@transaction.atomic
def erase(
    *, students: Iterable[Student], school: Institution, why: str, reason: str = "", by: Viewer, at: datetime,
    progress: Progress = silent,
) -> list[int]:  # fmt: skip
    """All of these or none; whoever was erased before is passed over. Returns whom it erased, by number."""
    asked = {one.pk for one in students}
    found = list(Student.objects.select_for_update().filter(pk__in=asked, institution=school, erasure=None))
    if not found:
        return []
    pks = {one.pk for one in found}
    forget_in_imports(school, pks, Forgotten(found))
    gone = {pk for one in found for pk in _guardians_of_nobody_else(one)}
    forget_in_words(school, pks, list(Guardian.objects.filter(pk__in=gone).values_list("name", flat=True)))
    for n, one in enumerate(found):
        progress("Erasing", n, len(found))
        _erase_one(one)
    said = {"why": why, "reason": reason, "recorded_by": by.name, "recorded_at": at}
    Erasure.objects.bulk_create(Erasure(student=one, **said) for one in found)
    record.changes(
        by=by, at=at, of=[record.Change(Verb.REMOVED, "personal data", one.pk, one.pk, {"why": why}) for one in found]
    )
    return [one.pk for one in found]


def _erase_one(student: Student) -> None:
    accounts = accounts_to_close(student)
    theirs = _names(student, accounts)
    for account in Account.objects.filter(pk__in=accounts):
        sign_out_everywhere(account)
    rows = rows_tied_to(student) | {
        "people.Guardian": Guardian.objects.filter(pk__in=_guardians_of_nobody_else(student))
    }
    for told in (rows_of_accounts(accounts), rows):
        for label, found in told.items():
            apply_to(label, found, theirs)


def apply_to(label: str, rows: QuerySet[Any], theirs: Collection[str], *, only: Collection[str] = ()) -> None:
    """What the register says of each field of these rows; `only`: of these fields. `theirs`: names of student and family."""
    answers = {name: answer for name, answer in _answers(label).items() if not only or name in only}
    if "remove" in answers.values():
        rows.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
        return
    for name, answer in answers.items():
        field = rows.model._meta.get_field(name)
        if answer == "blank":
            rows.update(**{name: None if field.null else field.get_default()})
        elif answer == "theirs":
            rows.filter(**{f"{name}__in": theirs}).update(**{name: REPLACED})
        elif answer == "replace":
            _replace(f"{label}.{name}", rows)


def _replace(field: str, rows: QuerySet[Any]) -> None:
    name = field.rpartition(".")[2]
    if field in INSTEAD:
        for row in rows:
            rows.model._base_manager.filter(pk=row.pk).update(**{name: INSTEAD[field](row)})
    else:
        rows.exclude(**{name: ""}).update(**{name: REPLACED})


def _without_words(row: SurveyResponse) -> dict[str, Any]:
    """What was chosen stays, to be counted; what was written goes."""
    written = {one.code for one in row.survey.asks if one.kind == TEXT}
    return {code: REPLACED if code in written and said else said for code, said in row.said.items()}


def _answers(label: str) -> dict[str, str]:
    return {name.rpartition(".")[2]: answer for name, answer in erased().items() if name.rpartition(".")[0] == label}


def accounts_to_close(student: Student) -> list[int]:
    """Theirs and their parents', unless somebody works here too or has another child here."""
    held = RoleHeld.objects.filter(student=student, role__in=(Role.STUDENT, Role.PARENT)).values("account")
    linked = Guardian.objects.filter(links__student=student, account__isnull=False).values("account")
    others = RoleHeld.objects.exclude(student=student).values("account")
    more = Guardian.objects.filter(links__student__isnull=False).exclude(pk__in=_guardians_of_nobody_else(student))
    found = Account.objects.filter(pk__in=held.union(linked))
    staff = Staff.objects.filter(account__in=found).values("account")
    kept = {pk for rows in (others, more, staff) for (pk,) in rows.values_list("account")}
    return [pk for pk in found.values_list("pk", flat=True) if pk not in kept]


def _guardians_of_nobody_else(student: Student) -> list[int]:
    elsewhere = GuardianLink.objects.exclude(student=student).values("guardian")
    return list(Guardian.objects.filter(links__student=student).exclude(pk__in=elsewhere).values_list("pk", flat=True))


def _names(student: Student, accounts: Sequence[int]) -> set[str]:
    """As `recorded_by` has them: whoever wrote as the student or as their family."""
    own = {student.name, f"{student.legal_forename} {student.legal_surname}".strip()}
    family = Guardian.objects.filter(links__student=student).values_list("name", flat=True)
    held = Account.objects.filter(roles__student=student, roles__role__in=(Role.STUDENT, Role.PARENT))
    return {*own, *family, *held.values_list("name", flat=True)} - {""}
