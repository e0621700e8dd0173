"""A school to import into, and lists written in a line or two."""

from datetime import UTC, date, datetime
from pathlib import Path

from pathbook.exchange.roll.apply import apply, preview
from pathbook.exchange.roll.plan import Choices
from pathbook.exchange.roll.reading import Wishes, read_roll
from pathbook.people.visibility import command_line
from tests import make

TODAY = date(2026, 2, 5)
NOW = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)
HEAD = "Admission No,UPN,Surname,Forename,DOB,Year,Form,SEN,PP\n"
AMARA = "0001,H801200001001,Ode,Amara,14/03/2011,10,10B,K,Y\n"
BO = "0002,,van der Berg,Bo,03/04/2011,10,10B,N,\n"
CAI = "0003,,O'Neill,Cai,21/11/2010,10,10C,,\n"
THREE = HEAD + AMARA + BO + CAI


def file_of(tmp_path, text, name="roll.csv"):
    path = Path(tmp_path) / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(tmp_path, text, name="roll.csv", today=TODAY, **wishes):
    return read_roll(file_of(tmp_path, text, name), today=today, wishes=Wishes(**wishes))


def bring_in(tmp_path, text, on=TODAY, school=None, name="roll.csv", wishes=None, at=NOW, **choices):
    """Import a list and give back what was done."""
    school = school or make.school()
    file = read(tmp_path, text, name, on, **(wishes or {}))
    return apply(
        file=file, school=school, choices=Choices(on, **choices), by=command_line(school), at=at, sha256="0" * 64
    )


def look_at(tmp_path, text, on=TODAY, name="roll.csv", **choices):
    return preview(file=read(tmp_path, text, name, on), school=make.school(), choices=Choices(on, **choices))


def counts(plan):
    return {kind: plan.count(kind) for kind in ("new", "changed", "same", "leaving") if plan.count(kind)}
