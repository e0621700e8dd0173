"""The kinds of activity a programme has, what makes an encounter "meaningful", and what each kind serves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pathbook.framework.data import read

MEANINGFUL_SET = "gatsby-2025"  # the set that asks for the checklists
HALF_A_DAY = 3  # hours


@dataclass(frozen=True, slots=True)
class Kind:
    """`checklist` names the list of the 2025 set that must be complete ("GB5"), or is empty.

    `consent`: a parent or carer is usually asked, since it takes students out of school.
    """

    code: str
    label: str
    checklist: str
    suggests: tuple[str, ...]
    row: str
    words: tuple[str, ...]
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a "meaningful" checklist; the id is stable, the text is the framework's, paraphrased."""

    id: str
    text: str


_SAID = read("kinds")
KINDS: dict[str, Kind] = {
    row["code"]: Kind(
        row["code"],
        row["label"],
        row["checklist"] or "",
        tuple(row["suggests"]),
        row["row"],
        tuple(row["words"]),
        row.get("consent", False),
    )
    for row in _SAID["kinds"]
}
PROVIDER_TYPES: dict[str, str] = {row["code"]: row["label"] for row in _SAID["provider_types"]}
STEM_SUBJECTS: frozenset[str] = frozenset(_SAID["stem_subjects"])
CHECKLISTS: dict[str, tuple[Item, ...]] = {
    name: tuple(Item(f"{name}-{n}", text) for n, text in enumerate(said["required"], start=1))
    for name, said in read(MEANINGFUL_SET)["meaningful_definitions"].items()
}

# What the law says an encounter with a technical provider must cover; ticked beside the checklist, and no part of it.
MUST_COVER: tuple[Item, ...] = tuple(
    Item(f"PAL-{n}", text) for n, text in enumerate(read("provider-access")["content_required"], start=1)
)


@lru_cache(maxsize=512)
def said_of(
    kind: str, also: tuple[str, ...], provider_type: str
) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Kinds, provider types and rows of an activity in one look; a programme has few different ones."""
    return all_kinds(kind, also), provider_types(kind, also, provider_type), rows_of(kind, also)


def all_kinds(kind: str, also: Collection[str] = ()) -> frozenset[str]:
    """Everything an activity counts as; a visit to a university is also an encounter with a provider."""
    kinds = {kind, *also}
    return frozenset(kinds | {"provider_encounter"} if "he_visit" in kinds else kinds)


def provider_types(kind: str, also: Collection[str], provider_type: str) -> frozenset[str]:
    """The provider types an activity meets."""
    kinds = all_kinds(kind, also)
    met = {provider_type} if provider_type and "provider_encounter" in kinds else set()
    return frozenset(met | {"university"} if "he_visit" in kinds else met)


def rows_of(kind: str, also: Collection[str] = ()) -> tuple[str, ...]:
    """Which rows of a count by kind an activity belongs to: employers, workplaces, providers, lessons."""
    return tuple(dict.fromkeys(KINDS[code].row for code in (kind, *also) if code in KINDS))


def checklist_for(kind: str, also: Collection[str] = ()) -> tuple[Item, ...]:
    """Every item that must be true for this activity to be meaningful; empty when nothing is asked."""
    lists = dict.fromkeys(KINDS[code].checklist for code in (kind, *also) if code in KINDS and KINDS[code].checklist)
    return tuple(item for name in lists for item in CHECKLISTS[name])


def missing_items(kind: str, also: Collection[str], ticked: Collection[str]) -> tuple[Item, ...]:
    return tuple(item for item in checklist_for(kind, also) if item.id not in ticked)


def is_meaningful(kind: str, also: Collection[str], ticked: Collection[str]) -> bool:
    """True when the kind has a checklist and every item of it is ticked."""
    return bool(checklist_for(kind, also)) and not missing_items(kind, also, ticked)


def asks_consent(kind: str, also: Collection[str] = ()) -> bool:
    """Is a parent or carer usually asked?"""
    return any(KINDS[code].consent for code in (kind, *also) if code in KINDS)


def takes_the_day(kind: str, also: Collection[str], hours: float) -> bool:
    """Is a student who is down for it away from the rest of that day: on a visit or placement, or for half a day or more?"""
    return hours >= HALF_A_DAY or asks_consent(kind, also)


def suggested_criteria(kind: str, also: Collection[str] = ()) -> tuple[str, ...]:
    """Criteria of the 2025 set an activity of this kind usually serves; a person may change them."""
    return tuple(dict.fromkeys(c for code in (kind, *also) if code in KINDS for c in KINDS[code].suggests))


def guess_kind(words: str) -> str:
    """A first guess from a title, for a person to confirm; "other" when nothing fits."""
    said = words.casefold()
    codes: Sequence[Kind] = tuple(KINDS.values())
    fits = [(max((len(w) for w in kind.words if w in said), default=0), kind.code) for kind in codes]
    length, code = max(fits, key=lambda fit: fit[0])
    return code if length else "other"
