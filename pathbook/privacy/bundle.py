"""Everything held about one student, told by the register: what can be given, and what a person must look at first."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import CharField, JSONField, Model, TextField

from pathbook.people.models import Institution, Student
from pathbook.privacy.copies import copies_of
from pathbook.privacy.mentions import Names
from pathbook.privacy.reach import family_of, rows_about
from pathbook.privacy.register import register

Rows = dict[str, list[dict[str, Any]]]
HELD_BACK = "Held back: it may name somebody else. See review/names.json"
# What lets a person in is theirs, and is not written into a file.
SECRETS = {
    "people.Account.password", "people.JoiningCode.digest", "records.CalendarFeed.key", "account.EmailConfirmation.key",
    "mfa.Authenticator.data", "usersessions.UserSession.session_key", "usersessions.UserSession.data",
    "socialaccount.SocialToken.token", "socialaccount.SocialToken.token_secret", "people.JoiningCode.account",
}  # fmt: skip
NOT_READ_FOR_NAMES = ("identity", "roll", "staff", "account", "sign_in")  # the student's own names, or those of staff


@dataclass(slots=True)
class Bundle:
    """Rows by model: the student's, and three sorts to look at before they are given."""

    record: Rows = field(default_factory=dict)
    private_notes: Rows = field(default_factory=dict)
    names: Rows = field(default_factory=dict)
    family: Rows = field(default_factory=dict)


def bundle_of(student: Student, school: Institution) -> Bundle:
    names, made = Names(school, student), Bundle()
    for label, rows in rows_about(student).items():
        for row in rows:
            _sort(label, row, names, made)
    for label, rows in family_of(student).items():
        for row in rows:
            _put(made.family, label, row.pk, {name: _value(row, name) for name in _kinds(label)})
    for label, copies in copies_of(student, school).items():
        for copy in copies:
            _sort_copy(label, copy, names, made)
    return made


def _sort_copy(label: str, copy: dict[str, Any], names: Names, made: Bundle) -> None:
    """A line of a list may name a twin, too."""
    named = {name: value for name, value in copy.items() if name == "problems" and names.stand_in(str(value))}
    made.record.setdefault(label, []).append(copy | dict.fromkeys(named, HELD_BACK))
    if named:
        _put(made.names, label, copy["row"], named)


def _sort(label: str, row: Model, names: Names, made: Bundle) -> None:
    """One row's fields: those to give, the working note, and any that names somebody else."""
    given, private, named = {}, {}, {}
    for name, kind in _kinds(label).items():
        value = _value(row, name)
        if kind == "private_note":
            private[name] = value
        elif kind not in NOT_READ_FOR_NAMES and _is_words(row, name) and names.stand_in(str(value)):
            named[name], given[name] = value, HELD_BACK
        else:
            given[name] = value
    for where, said in ((made.record, given), (made.private_notes, private), (made.names, named)):
        if any(value not in ("", None) for value in said.values()):
            _put(where, label, row.pk, said)


def _put(where: Rows, label: str, row: int, said: Mapping[str, Any]) -> None:
    where.setdefault(label, []).append({"row": row, **said})


@cache
def _kinds(label: str) -> dict[str, str]:
    """The fields of a model that the register names, with their kind; secrets left out."""
    said = {name: kind.id for kind in register() for name in kind.fields if name not in SECRETS}
    return {name.removeprefix(f"{label}."): kind for name, kind in said.items() if name.rpartition(".")[0] == label}


def _is_words(row: Model, name: str) -> bool:
    """Was it written by a person, rather than chosen or counted?"""
    column = row._meta.get_field(name)
    return isinstance(column, (CharField, TextField, JSONField)) and not column.choices


def _value(row: Model, name: str) -> Any:
    """As it is kept; for a row it points to, that row's name; of a photograph its bytes, in base64."""
    kept = getattr(row, name)
    if isinstance(kept, bytes):
        return b64encode(kept).decode()
    return None if kept is None else str(kept) if row._meta.get_field(name).is_relation else kept
