"""What the file says of one student, and in which order."""

from dataclasses import astuple, dataclass, replace
from datetime import date
from hashlib import sha256

HEADINGS = (
    "YoungPersonsID", "GivenName", "FamilyName", "Gender", "DateOfBirth", "UniquePupilNumber", "UniqueLearnerNo",
    "YearGroup", "SENDFlag", "SENSupportFlag", "GuaranteeStatus", "IntendedDestination", "ActivityCode",
    "DateAscertained", "DateVerified", "EstablishmentName",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class YoungPerson:
    """Fields as HEADINGS, words or empty. The flags are empty where there is an objection to sharing support."""

    id: str
    given: str
    family: str
    gender: str
    born: str
    upn: str
    uln: str
    year_group: str
    ehcp: str
    sen_support: str
    guarantee: str
    intended: str
    activity: str
    ascertained: str
    verified: str
    place: str
    here: bool = False  # on roll: then both dates are the file's own, and no news

    @property
    def cells(self) -> tuple[str, ...]:
        return astuple(self)[: len(HEADINGS)]

    @property
    def digest(self) -> str:
        """The same while the file says the same of them."""
        same = replace(self, ascertained="", verified="") if self.here else self
        return sha256("\x1f".join(same.cells).encode()).hexdigest()


def day(on: date | None) -> str:
    return on.isoformat() if on else ""
