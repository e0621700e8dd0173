"""Official codes as data; see README.md for where they come from."""

import csv
from functools import cache
from importlib.resources import files


@cache
def ethnicity_labels() -> dict[str, str]:
    """Label in lower case -> code."""
    text = files(__name__).joinpath("ethnicity.csv").read_text(encoding="utf-8")
    return {row["label"].casefold(): row["code"] for row in csv.DictReader(text.splitlines())}
