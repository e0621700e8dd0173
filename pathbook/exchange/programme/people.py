"""Whom does a row mean? By own number, UPN, ULN, then by name and birth date when only one student fits."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from pathbook.exchange.roll.values import split_name
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.names import plain_name


class Unknown(Exception):
    """Nobody, or more than one; the message says what to do."""


class Known:
    """Everyone the school knows, leavers too, because a past programme is full of them. Two queries."""

    def __init__(self, school: Institution, on: date) -> None:
        self.by_number: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.born: dict[int, date | None] = {}
        fields = (
            "pk",
            "mis_id",
            "upn",
            "uln",
            "legal_surname",
            "legal_forename",
            "preferred_surname",
            "preferred_forename",
            "date_of_birth",
        )
        for pk, own, upn, uln, surname, forename, family, called, born in Student.objects.filter(
            institution=school
        ).values_list(*fields):
            for kind, number in (("mis_id", own), ("upn", upn), ("uln", uln)):
                if number:
                    self.by_number[kind, number.upper().lstrip("0")].add(pk)
            self.born[pk] = born
            for first in {forename, called or forename}:
                for last in {surname, family or surname}:
                    self.by_name[plain_name(f"{first} {last}")].add(pk)
        rows = Enrolment.objects.current(on).filter(institution=school)
        self.places: list[tuple[int, int, str]] = [
            (pk, year, form or "")
            for pk, year, form in rows.values_list("student_id", "year_group", "tutor_group__name")
        ]

    def one(self, said: Mapping[str, str], born: date | None) -> int:
        """The student of a row."""
        for kind in ("mis_id", "upn", "uln"):
            found = self.by_number.get((kind, said.get(kind, "").upper().lstrip("0")), set())
            if len(found) == 1:  # a number that two share tells them apart no more: their names may
                return next(iter(found))
        surname, forename = (
            said.get("surname") or said.get("legal_surname", ""),
            said.get("forename") or said.get("legal_forename", ""),
        )
        if not surname and said.get("full_name"):
            surname, forename = split_name(said["full_name"])
        fits = self.by_name.get(plain_name(f"{forename} {surname}"), set())
        fits = {pk for pk in fits if born is None or self.born[pk] in (None, born)}
        if len(fits) == 1:
            return next(iter(fits))
        if fits:
            raise Unknown("More than one student has this name. Add their UPN or own number.")
        raise Unknown("No student here has this name or number. Correct it, or bring them in with the roll first.")

    def group(self, said: str) -> set[int]:
        """Students of "Year 10", "10B", "Years 7-9" or several set apart by ; or ,."""
        found: set[int] = set()
        for part in (piece.strip() for piece in said.replace("&", ";").replace(",", ";").split(";")):
            found |= self._place(
                part.casefold().removeprefix("years").removeprefix("year").removeprefix("yr").removeprefix("y").strip()
            )
        return found

    def _place(self, word: str) -> set[int]:
        if word in ("all", "everyone", "whole school"):
            return {pk for pk, _, _ in self.places}
        first, _, last = word.replace("to", "-").partition("-")
        if first.strip().isdigit() and (not last or last.strip().isdigit()):
            years = range(int(first), int(last or first) + 1)
            return {pk for pk, year, _ in self.places if year in years}
        return {pk for pk, _, form in self.places if form.casefold() == word}
