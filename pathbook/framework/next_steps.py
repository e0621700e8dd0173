"""What comes after school, in the few words a table has room for, from the activity codes local authorities use."""

NEXT_STEPS = (
    "Sixth form",
    "FE college",
    "University",
    "Apprenticeship",
    "Work",
    "Training",
    "None of these",
    "Not known",
)
_BY_CODE = (
    ("21", "Sixth form"), ("22", "Sixth form"), ("23", "FE college"), ("24", "University"), ("2", "FE college"),
    ("31", "Apprenticeship"), ("3", "Work"), ("4", "Training"), ("5", "Training"), ("6", "None of these"),
    ("7", "None of these"), ("8", "Not known"),
)  # fmt: skip


def next_step(code: str) -> str:
    """210 is a school's sixth form, 240 a university. A school's own code that is none of these is not known."""
    return next((words for begins, words in _BY_CODE if code.startswith(begins)), "Not known")
