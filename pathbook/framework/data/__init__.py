"""The framework's data files, read once. They ship inside the package."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """The named file ("gatsby-2025"), parsed. Callers must not change what they are given."""
    said: dict[str, Any] = json.loads(files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return said
