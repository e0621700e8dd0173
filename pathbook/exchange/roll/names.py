"""The names in one row: legal, preferred, middle and former, and what looks wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pathbook.exchange.roll import values
from pathbook.exchange.roll.entry import Entry
from pathbook.exchange.roll.problem import shown

Say = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class Names:
    """`said`: field -> text. `error` and `warn` take the field, its text and what to do."""

    headings: Mapping[str, str]
    said: Mapping[str, str]
    error: Say
    warn: Say

    def read(self, entry: Entry) -> None:
        surname, forename = self._legal()
        if not surname and not forename:
            self.error(
                self._name_column(), "", "The student's name is missing. Type it in this row, then import again."
            )
            return
        if not surname or not forename:
            missing = "surname" if not surname else "forename"
            self.warn(self._name_column(), surname or forename, f"Only one name is given, so the {missing} is empty. "
                      "Add it if the student has one.")  # fmt: skip
        entry.legal_surname, entry.legal_forename = surname or forename, forename if surname else ""
        entry.preferred_surname = self._preferred("preferred_surname", "surname", "legal_surname", surname)
        entry.preferred_forename = self._preferred("preferred_forename", "forename", "legal_forename", forename)
        entry.middle_names = self._name("middle_names") or None
        entry.former_surname = self._name("former_surname")

    def _legal(self) -> tuple[str, str]:
        surname = self._name("legal_surname") or self._name("surname")
        forename = self._name("legal_forename") or self._name("forename")
        if not surname and "full_name" in self.said:
            whole = self._name("full_name")
            surname, split = values.split_name(whole, self._surname_first) if not forename else (whole, forename)
            forename = forename or split
        return surname, forename

    @property
    def _surname_first(self) -> bool:
        return self.headings.get("full_name", "").casefold().startswith(("surname", "last", "family"))

    def _name_column(self) -> str:
        return next((c for c in ("legal_surname", "surname", "full_name", "forename") if c in self.headings), "surname")

    def _preferred(self, column: str, usual: str, legal: str, of: str) -> str | None:
        """The name used, where the file gives one; the same as the legal name is no preference."""
        if column not in self.headings and not (usual in self.headings and legal in self.headings):
            return None
        name = self._name(column) or (self._name(usual) if legal in self.headings else "")
        if not name:
            return None
        if (
            column == "preferred_forename"
            and "surname" in self.said
            and name.casefold().endswith(" " + self.said["surname"].casefold())
        ):
            name = name[: -len(self.said["surname"])].strip()
        return "" if name == of else name

    def _name(self, column: str) -> str:
        text = self.said.get(column, "")
        if not text:
            return ""
        if text.isascii() and text.isalpha() and len(text) < 100:
            return text
        if "\n" in text or "\r" in text:
            self.error(column, text, "This cell holds a line break: a quotation mark may be missing. Correct the row.")
            return ""
        if wrong := values.wrong_with_name(text):
            self.error(column, text, f"{shown(text)!r} {wrong}.")
            return ""
        if values.GARBLED.search(text):
            self.warn(
                column, text, "This name looks garbled by a change of encoding. Export the list as CSV UTF-8 or XLSX."
            )
        return text
