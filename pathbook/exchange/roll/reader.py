"""From the cells of one row to one student: every doubt becomes a problem with its line, column and remedy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pathbook.exchange.roll import values
from pathbook.exchange.roll.dates import Found, read_date
from pathbook.exchange.roll.entry import Entry, Spoilt
from pathbook.exchange.roll.fields import LABELS
from pathbook.exchange.roll.names import Names
from pathbook.exchange.roll.problem import ERROR, WARNING, Problem, shown
from pathbook.exchange.roll.shares import Reading
from pathbook.framework.uln import read_uln
from pathbook.framework.upn import read_upn
from pathbook.framework.years import AcademicYear

YOUNGEST, OLDEST = (
    3,
    110,
)  # outside these a birth date is a mistake; inside, one that does not fit the year is a warning
UNKNOWN_UPNS = frozenset({"UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7"})


@dataclass(slots=True)
class Reader:
    """Reads rows of one file. `says_no`: yes/no fields whose blank means no, because other rows say yes."""

    today: date
    headings: Mapping[str, str]
    orders: Mapping[str, str]
    adults: bool = False
    says_no: frozenset[str] = frozenset()
    year_from: str = "year_group"
    derives_from_birth: bool = False
    warns_of_years: bool = True
    shares: Mapping[str, Reading] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    spoilt: list[Spoilt] = field(default_factory=list)
    _line: int = 0
    _bad: bool = False

    def read(self, line: int, said: Mapping[str, str], subjects: tuple[str, ...] | None = None) -> None:
        """Read one row; `said` is field -> tidied text, blanks left out."""
        self._line, self._bad = line, False
        entry = Entry(line, subjects=subjects)
        Names(self.headings, said, self.error, self.warn).read(entry)
        self._numbers(entry, said)
        self._dates(entry, said)
        self._year(entry, said)
        self._circumstances(entry, said)
        if self._bad:
            self.spoilt.append(Spoilt(line, entry.mis_id, entry.upn, entry.uln, entry.name_key))
        else:
            self.entries.append(entry)

    def error(self, column: str, value: str, message: str) -> None:
        self._bad = True
        self._say(column, value, message, ERROR)

    def warn(self, column: str, value: str, message: str) -> None:
        self._say(column, value, message, WARNING)

    def _say(self, column: str, value: str, message: str, level: str) -> None:
        heading = self.headings.get(column) or LABELS.get(column, column)
        self.problems.append(Problem(self._line, heading, shown(value), message, level))

    def _numbers(self, entry: Entry, said: Mapping[str, str]) -> None:
        entry.mis_id = said.get("mis_id", "").removesuffix(".0")
        if len(entry.mis_id) > 60:
            self.error(
                "mis_id", entry.mis_id, "This id has more than 60 characters. Check that the columns are not swapped."
            )
        if text := said.get("upn"):
            entry.upn = self._upn("upn", text)
        if text := said.get("former_upn"):
            former = (self._upn("former_upn", one) for one in text.replace(";", ",").split(","))
            entry.former_upns = tuple(one for one in former if one and one != entry.upn)
        if text := said.get("uln"):
            uln = read_uln(text)
            entry.uln = uln.value if len(uln.value) == 10 else ""
            if uln.problem:
                fate = "kept as it is" if entry.uln else "left empty"
                self.warn("uln", text, f"Check this ULN: {uln.problem}. The student is imported, the ULN {fate}.")

    def _upn(self, column: str, text: str) -> str:
        if text.upper() in UNKNOWN_UPNS:
            self.warn(column, text, "This code means the UPN is not known. It is left empty.")
            return ""
        upn = read_upn(text.replace(" ", ""))
        fits = len(upn.value) == 13 and upn.value.isalnum()
        if upn.problem:
            fate = "kept as it is" if fits else "left empty"
            self.warn(column, text, f"Check this UPN: {upn.problem}. The student is imported, the UPN {fate}.")
        return upn.value if fits else ""

    def _dates(self, entry: Entry, said: Mapping[str, str]) -> None:
        if text := said.get("date_of_birth"):
            entry.date_of_birth = self._birth(text)
        for column in ("entry_date", "leaving_date"):
            if text := said.get(column):
                found = self._date(column, text)
                if found.why:
                    self.warn(column, text, f"{shown(text)!r} {found.why}. It is left empty: correct it if it matters.")
                setattr(entry, column, found.day)
        if entry.entry_date and entry.leaving_date and entry.leaving_date < entry.entry_date:
            self.error(
                "leaving_date", said["leaving_date"], "The leaving date is before the entry date. Correct one of them."
            )

    def _date(self, column: str, text: str) -> Found:
        return read_date(text, self.orders.get(column, ""), self.today, born=column == "date_of_birth")

    def _birth(self, text: str) -> date | None:
        found = self._date("date_of_birth", text)
        if found.unknown_day:
            self.warn(
                "date_of_birth", text, "This is no whole date of birth. It is left empty: give day, month and year."
            )
        elif found.day is None:
            self.error(
                "date_of_birth", text, f"{shown(text)!r} {found.why}. Write it as day/month/year, such as 14/03/2011."
            )
        elif found.day > self.today:
            self.error("date_of_birth", text, f"The date of birth {found.day:%-d %b %Y} is in the future. Correct it.")
            return None
        elif not YOUNGEST <= self.today.year - found.day.year <= OLDEST:
            age = self.today.year - found.day.year
            self.error("date_of_birth", text, f"This date of birth makes the student {age} years old. Correct it.")
            return None
        return found.day

    def _year(self, entry: Entry, said: Mapping[str, str]) -> None:
        if "year_group" in said and self.year_from == "year_group":
            read = values.read_year_group(said["year_group"])
            if isinstance(read, str) and said["year_group"].upper() == "X" and entry.date_of_birth:
                self.warn(
                    "year_group", "X", "The National Curriculum is not followed: the year of the student's age is used."
                )
                read = self._year_of_birth(entry.date_of_birth)
            if isinstance(read, str):
                self.error("year_group", said["year_group"], f"{shown(said['year_group'])!r} {read}.")
            else:
                entry.year_group = read
        else:
            self._year_otherwise(entry, said)
        entry.tutor_group = said.get("tutor_group", "")
        if len(entry.tutor_group) > 40:
            self.error("tutor_group", entry.tutor_group, "This tutor group has more than 40 characters. Shorten it.")
        self._check_age(entry, said)

    def _year_otherwise(self, entry: Entry, said: Mapping[str, str]) -> None:
        """From the start of the tutor group, or the birth date, in files that have no year group of their own."""
        group = said.get("tutor_group", "")
        digits = group[:2] if group[:2].isdigit() else group[:1]
        if self.year_from == "tutor_group" and digits.isdigit() and 1 <= int(digits) <= 14:
            entry.year_group = int(digits)
        elif self.derives_from_birth and entry.date_of_birth and not self._bad:
            found = self._year_of_birth(entry.date_of_birth)
            if isinstance(found, int):
                entry.year_group = found
                if self.warns_of_years:
                    self.warn(
                        "year_group", "", f"It is missing: Year {found} is taken from the date of birth. Check it."
                    )
            else:
                self.error("year_group", "", "The year group is missing. Type a number from 1 to 14 in this row.")
        else:
            self.error(
                "year_group",
                "",
                "The year group is missing. Type a number from 1 to 14 in this row, then import again.",
            )

    def _year_of_birth(self, born: date) -> int | str:
        year = AcademicYear.of(self.today).start - AcademicYear.of(born).start - 5
        return year if 1 <= year <= 14 else "is not a year group: write a number from 1 to 14"

    def _check_age(self, entry: Entry, said: Mapping[str, str]) -> None:
        if not entry.date_of_birth or not entry.year_group or self.adults:
            return
        usual = self._year_of_birth(entry.date_of_birth)
        if not isinstance(usual, int) or abs(usual - entry.year_group) > 2:
            self.warn("date_of_birth", said.get("date_of_birth", ""), f"This does not fit Year {entry.year_group}. "
                      "The student is imported: check both.")  # fmt: skip

    def _circumstances(self, entry: Entry, said: Mapping[str, str]) -> None:
        entry.sex = self._code("sex", said, values.read_sex)
        entry.sen = self._code("sen", said, values.read_sen)
        if entry.sen is None and "sen" in self.says_no and "sen" not in said:
            entry.sen = "N"
        for column in ("fsm", "pupil_premium", "looked_after", "eal", "young_carer"):
            if column in said or column in self.says_no:
                setattr(entry, column, self._yes_no(column, said))
        if "ehcp" in said and self._yes_no("ehcp", said):
            entry.sen = "E"
        entry.registration = self._code("registration", said, values.read_registration) or ""
        entry.ethnicity = self._code("ethnicity", said, values.read_ethnicity)
        language = said.get("first_language", "").split(" ")[0].split("-")[0].upper()
        entry.first_language = language if 0 < len(language) <= 10 else None

        entry.absence = self._absence(said)

    def _absence(self, said: Mapping[str, str]) -> float | None:
        """Percent of sessions missed, from whichever way a file says it."""
        for column in ("absence", "attendance"):
            if column in said:
                return self._percent(column, said[column], missed=column == "absence")
        if "sessions" not in said or "sessions_came" not in said:
            return None
        possible, came = (values.read_number(said[column]) for column in ("sessions", "sessions_came"))
        if possible is None or came is None or not 0 <= came <= possible or not possible:
            self.warn("sessions_came", said["sessions_came"], "Sessions attended of those possible make no share, so "
                      "absence is left as it was. Check both numbers.")  # fmt: skip
            return None
        return round(100 * (possible - came) / possible, 1)

    def _percent(self, column: str, text: str, *, missed: bool) -> float | None:
        value, reading = values.read_percent(text), self.shares.get(column, Reading.PERCENT)
        if value is None:
            self.warn(column, text, f"{shown(text)!r} is no percent from 0 to 100, so it is left as it was.")
            return None
        if "%" not in text and reading is Reading.UNCLEAR:
            return None  # said once for the whole column
        if "%" not in text and reading is Reading.FRACTION:
            value *= 100
        return round(value if missed else 100 - value, 1)

    def _code(self, column: str, said: Mapping[str, str], read: Callable[[str], str | None]) -> str | None:
        text = said.get(column)
        if not text:
            return None
        value = read(text)
        if value is None:
            self.warn(
                column, text, f"{shown(text)!r} is not understood, so it is left as it was. Correct it if it matters."
            )
        return value

    def _yes_no(self, column: str, said: Mapping[str, str]) -> bool | None:
        text = said.get(column)
        if not text:
            return False if column in self.says_no else None
        value = values.read_yes_no(text)
        if value is None:
            self.warn(column, text, f"{shown(text)!r} is neither yes nor no, so it is left as it was. Write Y or N.")
        return value
