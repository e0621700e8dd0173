"""Which rows are about one student: theirs, those of their meetings, of their account, and of their family."""

from collections.abc import Collection

from django.apps import apps
from django.db.models import Model, QuerySet

from pathbook.people.models import Account, Role, Student
from pathbook.records.models import GuidanceMeeting

# Rows tied to a student otherwise than by a key to them, their meeting or their account.
OTHERWISE = {
    "people.Student": "pk",
    "people.Guardian": "links__student",
    "people.Account": "roles__student",
    "audit.Event": "student_id",
    "uptake.ObservationPhoto": "observation__student",
    "records.PlacementForm": "placement__student",
    "records.PlacementDay": "placement__student",
    "account.EmailConfirmation": "email_address__user__roles__student",
    "socialaccount.SocialToken": "account__user__roles__student",
}
OF_STAFF = ("people.Staff",)  # has an account, which is not the student's
FAMILY = ("people.Guardian", "people.GuardianLink")


def rows_about(student: Student) -> dict[str, QuerySet[Model]]:
    """By model, in the order of the models; those of a parent's role are in `family_of`."""
    found = {}
    for model in apps.get_models():
        if (path := path_to_student(model)) and model._meta.label not in FAMILY:
            rows = model._base_manager.filter(**{path: student.pk}, **_own_account(path)).distinct().order_by("pk")
            found[model._meta.label] = (
                rows.exclude(role=Role.PARENT) if model._meta.label == "people.RoleHeld" else rows
            )
    return found


def rows_tied_to(student: Student) -> dict[str, QuerySet[Model]]:
    """By model, every row about them and their family but what hangs on an account; not narrowed to their own."""
    paths = {
        model: path for model in apps.get_models() if (path := path_to_student(model)) and "roles__student" not in path
    }
    return {model._meta.label: model._base_manager.filter(**{path: student.pk}) for model, path in paths.items()}


def rows_of_accounts(accounts: Collection[int]) -> dict[str, QuerySet[Model]]:
    """By model, what lets these accounts in or was kept of their sign-ins; whoever wrote or opened what is left out."""
    keys = {model: _account_key(model) for model in apps.get_models()}
    return {
        model._meta.label: model._base_manager.filter(**{f"{key}__in": accounts})
        for model, key in keys.items()
        if key and model._meta.label not in (*OF_STAFF, *FAMILY, "records.NoteOpening")
    }


def _account_key(model: type[Model]) -> str | None:
    if model is Account:
        return "pk"
    path = OTHERWISE.get(model._meta.label, "")
    if path.endswith("__roles__student"):
        return path.removesuffix("__roles__student")
    return next((one.name for one in model._meta.fields if one.related_model is Account), None)


def family_of(student: Student) -> dict[str, QuerySet[Model]]:
    """Who their parents and carers are: other people, though they are on the student's record."""
    models = {label: apps.get_model(label) for label in (*FAMILY, "people.RoleHeld")}
    rows = {
        label: model._base_manager.filter(**{str(path_to_student(model)): student.pk})
        for label, model in models.items()
    }
    rows["people.RoleHeld"] = rows["people.RoleHeld"].filter(role=Role.PARENT)
    return {label: found.order_by("pk") for label, found in rows.items()}


def path_to_student(model: type[Model]) -> str | None:
    """From a row to its student, as a filter; none when no row of the model is about one."""
    if model._meta.label in OTHERWISE:
        return OTHERWISE[model._meta.label]
    keys: dict[object, str] = {one.related_model: one.name for one in reversed(model._meta.fields) if one.related_model}
    if Student in keys:
        return keys[Student]
    if GuidanceMeeting in keys:
        return f"{keys[GuidanceMeeting]}__student"
    return f"{keys[Account]}__roles__student" if Account in keys and model._meta.label not in OF_STAFF else None


def _own_account(path: str) -> dict[str, str]:
    """An account reached by a role over the student is the student's own only in the role of a student."""
    return {path.removesuffix("student") + "role": Role.STUDENT} if path.endswith("roles__student") else {}
