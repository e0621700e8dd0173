"""One thing wrong with a file: where it is, what stands there, and what to do about it."""

from dataclasses import asdict, dataclass
from typing import Any

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` is 0 when it is about the whole file. An error leaves its row out; a warning keeps it."""

    line: int
    column: str
    value: str
    message: str
    level: str = ERROR

    @property
    def is_error(self) -> bool:
        return self.level == ERROR

    def as_json(self) -> dict[str, Any]:
        said = asdict(self)
        return said | {"line": self.line or None}


def shown(value: str) -> str:
    """A value as quoted back: never ten thousand characters of it."""
    return value if len(value) <= 60 else value[:57] + "..."
