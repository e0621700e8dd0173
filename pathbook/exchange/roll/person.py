"""What a row says of the person: names, numbers and birth date against those stored, and what was used before."""

from pathbook.exchange.roll.entry import Entry
from pathbook.exchange.roll.known import Known
from pathbook.exchange.roll.plan import Step
from pathbook.exchange.roll.problem import WARNING, Problem
from pathbook.exchange.roll.telling import say
from pathbook.framework.upn import read_upn

PERSON = ("legal_surname", "legal_forename", "preferred_surname", "preferred_forename", "middle_names", "date_of_birth",
          "sex", "uln")  # fmt: skip


def compare_person(step: Step, entry: Entry, known: Known, problems: list[Problem]) -> None:
    stored = known.student
    for name in PERSON:
        value = getattr(entry, name)
        if (
            value is not None
            and value != stored[name]
            and (value != "" or name.startswith(("preferred", "legal_forename")))
        ):
            step.person[name] = value
            say(step, name, stored[name], value)
    if entry.mis_id and entry.mis_id.lstrip("0") != stored["mis_id"].lstrip("0"):
        step.person["mis_id"] = entry.mis_id
        say(step, "mis_id", stored["mis_id"], entry.mis_id)
    _compare_upn(step, entry, known, problems)
    if known.name_key != entry.name_key and known.name_key not in _keys(known.former_names):
        step.former_names.append((stored["legal_surname"], stored["legal_forename"]))
    former = entry.former_surname.casefold()
    if former and former != entry.legal_surname.casefold() and former not in {
        surname.casefold() for surname, _ in (*known.former_names, *step.former_names)
    }:  # fmt: skip
        step.former_names.append((entry.former_surname, entry.legal_forename))


def _keys(names: list[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(surname.casefold(), forename.casefold()) for surname, forename in names}


def _compare_upn(step: Step, entry: Entry, known: Known, problems: list[Problem]) -> None:
    """A new UPN replaces the old, which is kept as former; a temporary one never replaces a permanent one."""
    old, new = known.student["upn"], entry.upn
    if new and old and new != old and read_upn(new).kind == "temporary" and read_upn(old).kind == "permanent":
        problems.append(Problem(entry.line, "UPN", new, f"This UPN is temporary and {known.name} has a permanent one, "
                                "which is kept. Correct it in your system.", WARNING))  # fmt: skip
    elif new and new != old:
        step.person["upn"] = new
        say(step, "upn", old, new)
        if old and old not in known.former_upns:
            step.former_upns.append(old)
    now = step.person.get("upn", old)
    step.former_upns += [
        u for u in entry.former_upns if u != now and u not in known.former_upns and u not in step.former_upns
    ]
