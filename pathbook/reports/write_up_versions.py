"""How a write-up stands in different places, side by side: kept, typed in another window, filed by somebody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathbook.occupations import sector_of, title_of
from pathbook.records.actions.drafts import Said
from pathbook.records.models import Action
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.hopes import SURE

LABELS = {
    "held_on": "Day", "minutes": "Minutes", "adviser_name": "Adviser", "adviser_level": "Level",
    "purpose": "What it was for", "sharing_agreed_on": "Sharing agreed on", "shared_with_parent": "Shared with parents",
    "summary": "Agreed summary", "private_note": "Private note", "words": "What they want",
    "soc2020": "Occupation chosen", "sector": "Sector", "pathway": "Pathway", "certainty": "How sure",
    "nothing_agreed": "Nothing was agreed",
}  # fmt: skip
CALLED: Mapping[str, Mapping[str, str]] = {
    "pathway": PATHWAYS, "certainty": {str(n): said for n, said in SURE.items()},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """One way the write-up stands: whose, when, and as it would be typed."""

    label: str
    said: Said


@dataclass(frozen=True, slots=True)
class Line:
    """One question answered differently: what each version says, in their order."""

    label: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Versions that part from one another, and where."""

    labels: tuple[str, ...]
    lines: tuple[Line, ...]


def both_of(versions: Sequence[Version]) -> Both | None:
    """Where they part; nothing when they say the same."""
    names = [*LABELS, *(f"action_{n}" for n in range(1, 10))]
    wide = [_with_actions(version.said) for version in versions]
    apart = [n for n, said in enumerate(wide) if said not in wide[:n]]
    versions, wide = [versions[n] for n in apart], [wide[n] for n in apart]
    lines = [Line(_label(name), tuple(said.get(name, "") for said in wide)) for name in names]
    parted = tuple(line for line in lines if len(set(line.said)) > 1)
    return Both(tuple(version.label for version in versions), parted) if parted else None


def _with_actions(said: Said) -> Mapping[str, str]:
    """As read, with each action on one line."""
    found = {name: _shown(name, said) for name in LABELS}
    for n in range(1, 10):
        what = said.get(f"what_{n}", "")
        if what:
            whose = said.get(f"owner_name_{n}") or dict(Action.Owner.choices).get(said.get(f"owner_{n}", ""), "")
            found[f"action_{n}"] = f"{what}. {whose}, by {said.get(f'due_{n}', '')}"
    return found


def _shown(name: str, said: Said) -> str:
    """An answer as a person reads it."""
    value = said.get(name, "")
    if name in ("shared_with_parent", "nothing_agreed"):
        return "Yes" if value else "No"
    if name == "sharing_agreed_on" and not said.get("sharing_agreed"):
        return ""
    if name == "sector":
        return value or sector_of(said.get("soc2020", ""))
    return CALLED.get(name, {}).get(value) or (title_of(value) if name == "soc2020" else value)


def _label(name: str) -> str:
    return LABELS.get(name) or f"Action {name.removeprefix('action_')}"


def rebased(typed: Said, now: Said, moved: bool) -> Said:
    """What was typed, on the actions as they stand: those closed since are left alone, those filed since are meant.

    What the form shows is what will be filed, so its first action puts the first one filed right, and so on.
    """
    keys = {name: key for name, key in now.items() if name.startswith("key_")}
    if moved:
        return {**typed, **keys}
    gone = [name for name, key in typed.items() if name.startswith("key_") and key and key not in keys.values()]
    return {**typed, **{name: "" for key in gone for name in (key, key.replace("key_", "what_"))}}
