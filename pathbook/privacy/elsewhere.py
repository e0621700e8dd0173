"""Where a student's name stands in what was written about others, or of the school: said before they are erased.

Nothing there is rewritten by machine (docs/decisions/0025, 0049): a note about another child is that child's record.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, Q, QuerySet, TextField
from django.utils import timezone

from pathbook.framework.in_words import day_in_words
from pathbook.people.models import FormerName, FormerUpn, Institution, Student
from pathbook.people.names import plain_name
from pathbook.privacy.reach import path_to_student
from pathbook.privacy.register import erased

LONG_ENOUGH = 3  # letters; a shorter word is as often no name
NO_WORDS = ("_by", "key", "digest", "serial", "undo", "refused", "elsewhere")  # names of whoever wrote, and codes
GOES = ("replace", "blank", "remove")  # of a student's own words: the same fields of others' rows are looked through
# Words of the school, about nobody: from the row to its school.
OF_THE_SCHOOL = {
    "records.Statement.words": "institution", "records.Evidence.words": "institution",
    "records.ReviewNote.words": "snapshot__institution", "records.Cohort.why": "institution",
    "records.OwnRule.why": "institution", "uptake.FollowUp.what": "round__institution",
    "records.Activity.title": "institution",
}  # fmt: skip
DAYS = (
    "held_on",
    "planned_on",
    "said_on",
    "on",
    "agreed_on",
    "asked_on",
    "seen_on",
    "answered_at",
    "starts_on",
    "recorded_at",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One field of one row. `whose`: a number of another student, or nobody's; `sure`: the whole name or a number of theirs."""

    place: str
    whose: str
    on: date | None
    sure: bool

    @property
    def said(self) -> str:
        """In one line, for the command."""
        day = f", {day_in_words(self.on)}" if self.on else ""
        return f"{self.place}{f', {self.whose}' if self.whose else ''}{day}{'' if self.sure else ' (perhaps)'}"


class Named:
    """One student by every name and number they have had. A surname alone counts with a capital, and is not sure."""

    def __init__(self, student: Student) -> None:
        former = list(FormerName.objects.filter(student=student).values_list("forename", "surname"))
        first = {student.legal_forename, student.preferred_forename, *(one for one, _ in former)} - {""}
        last = {student.legal_surname, student.preferred_surname, *(one for _, one in former)} - {""}
        numbers = {student.upn, student.uln, *FormerUpn.objects.filter(student=student).values_list("upn", flat=True)}
        whole = {f"{a} {b}" for a, b in product(first, last)} | {f"{b} {a}" for a, b in product(first, last)}
        self._sure = _any_of({" ".join(words_of(one)) for one in whole | (numbers - {""})})
        self._last = {plain_name(one) for one in last if len(one) >= LONG_ENOUGH}
        self._some = tuple(part for one in (*last, *numbers) if (part := plain_name(one)[-LONG_ENOUGH:]))

    def stands_in(self, text: str) -> bool | None:
        """True: surely; False: perhaps; None: not at all, which is asked first and cheaply of each of many thousand texts."""
        plain = text.casefold() if text.isascii() else plain_name(text)
        if not any(part in plain for part in self._some):
            return None
        if self._sure.search(" ".join(words_of(text))):
            return True
        capitals = {plain_name(word) for word in re.findall(r"[\w'’-]+", text) if word[0].isupper()}
        return None if capitals.isdisjoint(self._last) else False


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote, of another student or of the school, and where it stands."""

    words: str
    place: str
    whose: str
    on: date | None

    def mention(self, sure: bool) -> Mention:
        return Mention(self.place, self.whose, self.on, sure)


def mentions_of(student: Student, school: Institution) -> tuple[Mention, ...]:
    """The surest first, then the latest. One query a kind of row, and every word of the school's is read."""
    named = Named(student)
    told = ((text, named.stands_in(text.words)) for text in texts_apart_from([student.pk], school))
    return in_order(text.mention(sure) for text, sure in told if sure is not None)


def in_order(found: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(found, key=lambda one: (not one.sure, -(one.on or date.min).toordinal(), one.place, one.whose)))


def texts_apart_from(students: Collection[int], school: Institution) -> Iterator[Text]:
    """Every text of everybody else, and of the school."""
    for model, fields in _fields_of_others().items():
        path = path_to_student(model) or ""
        rows = model._base_manager.filter(**{f"{path}__institution": school}).exclude(**{f"{path}__in": students})
        written = reduce(or_, (_is_written(model, name) for name in fields))
        for row in _with_whose(rows.filter(written), path, fields):
            yield from _texts(row, model, fields)
    for field, path in OF_THE_SCHOOL.items():
        label, _, name = field.rpartition(".")
        model = apps.get_model(label)
        for row in model._base_manager.filter(**{path: school}).values(name, *_days(model)):
            yield from _texts(row, model, [name])


def _fields_of_others() -> dict[type[Model], list[str]]:
    """By model, the fields of words that hang on a student other than by an account, and are not names of people."""
    found: dict[type[Model], list[str]] = {}
    for field, answer in erased().items():
        label, _, name = field.rpartition(".")
        model = apps.get_model(label)
        path = path_to_student(model)
        theirs = path and "roles__student" not in path and not label.startswith("people.")
        if theirs and answer in GOES and _holds_words(model._meta.get_field(name)):
            found.setdefault(model, []).append(name)
    return found


def _holds_words(field: Any) -> bool:
    if not isinstance(field, Field) or field.name.endswith(NO_WORDS):
        return False
    return isinstance(field, TextField | JSONField) or (isinstance(field, CharField) and not field.choices)


def _is_written(model: type[Model], name: str) -> Q:
    return (
        Q(**{f"{name}__isnull": False})
        if isinstance(model._meta.get_field(name), JSONField)
        else Q(**{f"{name}__gt": ""})
    )


def _with_whose(rows: QuerySet[Model], path: str, fields: list[str]) -> Iterator[dict[str, Any]]:
    own = (f"{path}__pk", f"{path}__upn", f"{path}__mis_id")
    for row in rows.values(*fields, *_days(rows.model), *own).iterator(chunk_size=1000):
        pk, upn, mis_id = (row[one] for one in own)
        yield row | {"whose": f"UPN {upn}" if upn else f"number {mis_id}" if mis_id else f"student {pk}"}


def _texts(row: dict[str, Any], model: type[Model], fields: list[str]) -> Iterator[Text]:
    for name in fields:
        if row[name]:
            yield Text(str(row[name]), _place(model, name), row.get("whose", ""), _day_of(row, model))


def _place(model: type[Model], name: str) -> str:
    return f"{model._meta.verbose_name}: {name.replace('_', ' ')}".capitalize()


def _days(model: type[Model]) -> list[str]:
    known = {one.name for one in model._meta.get_fields()}
    return [name for name in DAYS if name in known]


def _day_of(row: dict[str, Any], model: type[Model]) -> date | None:
    day = next((row[name] for name in _days(model) if row[name]), None)
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def _any_of(names: set[str]) -> re.Pattern[str]:
    known = sorted(re.escape(one) for one in names if len(one) >= LONG_ENOUGH)
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)") if known else re.compile("(?!)")


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", plain_name(text))
