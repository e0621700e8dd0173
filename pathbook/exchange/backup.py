"""One file that holds a whole school as it was at one moment, and putting it back into an empty folder.

It is a zip of the database and of what else the folder keeps, with a manifest of digests. Three things stay behind: the
folder's secret and everybody's sessions, so that a copy in the wrong hands signs nobody in; and the key that signs records.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Container, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

DATABASE, MANIFEST = "pathbook.sqlite3", "manifest.json"
STAYS = (
    "pathbook.json",
    "record-key.pem",
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    *(f"tallies.sqlite3{end}" for end in ("", "-wal", "-shm", "-lock")),
)  # the secret, what VACUUM INTO has taken in, and wrong tries of the last quarter of an hour
WAITS = ("uploads", "progress", "jobs")  # what waits for a decision, how far it is and who is at it: brought in again
AN_HOUR = 3600


class NotABackupError(Exception):
    """The file is no backup, or not a whole one; the sentence says what to do."""


class NotEmptyError(Exception):
    """The folder holds a school already, or something else stands where the backup would go."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `files`: name -> SHA-256; `settings`: the folder's own, without its secret."""

    made_at: str
    version: str
    files: dict[str, str]
    settings: dict[str, Any]


def back_up(folder: Path, to: Path, *, settings: dict[str, Any], version: str, at: datetime) -> Manifest:
    """Write the school in `folder` to the file `to`, whoever writes meanwhile. All of it or nothing."""
    if to.is_relative_to(folder):
        raise NotEmptyError(f"{to} lies in the school's own folder, which may be lost whole. Name a file elsewhere")
    if to.exists() and not _is_ours(to):
        raise NotEmptyError(f"{to} is there already and is no backup. Name a new file")
    _sweep(to, at)
    with tempfile.TemporaryDirectory(prefix=f".{to.name}-", dir=to.parent) as beside:
        copy = Path(beside, DATABASE)
        _copy(folder / DATABASE, copy)
        kept = {DATABASE: copy} | {str(path.relative_to(folder)): path for path in _others(folder)}
        manifest = Manifest(at.isoformat(), version, {name: _digest(path) for name, path in kept.items()}, settings)
        fresh = Path(beside, "new.zip")
        fresh.touch(mode=0o600)
        _pack(fresh, kept, manifest)
        fresh.replace(to)
    return manifest


def put_back(file: Path, folder: Path, *, known: Container[tuple[str, str]]) -> Manifest:
    """Unpack into a folder that holds no school, after every byte has been checked. `known`: the migrations we have."""
    if _holds_a_school(folder):
        raise NotEmptyError(f"{folder} holds a school already. Name an empty folder with --data")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as beside:
        manifest = _unpack(file, Path(beside))
        _must_be_sound(Path(beside, DATABASE), known)
        for name in sorted(manifest.files, key=lambda name: name == DATABASE):  # the database last: with it, it is done
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            Path(beside, name).replace(folder / name)
    return manifest


def _sweep(to: Path, at: datetime) -> None:
    """What a backup that was killed left beside its file: it holds records."""
    for left in to.parent.glob(f".{to.name}-*"):
        if left.stat().st_mtime < at.timestamp() - AN_HOUR:
            shutil.rmtree(left, ignore_errors=True)


def _copy(database: Path, to: Path) -> None:
    """One moment in time, and no session in it: not even in the pages that were freed."""
    with closing(sqlite3.connect(database)) as db:
        db.execute("VACUUM INTO ?", (str(to),))
    to.chmod(0o600)
    with closing(sqlite3.connect(to)) as db, db:
        db.execute("PRAGMA secure_delete=ON")
        db.execute("DELETE FROM django_session")
        db.execute("DELETE FROM usersessions_usersession")
        # Encrypted under the secret that stays behind; passkeys hold no secret and are kept.
        db.execute("DELETE FROM mfa_authenticator WHERE type IN ('totp', 'recovery_codes')")


def _others(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and inside.parts[0] not in (DATABASE, *STAYS, *WAITS) and not path.name.startswith("."):
            yield path


def _pack(fresh: Path, kept: dict[str, Path], manifest: Manifest) -> None:
    said = {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}
    with fresh.open("wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as pack:
            pack.writestr(MANIFEST, json.dumps(said, indent=1))
            for name, path in kept.items():
                pack.write(path, name)
        out.flush()
        os.fsync(out.fileno())


def _unpack(file: Path, to: Path) -> Manifest:
    """Everything the manifest names, each checked against its digest; nothing else."""
    try:
        with zipfile.ZipFile(file) as pack:
            manifest = Manifest(**json.loads(pack.read(MANIFEST)))
            if DATABASE not in manifest.files or not all(map(_stays_inside, manifest.files)):
                raise ValueError
            for name, digest in manifest.files.items():
                pack.extract(name, to)
                if _digest(to / name) != digest:
                    raise ValueError
    except FileNotFoundError:
        raise NotABackupError(f"there is no file {file}. Name the backup to put back") from None
    except Exception:  # a damaged zip fails in a dozen ways
        raise NotABackupError(f"{file} is damaged or no backup of Pathbook: use an earlier one") from None
    return manifest


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.parts[0] not in STAYS


def _must_be_sound(database: Path, known: Container[tuple[str, str]]) -> None:
    with closing(sqlite3.connect(database)) as db:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise NotABackupError("the database in this backup is damaged: use an earlier one")
        if any(step not in known for step in db.execute("SELECT app, name FROM django_migrations")):
            raise NotABackupError("this backup is from a newer Pathbook: install that version, then put it back")


def _holds_a_school(folder: Path) -> bool:
    database = folder / DATABASE
    return database.exists() and database.stat().st_size > 0


def _is_ours(file: Path) -> bool:
    return zipfile.is_zipfile(file) and MANIFEST in zipfile.ZipFile(file).namelist()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
