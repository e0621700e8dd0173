"""Whose record is it? By UPN, ULN, or exact name and birth date; otherwise a person says."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from pathbook.people.models import Institution, Student
from pathbook.people.names import plain_name

MOST = 20


def whose(said: Mapping[str, Any], school: Institution) -> Student | None:
    """The one student it is about; None when that is not certain."""
    here, born = Student.objects.filter(institution=school), said.get("date_of_birth")
    for asked in _numbers(said):
        found = list(here.filter(asked).distinct()[:2])
        if len(found) == 1 and _may_be_born(found[0], born):
            return found[0]
    same = [one for one in here.filter(date_of_birth=born) if _names(one) & _said_names(said)] if born else []
    return same[0] if len(same) == 1 else None


def could_be(said: Mapping[str, Any], school: Institution) -> tuple[Student, ...]:
    """Those a person may choose from: the same birth date, or the same surname."""
    near = Q(legal_surname__iexact=said["legal_surname"]) | Q(preferred_surname__iexact=said["legal_surname"])
    near |= Q(date_of_birth=said["date_of_birth"]) if "date_of_birth" in said else Q()
    rows = Student.objects.filter(near, institution=school)
    return tuple(rows.order_by("legal_surname", "legal_forename", "pk")[:MOST])


def _numbers(said: Mapping[str, Any]) -> list[Q]:
    upn, uln = said.get("upn", ""), said.get("uln", "")
    return ([Q(upn=upn) | Q(former_upns__upn=upn)] if upn else []) + ([Q(uln=uln)] if uln else [])


def _may_be_born(one: Student, born: str | None) -> bool:
    """A number is a claim: where two birth dates are known and differ, a person looks at it."""
    return not (born and one.date_of_birth) or one.date_of_birth.isoformat() == born


def _names(one: Student) -> set[str]:
    return {plain_name(f"{one.legal_forename} {one.legal_surname}"), plain_name(one.name)}


def _said_names(said: Mapping[str, Any]) -> set[str]:
    return {plain_name(f"{said['legal_forename']} {said['legal_surname']}"), plain_name(said["name"])}
