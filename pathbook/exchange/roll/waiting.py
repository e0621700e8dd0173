"""A file that waits for a decision: kept in the data folder, readable by its owner alone, gone when decided."""

import json
import os
import re
import shutil
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

KEPT = 24 * 60 * 60  # seconds a file waits before it is deleted undecided
TOKEN = re.compile(r"[a-z2-9]{12}")


@dataclass(frozen=True, slots=True)
class Said:
    """What the person has said of the file so far."""

    name: str
    account: int | None
    whole_roll: bool = False
    columns: dict[str, str] = field(default_factory=dict)
    dates: str = ""
    same: tuple[int, ...] = ()
    another: tuple[int, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict)  # of a past programme: title -> kind of activity


@dataclass(frozen=True, slots=True)
class Waiting:
    """One upload and its folder."""

    token: str
    folder: Path
    said: Said

    @property
    def path(self) -> Path:
        return self.folder / "file"

    def say(self, **more: Any) -> "Waiting":
        """Keep what was said, so that nothing has to be said twice."""
        fresh = replace(self, said=replace(self.said, **more))
        _write(self.folder / "said.json", asdict(fresh.said))
        return fresh

    def claim(self) -> bool:
        """Take the one chance to apply this file; False when it is taken. Fifty clicks are one import."""
        try:
            os.close(os.open(self.folder / "claimed", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        return True

    def release(self) -> None:
        (self.folder / "claimed").unlink(missing_ok=True)

    @property
    def is_claimed(self) -> bool:
        """Whether somebody took it and has not let go."""
        return (self.folder / "claimed").exists()

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def put(home: Path, token: str, chunks: Any, said: Said) -> Waiting:
    """Keep an upload until it is decided on, and clear away those nobody came back to."""
    _clear_old(home / "uploads")
    folder = home / "uploads" / token
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    with os.fdopen(os.open(folder / "file", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return Waiting(token, folder, said).say()


def find(home: Path, token: str) -> Waiting | None:
    """The upload with this token, if it still waits."""
    folder = home / "uploads" / token
    if not TOKEN.fullmatch(token) or not (folder / "said.json").is_file():
        return None
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    said["same"], said["another"] = tuple(said["same"]), tuple(said["another"])
    return Waiting(token, folder, Said(**said))


def report(home: Path, token: str, **state: Any) -> None:
    """Note how far an import has come, for the page that asks."""
    (home / "progress").mkdir(mode=0o700, exist_ok=True)
    _write(home / "progress" / f"{token}.json", state)


def progress_of(home: Path, token: str) -> dict[str, Any]:
    """How far it has come; empty when nothing is known."""
    try:
        said: dict[str, Any] = json.loads((home / "progress" / f"{token}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said


def forget_progress(home: Path, token: str) -> None:
    (home / "progress" / f"{token}.json").unlink(missing_ok=True)


def _clear_old(uploads: Path) -> None:
    for folder in uploads.iterdir() if uploads.is_dir() else ():
        if time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, said: dict[str, Any]) -> None:
    """Whole or not at all: a reader never sees half a file."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(said, file)
    fresh.replace(path)
