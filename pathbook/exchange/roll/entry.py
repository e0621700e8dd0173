"""One student as a file says they are. What the file does not say is None, and changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathbook.exchange.roll.problem import Problem


@dataclass(slots=True)
class Entry:
    """A row understood. Not frozen only because it is built a cell at a time; nobody changes it afterwards."""

    line: int
    legal_surname: str = ""
    legal_forename: str = ""
    preferred_surname: str | None = None
    preferred_forename: str | None = None
    middle_names: str | None = None
    former_surname: str = ""
    mis_id: str = ""
    upn: str = ""
    former_upns: tuple[str, ...] = ()
    uln: str = ""
    date_of_birth: date | None = None
    sex: str | None = None
    year_group: int = 0
    tutor_group: str = ""
    registration: str = ""
    entry_date: date | None = None
    leaving_date: date | None = None
    sen: str | None = None
    fsm: bool | None = None
    pupil_premium: bool | None = None
    looked_after: bool | None = None
    eal: bool | None = None
    young_carer: bool | None = None
    ethnicity: str | None = None
    first_language: str | None = None
    absence: float | None = None
    subjects: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        return f"{self.legal_forename} {self.legal_surname}".strip()

    @property
    def has_ids(self) -> bool:
        return bool(self.mis_id or self.upn or self.uln)

    @property
    def name_key(self) -> tuple[str, str]:
        return (self.legal_surname.casefold(), self.legal_forename.casefold())


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A column whose dates could be day/month or month/day, with one that shows it."""

    column: str
    example: str


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A row left out, with whatever of it could be read: enough not to take its student for a leaver."""

    line: int
    mis_id: str = ""
    upn: str = ""
    uln: str = ""
    name_key: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class RollFile:
    """A whole student list, read. `rows` counts every row of the list, usable or not."""

    name: str
    format: str
    rows: int
    entries: tuple[Entry, ...]
    spoilt: tuple[Spoilt, ...]
    problems: tuple[Problem, ...]
    header: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()  # heading, field
    ignored: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    question: DateQuestion | None = None
    missing: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()  # the first rows as they stand, for choosing columns

    def errors(self) -> Iterable[Problem]:
        return (problem for problem in self.problems if problem.is_error)
