"""Writing the extract: each table through a temporary CSV into Parquet, into a new folder, then swapped in whole."""

import json
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.exchange.extract.roll import STUDENTS_WITH_NAMES
from pathbook.exchange.extract.shape import LIST, Row, Table
from pathbook.exchange.extract.tables import TABLES
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer

MARK = "extract.json"
NULL = "\\N"


class NotOursError(Exception):
    """The folder holds something that is not an earlier extract; it is not touched."""


def write_extract(
    out: Path, *, school: Institution, names: bool, by: Viewer, at: datetime,
    progress: Callable[[str, int, int], None] = lambda stage, n, total: None,
) -> dict[str, int]:  # fmt: skip
    """Write every table; returns rows a table. One moment in time, whoever writes meanwhile."""
    out = out.resolve()
    _must_be_ours(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
        fresh = Path(beside, "new")
        fresh.mkdir(mode=0o700)
        written = _write_all(fresh, school, names, by, at, progress)
        _swap(fresh, out, aside=Path(beside, "old"))
    return written


def _must_be_ours(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise NotOursError(f"{out} is a file. Name a new folder")
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise NotOursError(f"{out} is not empty and holds no earlier extract. Name a new folder")


@transaction.atomic
def _write_all(
    fresh: Path, school: Institution, names: bool, by: Viewer, at: datetime, progress: Callable[[str, int, int], None]
) -> dict[str, int]:
    """In one transaction, so that the tables agree; the export is noted in it."""
    written: dict[str, int] = {}
    tables = [STUDENTS_WITH_NAMES if names and table.name == "students" else table for table in TABLES]
    for n, table in enumerate(tables, start=1):
        progress(f"Writing {table.name}", n, len(tables))
        written[table.name] = _write_table(fresh, table, table.rows_on(school, at.date()))
    said = {"urn": school.urn, "written_at": at.isoformat(), "names": names, "rows": written}
    (fresh / MARK).write_text(json.dumps(said, indent=1), encoding="utf-8")
    note = record.Change(Verb.EXPORTED, "extract", detail={"names": names, "rows": written})
    record.changes(by=by, at=at, of=[note])
    record.copied(by=by, at=at, students=Student.objects.filter(institution=school).values_list("pk", flat=True))
    return written


def _write_table(folder: Path, table: Table, rows: Iterable[Row]) -> int:
    source, target = folder / f"{table.name}.csv", folder / f"{table.name}.parquet"
    count = 0
    with source.open("w", newline="", encoding="utf-8") as file:
        for row in rows:
            file.write(",".join(map(_cell, row)) + "\n")
            count += 1
    _to_parquet(source, target, table)
    source.unlink()
    return count


def _to_parquet(source: Path, target: Path, table: Table) -> None:
    """The types are ours to say, not DuckDB's to guess."""
    read_as = ", ".join(f"'{c.name}': '{'VARCHAR' if c.type == LIST else c.type}'" for c in table.columns)
    chosen = ", ".join(_list_of(c.name) if c.type == LIST else f'"{c.name}"' for c in table.columns)
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (SELECT {chosen} FROM read_csv('{_quoted(source)}', header=false, auto_detect=false, columns={{{read_as}}},"
            f" nullstr='{NULL}', quote='\"', escape='\"', delim=',', new_line='\\n', parallel=false, allow_quoted_nulls=false))"
            f" TO '{_quoted(target)}' (FORMAT parquet)"
        )


def _list_of(name: str) -> str:
    return f'CASE WHEN "{name}" = \'\' THEN []::VARCHAR[] ELSE string_split("{name}", \'|\') END AS "{name}"'


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _cell(value: Any) -> str:
    """Everything quoted but nothing itself, so that no text a person typed can be taken for nothing."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return str(value).lower()
    said = "|".join(value) if isinstance(value, list) else str(value)
    return '"' + said.replace('"', '""') + '"'


def _swap(fresh: Path, out: Path, *, aside: Path) -> None:
    """The old extract stands until the new one is complete; what is put aside goes with the folder beside."""
    if out.exists():
        out.rename(aside)
    fresh.rename(out)
