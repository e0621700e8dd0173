"""What an activity may help students learn: the six areas of career development and the eight essential skills, as data."""

from dataclasses import dataclass

from pathbook.framework.data import read


@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` is ours and stable, `name` is the framework's."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """One framework. `verified`: its names were read where it publishes them."""

    name: str
    framework: str
    source: str
    verified: bool
    outcomes: tuple[Outcome, ...]


GROUPS: tuple[OutcomeGroup, ...] = tuple(
    OutcomeGroup(
        said["name"], said["framework"], said["source"], said["verified"],
        tuple(Outcome(one["code"], one["name"]) for one in said["outcomes"]),
    )
    for said in read("learning-outcomes")["groups"]
)  # fmt: skip
OUTCOMES: dict[str, str] = {one.code: one.name for group in GROUPS for one in group.outcomes}
