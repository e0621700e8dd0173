"""The Common Transfer File: XML read by element, whatever its version or dialect; nothing is expanded or fetched."""

import io
from collections.abc import Callable
from datetime import date
from xml.sax import ContentHandler, SAXException, SAXParseException
from xml.sax.xmlreader import AttributesImpl, Locator

import defusedxml.sax
from defusedxml import DefusedXmlException

from pathbook.exchange.roll import values
from pathbook.exchange.roll.doubles import without_doubles
from pathbook.exchange.roll.entry import RollFile
from pathbook.exchange.roll.problem import WARNING, Problem
from pathbook.exchange.roll.reader import Reader
from pathbook.exchange.tables import UnreadableError
from pathbook.framework.years import AcademicYear

VERSIONS = range(15, 26)
ROOTS = ("ctfile", "ctf")
# element (anywhere in a pupil but in OTHERS) -> field; in GIAP's files and the third-party writers of formats.md
ELEMENTS = {
    "upn": "upn", "formerupn": "former_upn", "uniquelearnernumber": "uln", "uln": "uln",
    "surname": "legal_surname", "forename": "legal_forename", "legalsurname": "legal_surname",
    "legalforename": "legal_forename", "dob": "date_of_birth", "dateofbirth": "date_of_birth", "sex": "sex",
    "gender": "sex", "middlenames": "middle_names", "middlename": "middle_names",
    "preferredsurname": "preferred_surname", "preferredforename": "preferred_forename",
    "formersurname": "former_surname", "ethnicity": "ethnicity", "firstlanguage": "first_language",
    "ncyearactual": "year_group", "ncyear": "year_group", "yeargroup": "year_group", "senprovision": "sen",
    "senstatus": "sen", "incare": "looked_after", "lookedafter": "looked_after", "fsmeligible": "fsm",
    "enrolstatus": "registration", "enrolmentstatus": "registration", "entrydate": "entry_date",
    "leavingdate": "leaving_date", "tutorgroup": "tutor_group", "reggroup": "tutor_group",
    "registrationgroup": "tutor_group", "admissionnumber": "mis_id", "nativeid": "mis_id",
}  # fmt: skip
OTHERS = frozenset(
    "contacts contact address addresses phones telephones telephone stageassessments assessments schoolhistory"
    " attendance attendancedata emails siblings exclusions".split()
)
HEADINGS = {field: name for name, field in (("UPN", "upn"), ("FormerUPN", "former_upn"),
            ("UniqueLearnerNumber", "uln"), ("Surname", "legal_surname"), ("Forename", "legal_forename"),
            ("DOB", "date_of_birth"), ("Sex", "sex"), ("NCyearActual", "year_group"), ("SENprovision", "sen"),
            ("PreferredForename", "preferred_forename"), ("PreferredSurname", "preferred_surname"),
            ("MiddleNames", "middle_names"), ("FormerSurname", "former_surname"))}  # fmt: skip


def read_ctf(data: bytes, name: str, *, today: date, adults: bool = False) -> RollFile:
    """Read a CTF of any version; refused whole when it is not well formed, or not a CTF."""
    reader = Reader(today, HEADINGS, {}, adults, derives_from_birth=True)
    handler = _Pupils(lambda line, said: reader.read(line, said), name, today)
    try:
        defusedxml.sax.parse(io.BytesIO(data), handler, forbid_dtd=True)
    except DefusedXmlException:
        raise UnreadableError(
            f"{name} declares a document type or entities, which no transfer file needs and which can do harm. "
            "Ask its sender for a clean file."
        ) from None
    except SAXParseException as broken:
        raise UnreadableError(
            f"{name} breaks off or is damaged at line {broken.getLineNumber()}. Ask for the file again."
        ) from None
    except (SAXException, ValueError, LookupError) as broken:
        raise UnreadableError(f"{name} cannot be read as XML. Ask for the file again.") from broken
    if not handler.pupils:
        raise UnreadableError(f"{name} is a transfer file with no pupils in it. Ask for the file again.")
    entries, spoilt, doubled = without_doubles(reader.entries, HEADINGS)
    problems = sorted([*handler.notes(), *reader.problems, *doubled], key=lambda p: (p.line, p.level))
    return RollFile(name, "ctf", handler.pupils, tuple(entries), (*reader.spoilt, *spoilt), tuple(problems))


class _Pupils(ContentHandler):
    """Collects one pupil at a time; the line is the one on which the pupil begins."""

    def __init__(self, tell: Callable[[int, dict[str, str]], None], name: str, today: date) -> None:
        super().__init__()
        self.tell, self.name, self.today = tell, name, today
        self.path: list[str] = []
        self.said: dict[str, str] | None = None
        self.text: list[str] = []
        self.header: dict[str, str] = {}
        self.pupils = self.line = self.outside = 0
        self.meals: list[tuple[str, str]] = []

    def setDocumentLocator(self, locator: Locator) -> None:
        self.place = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        word = name.rpartition(":")[2].casefold()
        if not self.path:
            self._root(word, attrs)
        self.path.append(word)
        self.text = []
        if word == "pupil" and self.said is None:
            self.said, self.meals = {}, []
            self.line = self.place.getLineNumber() or 0
        if word in OTHERS:
            self.outside += 1

    def characters(self, content: str) -> None:
        self.text.append(content)

    def endElement(self, name: str) -> None:
        word = self.path.pop()
        text = values.tidy("".join(self.text))
        self.text = []
        if word in OTHERS:
            self.outside -= 1
        if self.said is None:
            if "header" in self.path and text:
                self.header.setdefault(word, text)
        elif word == "pupil":
            self._end_pupil()
        elif not self.outside:
            self._keep(word, text)

    def _root(self, word: str, attrs: AttributesImpl) -> None:
        if word not in ROOTS:
            raise UnreadableError(
                f"{self.name} is XML, but not a Common Transfer File. Export a CTF, or a CSV, and try that."
            )
        if "version" in attrs.getNames():
            self.header["version"] = attrs.getValue("version")

    def _keep(self, word: str, text: str) -> None:
        assert self.said is not None
        if word == "fsmstartdate":
            self.meals.append((text, ""))
        elif word == "fsmenddate" and self.meals:
            self.meals[-1] = (self.meals[-1][0], text)
        elif word in ("type", "language", "languagecode") and self.path[-1:] in (["languages"], ["language"]) and text:
            self.said.setdefault("first_language", text)
        field = ELEMENTS.get(word)
        if field and text and not values.is_blank(text):
            if field == "sen":
                self.said[field] = text  # the history runs forward: its last word is the present
            else:
                self.said.setdefault(field, text)

    def _end_pupil(self) -> None:
        assert self.said is not None
        if self.meals:
            today = self.today.isoformat()
            self.said["fsm"] = (
                "Y" if any(start <= today and (not end or end >= today) for start, end in self.meals) else "N"
            )
        self.pupils += 1
        said, self.said = self.said, None
        self.tell(self.line, said)

    def notes(self) -> list[Problem]:
        """What the header says that a person should know: an unusual version, another academic year."""
        found = []
        version = self.header.get("ctfversion") or self.header.get("version", "")
        if not version.split(".")[0].isdigit() or int(version.split(".")[0]) not in VERSIONS:
            found.append(Problem(0, "CTFversion", version, f"This is version {version or 'unknown'}; 15 to 25 are "
                                 "known. It was read by its elements: look the preview over.", WARNING))  # fmt: skip
        year = self.header.get("academicyear", "")
        this = AcademicYear.of(self.today)
        if year.isdigit() and int(year) != this.start:
            found.append(Problem(0, "AcademicYear", year, f"This file is of {AcademicYear(int(year)).label}; it is "
                                 f"imported into {this.label}. Stop here if that is not meant.", WARNING))  # fmt: skip
        return found
