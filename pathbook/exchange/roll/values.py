"""Single values as they arrive: year groups, SEN, yes and no, names. Each says what it understood, or did not."""

import re
import unicodedata
from functools import lru_cache

from pathbook.exchange.codes import ethnicity_labels

BLANKS = frozenset(
    {"", "-", "--", "n/a", "na", "null", "none", "nil", "not known", "unknown", "not supplied", "?", "#n/a", "tbc", "."}
)
SUPPRESSED = frozenset({"c", "z", "x", "low", "..", "*", ":"})  # a figure withheld is not a no
SPREADSHEET_ERRORS = re.compile(r"#(REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|N/A|SPILL!|CALC!|GETTING_DATA|####*)$", re.I)
INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
TEXT_GUARD = re.compile(r'="?(.*?)"?$')
GARBLED = re.compile(r"[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â€|\ufffd")

YEAR = re.compile(
    r"(?:(?:national curriculum |nc )?(?:year|yr|y)(?: ?group)?[ .:_-]*)?0*(\d{1,3})(?:\.0+)?(?: ?\(.*\))?$", re.I
)
BEFORE_YEAR_1 = re.compile(
    r"(?:year )?(r|reception|n ?[12]?|nursery.*|e ?[12]|foundation.*|eyfs.*|kg|pk|pr|it|0)$", re.I
)
YES = frozenset("y yes t true 1 1.0 ✓ ✔ eligible recipient recipients currently current checked on".split())
NO = frozenset("n no f false 0 0.0 ✗ ✘ ineligible off never".split())
YES_WORDS = re.compile(
    r"(y|yes|eligible|recipient|ever ?6|ever six|fsm|pupil premium|pp|looked after|lac|cla|in care|service|eal|"
    r"ehcp?|young carer)\b", re.I,
)  # fmt: skip
NO_WORDS = re.compile(r"(n|no|not|none|never|non)\b", re.I)
SEN_CODES = {"N": "N", "K": "K", "E": "E", "S": "E", "A": "K", "P": "K", "Q": "K"}
SEN_WORDS = (
    (re.compile(r"(no|none|not|n)\b", re.I), "N"),
    (re.compile(r"(ehc|education,? health|statement)", re.I), "E"),
    (re.compile(r"(sen|send|special|school action|support|early years action|yes\b|y\b)", re.I), "K"),
)
MAIN, SUBSIDIARY, LEFT = "main", "subsidiary", "left"
REGISTRATIONS = {"C": MAIN, "M": MAIN, "S": SUBSIDIARY, "G": SUBSIDIARY, "F": SUBSIDIARY, "O": SUBSIDIARY, "P": LEFT}
REGISTRATION_WORDS = (
    (re.compile(r".*(leaver|left|previous|inactive|tobedeleted|deleted|off ?roll|former)", re.I), LEFT),
    (re.compile(r".*(subsid|guest|other provider|fe college)", re.I), SUBSIDIARY),
    (re.compile(r"(current|single|main|active|on ?roll|enrolled|dual|full)", re.I), MAIN),
)


@lru_cache(maxsize=50_000)
def tidy(text: str) -> str:
    """Composed letters, one space between words, nothing invisible; Excel's ="00123" loses its guard."""
    if text.isascii() and text.isprintable() and "  " not in text and "=" not in text:
        return text.strip()
    guard = TEXT_GUARD.fullmatch(text.strip())
    if guard and text.strip().startswith('="'):
        text = guard[1]
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def is_blank(text: str) -> bool:
    return len(text) < 13 and text.casefold() in BLANKS


@lru_cache(maxsize=4096)
def read_year_group(text: str) -> int | str:
    """The year group, 1 to 14, or why it cannot be one."""
    match = YEAR.match(text)
    if match and 1 <= int(match[1]) <= 14:
        return int(match[1])
    if BEFORE_YEAR_1.match(text) or (match and int(match[1]) == 0):
        return "comes before Year 1, and Pathbook keeps Years 1 to 14: leave this row out of the list"
    if re.match(r"(x|mixed)$", text, re.I):
        return "is not a year group: write the year the student's age belongs to"
    if re.match(r"\d{1,2} ?[a-z/]", text, re.I):
        return "looks like a tutor group: put the year group, such as 10, in this column"
    return "is not a year group: write a number from 1 to 14"


@lru_cache(maxsize=4096)
def read_sen(text: str) -> str | None:
    """N, K or E from a code, a code with its words, or words; None when it is none of these."""
    code = re.match(r"([A-Za-z])(?:$|[^A-Za-z])", text)
    if code and code[1].upper() in SEN_CODES:
        return SEN_CODES[code[1].upper()]
    if text.casefold() in ("false", "0"):
        return "N"
    if text.casefold() in ("true", "1"):
        return "K"
    return next((value for pattern, value in SEN_WORDS if pattern.match(text)), None)


def read_number(text: str) -> float | None:
    """A number of sessions; none of a figure withheld or of words."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def read_percent(text: str) -> float | None:
    """0 to 100, with or without its sign; none of words, of a figure withheld, or of what no share can be."""
    value = read_number(text.removesuffix("%").strip())
    return value if value is not None and 0 <= value <= 100 else None


@lru_cache(maxsize=4096)
def read_yes_no(text: str) -> bool | None:
    """True, False, or None when it says neither (a withheld figure, or something unexpected)."""
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    if word in SUPPRESSED:
        return None
    if NO_WORDS.match(word):
        return False
    return True if YES_WORDS.match(word) else None


@lru_cache(maxsize=4096)
def read_registration(text: str) -> str | None:
    """main, subsidiary or left; None when it is not an enrolment status."""
    code = re.match(r"([A-Za-z])(?:$|[^A-Za-z])", text)
    if code and code[1].upper() in REGISTRATIONS:
        return REGISTRATIONS[code[1].upper()]
    return next((value for pattern, value in REGISTRATION_WORDS if pattern.match(text)), None)


@lru_cache(maxsize=4096)
def read_sex(text: str) -> str | None:
    """F, M or U; None when it is none of these."""
    word = text.casefold()
    if word in ("f", "female", "girl", "woman", "2", "w"):
        return "F"
    if word in ("m", "male", "boy", "man", "1"):
        return "M"
    return "U" if word in ("u", "x", "9", "0", "other", "indeterminate", "not specified") else None


@lru_cache(maxsize=4096)
def read_ethnicity(text: str) -> str | None:
    """A census code, alone or with its words, or the words of a main code; None when it is neither."""
    code = re.match(r"([A-Z]{3,5})(?:$|\W)", text)
    return code[1] if code else ethnicity_labels().get(text.casefold())


@lru_cache(maxsize=20_000)
def wrong_with_name(text: str) -> str:
    """Why this cannot be part of a name, or empty."""
    if text[:1] in "=+@" or SPREADSHEET_ERRORS.match(text):
        return "is a spreadsheet formula or its error, not a name: type the name itself"
    if len(text) > 120:
        return f"is {len(text):,} characters long: a name has at most 120; shorten it"
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in text):
        return "holds characters that are not text: type the name again"
    if not any(letter.isalpha() for letter in text):
        return "has no letters in it: check that the columns are not swapped"
    if sum(letter.isdigit() for letter in text) > sum(letter.isalpha() for letter in text):
        return "is a number, not a name: check that the columns are not swapped"
    return ""


def split_name(text: str, surname_first: bool = False) -> tuple[str, str]:
    """(surname, forename) from one column: "Surname, Forename", "Forename Surname" or "SURNAME Forename", particles kept.

    `surname_first`: the heading says so.
    """
    if "," in text:
        surname, _, forename = text.partition(",")
        return surname.strip(), forename.strip()
    words = text.split()
    if len(words) < 2:
        return text, ""
    loud = next((n for n, word in enumerate(words) if not (word.isupper() and len(word) > 1)), len(words))
    if surname_first or 0 < loud < len(words):
        cut = max(1, loud if loud < len(words) else 1)
        return " ".join(words[:cut]), " ".join(words[cut:])
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in PARTICLES:
        cut -= 1
    return " ".join(words[cut:]), " ".join(words[:cut])


PARTICLES = frozenset(
    "de da di do dos das del della der den van von ten ter la le el al bin binti ibn st. mac ap".split()
)
