"""Is it a record of a version we know? The published schema is the rule; this reads the few words of it we use."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pathbook.exchange.portable.canonical import ASK, NotARecordError

FORMAT, VERSION = "pathbook-record", 1
KINDS: Mapping[str, type] = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # control characters, and halves of letters


@cache
def schema() -> Mapping[str, Any]:
    said: Mapping[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return said


SCHEMA = Path(__file__).parent / "data" / f"record-{VERSION}.schema.json"


def must_be_a_record(said: Any) -> None:
    """Refuse what is no record, a version we do not know, and the first thing that is not as the schema says."""
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise NotARecordError("This file is not a portable record of Pathbook. Choose the file ending in .record.json.")
    if said.get("version") != VERSION or isinstance(said["version"], bool):
        raise NotARecordError(
            f"This record is of a version this Pathbook does not know; it knows {VERSION}. Bring Pathbook up to date."
        )
    if wrong := next(_wrong(said, schema(), ()), ""):
        raise NotARecordError(f"This record is not as its format says: {wrong}. {ASK}")


def _wrong(said: Any, rule: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    rule = schema()["$defs"][rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule
    kind = KINDS.get(rule.get("type", ""))
    if kind and (not isinstance(said, kind) or (kind is int and isinstance(said, bool))):
        yield _told(at, f"should be {_a(rule['type'])}")
        return
    if ("const" in rule and said != rule["const"]) or ("enum" in rule and said not in rule["enum"]):
        yield _told(at, "is not one of the words it may be")
    elif isinstance(said, dict):
        yield from _wrong_within(said, rule, at)
    elif isinstance(said, list):
        yield from _too_much(len(said), rule.get("maxItems"), at)
        for n, one in enumerate(said, start=1):
            yield from _wrong(one, rule["items"], (*at, str(n)))
    elif isinstance(said, str):
        yield from _wrong_words(said, rule, at)
    elif isinstance(said, int) and not rule.get("minimum", said) <= said <= rule.get("maximum", said):
        yield _told(at, "is out of range")


def _wrong_within(said: dict[str, Any], rule: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    known = rule["properties"]
    yield from (_told((*at, name), "is missing") for name in rule.get("required", ()) if name not in said)
    for name, one in said.items():
        if name not in known:
            yield _told(at, "holds something that is not part of it")
        else:
            yield from _wrong(one, known[name], (*at, name))


def _wrong_words(said: str, rule: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    yield from _too_much(len(said), rule.get("maxLength"), at)
    if UNWANTED.search(said):
        yield _told(at, "holds characters that cannot be kept")
    if "pattern" in rule and not re.fullmatch(rule["pattern"].strip("^$"), said, re.ASCII):
        yield _told(at, "is not written as it should be")
    elif rule.get("format") == "date" and not _is_day(said):
        yield _told(at, "is not a day")


def _is_day(said: str) -> bool:
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _too_much(size: int, most: int | None, at: tuple[str, ...]) -> Iterator[str]:
    if most is not None and size > most:
        yield _told(at, f"is longer than {most:,}")


def _told(at: tuple[str, ...], what: str) -> str:
    return f"{' '.join(at).replace('_', ' ') or 'the record'} {what}"


def _a(kind: str) -> str:
    return {"object": "a group of values", "array": "a list", "string": "words", "integer": "a whole number",
            "boolean": "true or false"}[kind]  # fmt: skip
