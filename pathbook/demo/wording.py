"""What advisers at Northbridge write: summaries that fit what the student hopes for, and private notes."""

from random import Random

from pathbook.demo.hopes import Aim
from pathbook.demo.sentences import (
    AGREED,
    BESIDES,
    CORE,
    CORE_SUBJECTS,
    FAIRLY,
    FIRST_IDEA,
    LAND,
    NO_IDEA,
    NOTES,
    NOTHING_AGREED,
    OF_THE_JOB,
    OPTIONS,
    ROUTES,
    SIXTH_FORMS,
    SURE,
    UNIVERSITIES,
)
from pathbook.demo.wishes import Wish

SCHOOL_NAME = {"Biology": "Science", "Chemistry": "Science", "Computer science": "Computing"}  # before Year 10


def summary(rng: Random, name: str, aim: Aim, stage: str, *, nothing_agreed: bool) -> str:
    """Three or four sentences about this student's own aim."""
    words = names(rng, name, aim, stage)
    after = AGREED if not nothing_agreed else NOTHING_AGREED
    parts = [
        rng.choice(_openings(aim)),
        rng.choice(_routes(aim, stage, words["subject"])),
        rng.choice(_besides(aim, stage)),
        rng.choice(after),
    ]
    return " ".join(_capital(part.format_map(words)) for part in parts if part)


def private_note(rng: Random, aim: Aim, stage: str) -> str:
    return rng.choice(NOTES).format_map(names(rng, "", aim, stage))


def names(rng: Random, name: str, aim: Aim, stage: str) -> dict[str, str]:
    """What the sentences leave open, for this student's aim."""
    wish = aim.wish
    said = {"name": name, "sixth_form": rng.choice(SIXTH_FORMS), "university": rng.choice(UNIVERSITIES),
            "other": _other(rng, wish)}  # fmt: skip
    if wish is None:
        said |= {"job": "work", "a_job": "anything", "subject": rng.choice(("English", "Mathematics", "History")),
                 "course": "A Level 2 taster course", "degree": "a broad degree", "t_level": "a T Level",
                 "apprenticeship": "an apprenticeship", "meets": "Wexcombe Council", "college": "Northbridge College"}  # fmt: skip
        return said
    college = "Marlow Land-based College" if wish.sector in LAND else "Northbridge College"
    return said | {
        "job": wish.job, "a_job": wish.a_job, "subject": _subject(wish, stage), "course": wish.course, "degree": wish.degree,
        "t_level": wish.t_level, "apprenticeship": wish.apprenticeship, "meets": wish.meets, "college": college,
    }  # fmt: skip


def _subject(wish: Wish, stage: str) -> str:
    return SCHOOL_NAME.get(wish.subject, wish.subject) if stage == "options" else wish.subject


def _other(rng: Random, wish: Wish | None) -> str:
    others = ("teaching", "the police", "engineering", "nursing", "law", "hospitality", "design", "working outdoors")
    return rng.choice([one for one in others if wish is None or one[:5] not in wish.job + wish.degree])


def _openings(aim: Aim) -> tuple[str, ...]:
    if aim.wish is None:
        return NO_IDEA
    return FIRST_IDEA if aim.certainty <= 2 else FAIRLY if aim.certainty == 3 else SURE


def _routes(aim: Aim, stage: str, subject: str) -> tuple[str, ...]:
    if stage != "options":
        return ROUTES[aim.pathway]
    return CORE_SUBJECTS if subject in CORE else OPTIONS


def _besides(aim: Aim, stage: str) -> tuple[str, ...]:
    return BESIDES if aim.wish is None or stage == "options" else BESIDES + OF_THE_JOB


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
