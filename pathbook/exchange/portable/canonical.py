"""One way to write a record down, so that the same words have the same signature; and a strict way to read one."""

import json
from collections.abc import Sequence
from typing import Any

LARGEST = 2_000_000  # bytes: seven busy years are under 200,000
ASK = "Ask the school that made it for a new one."


class NotARecordError(Exception):
    """One sentence: why this file cannot be used, and what to do."""


def canonical(said: Any) -> bytes:
    """Names in order, nothing between them, every letter as itself. A record holds no fractions, so there is one way."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def parsed(data: bytes) -> Any:
    """JSON and nothing looser: no name twice, no fraction, no depth or size that a record never has."""
    if len(data) > LARGEST:
        raise NotARecordError(f"This file is larger than any record. {ASK}")
    try:
        return json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise NotARecordError(f"This file is not text, so it is no record. {ASK}") from None
    except RecursionError:
        raise NotARecordError(f"This file is nested deeper than any record. {ASK}") from None
    except ValueError:
        raise NotARecordError(f"This file is not JSON, so it is no record. {ASK}") from None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise NotARecordError(f"This file says something twice, so what it means is not certain. {ASK}")
    return said


def _no_number(text: str) -> Any:
    raise NotARecordError(f"This file holds the number {text[:20]}, which no record holds. {ASK}")
