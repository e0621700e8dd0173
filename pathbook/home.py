"""The one folder that holds a school: database, secret, uploads waiting for a decision, progress of jobs.

`PATHBOOK_DATA` (or `--data`) names it. Nothing is written anywhere else.
"""

import json
import os
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

SETTINGS_FILE = "pathbook.json"


@dataclass(frozen=True)
class Home:
    """What the data folder says about itself. `today` and `demo` (its options) are set only for a demo school."""

    folder: Path
    secret_key: str
    today: date | None
    demo: dict[str, Any] = field(default_factory=dict)
    sign_on: dict[str, str] = field(default_factory=dict)  # the school's own single sign-on; empty: none


def folder() -> Path:
    return Path(os.environ.get("PATHBOOK_DATA") or ".pathbook").resolve()


def open_home() -> Home:
    """Read the folder's own settings, making the folder and its secret on first use (owner-only)."""
    path = folder() / SETTINGS_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        _write(path, {"secret_key": secrets.token_urlsafe(50)})
    said = json.loads(path.read_text(encoding="utf-8"))
    today = os.environ.get("PATHBOOK_TODAY") or said.get("today")
    day = date.fromisoformat(today) if today else None
    return Home(path.parent, said["secret_key"], day, said.get("demo", {}), said.get("sign_on", {}))


def set_sign_on(sign_on: dict[str, str]) -> None:
    """Note the school's own single sign-on beside the secret, where only the folder's owner reads it; {} ends it."""
    path = folder() / SETTINGS_FILE
    said = json.loads(path.read_text(encoding="utf-8"))
    _write(path, said | {"sign_on": sign_on})


def mark_as_demo(today: date, options: dict[str, Any]) -> None:
    """Note that this folder holds a demo school, what it was built from, and the day it ends on."""
    path = folder() / SETTINGS_FILE
    said = json.loads(path.read_text(encoding="utf-8"))
    _write(path, said | {"today": today.isoformat(), "demo": options})


def settings_without_secret() -> dict[str, Any]:
    """What the folder says of itself, as a backup may carry it."""
    said = json.loads((folder() / SETTINGS_FILE).read_text(encoding="utf-8"))
    return {name: value for name, value in said.items() if name != "secret_key"}


def take_settings(settings: dict[str, Any]) -> None:
    """What a backup carried, with this folder's own secret."""
    path = folder() / SETTINGS_FILE
    secret = json.loads(path.read_text(encoding="utf-8"))["secret_key"]
    _write(path, settings | {"secret_key": secret})


def _write(path: Path, said: dict[str, Any]) -> None:
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(said), encoding="utf-8")
    fresh.replace(path)
