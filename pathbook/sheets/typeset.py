"""Words set as a PDF: tagged, readable in grey, and the same bytes for the same words."""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pathbook.framework.in_words import day_in_words
from pathbook.framework.shares import Share

HERE = Path(__file__).parent


def pdf(layout: str, said: Mapping[str, Any], *, on: date) -> bytes:
    """`layout` names a file of `layouts/`; `said` is what it shows; `on` is the day it says it was made."""
    import typst  # large, so only where a sheet is set

    # PDF/UA-1: headings, tables and reading order, for whoever listens to it
    made = int(datetime.combine(on, time(), UTC).timestamp())
    words = json.dumps(spoken({**said, "on": on}), ensure_ascii=False)
    made_of = typst.compile(
        HERE / "layouts" / f"{layout}.typ", root=HERE / "layouts", font_paths=[HERE / "fonts"],
        ignore_system_fonts=True, sys_inputs={"said": words}, pdf_standards="ua-1", timestamp=made,
    )  # fmt: skip
    assert isinstance(made_of, bytes)
    return made_of


def spoken(value: Any) -> Any:
    """As a layout reads it: days as 5 Mar 2026, shares with their counts, frozen things as their parts."""
    if isinstance(value, Share):
        return {"percent": value.percent, "label": value.label}
    if isinstance(value, date):
        return day_in_words(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: spoken(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(name): spoken(one) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [spoken(one) for one in value]
    return value
