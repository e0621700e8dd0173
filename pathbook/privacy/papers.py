"""The papers a school must have about its data, filled from the register: DPIA, record of processing, processors, three notices."""

from collections.abc import Iterable, Mapping
from datetime import date

from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Institution, Retention, Role, RoleHeld
from pathbook.people.retention import retention_of
from pathbook.privacy.register import BASES, Kind, in_words, not_personal, register
from pathbook.privacy.texts import NAMES, text

ON_A_NOTICE = {
    "notice-staff": ("staff", "everyone"),
    "notice-parent": ("student", "family", "everyone"),
}


def papers(school: Institution, *, on: date) -> Mapping[str, str]:
    """Name of the file to its Markdown."""
    how = retention_of(school)
    said = _of_the_school(school, on) | _of_the_register() | {"leaving": in_words(how)["leaving"]}
    return {f"{name}.md": text(name).format(**said, kinds=_kinds(name, how)) for name in NAMES}


def _of_the_school(school: Institution, on: date) -> dict[str, str]:
    held = RoleHeld.objects.held_on(on).filter(institution=school, role=Role.DPO).order_by("pk").first()
    officer = "the school's data protection officer"
    officer = f"{officer}, {held.account.name} ({held.account.email})" if held else officer
    return {"school": school.name, "urn": str(school.urn), "on": day_in_words(on), "officer": officer}


def _of_the_register() -> dict[str, str]:
    special = [f"- {kind.holds}" for kind in register() if kind.is_special]
    return {
        "count": str(len(not_personal())), "kinds_count": str(len(register())), "special": "\n".join(special),
        "fields_count": str(sum(len(kind.fields) for kind in register())), "bases": "; ".join(BASES.values()) + ".",
    }  # fmt: skip


def _kinds(name: str, how: Retention) -> str:
    if name == "notice-child":
        return "\n".join(f"- {kind.told}" for kind in register() if kind.told)
    if name in ON_A_NOTICE:
        return _table((kind for kind in register() if kind.whose in ON_A_NOTICE[name]), how)
    if name == "processors":
        return "\n".join(f"- {kind.holds} ({WHOSE[kind.whose]}): {kind.kept_at(how)}" for kind in register())
    return "\n\n".join(_whole(kind, how) for kind in register())


def _table(kinds: Iterable[Kind], how: Retention) -> str:
    """For a notice: what, why, who sees it, how long."""
    rows = [f"| {kind.holds} | {kind.purpose} | {_seen(kind)} | {kind.kept_at(how)} |" for kind in kinds]
    return "\n".join(["| What | Why | Who sees it | How long it is kept |", "|---|---|---|---|", *rows])


def _whole(kind: Kind, how: Retention) -> str:
    """For the record of processing: everything the register says, with the fields."""
    return (
        f"### {kind.holds[0].upper()}{kind.holds[1:]}\n\nWhose: {WHOSE[kind.whose]}. Purpose: {kind.purpose}.\n"
        f"Basis: {kind.basis}.\nSpecial category: {kind.special}.\nSeen by: {_seen(kind)}.\nKept: {kind.kept_at(how)}.\n\n"
        + "\n".join(f"- `{field}`" for field in kind.fields)
    )


WHOSE = {"student": "students", "family": "parents and carers", "staff": "staff", "everyone": "everybody who signs in"}


def _seen(kind: Kind) -> str:
    return ", ".join(kind.seen_by) or "nobody but the person it belongs to"
