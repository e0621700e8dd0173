"""The register as data: kinds of personal data, the fields that hold them, the fields that hold none and why."""

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines()))
