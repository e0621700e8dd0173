"""The sectors of work the programme speaks of, and the sector and title of each SOC 2020 unit group."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pathbook.occupations.data import rows

# a closed list: the names activities, employers and aspirations share
SECTORS = (
    "Construction", "Health and social care", "Engineering", "Digital and IT", "Creative", "Finance", "Hospitality",
    "Education", "Land and animals", "Public services", "Transport", "Retail", "Business", "Law", "Science",
    "Sport and leisure", "Hair and beauty", "Manufacturing",
)  # fmt: skip


def sector_of(soc2020: str) -> str:
    """The sector of a unit group; empty when there is no such unit group."""
    return unit_groups().get(soc2020, ("", ""))[1]


def title_of(soc2020: str) -> str:
    """The official title of a unit group; empty when there is no such unit group."""
    return unit_groups().get(soc2020, ("", ""))[0]


@cache
def unit_groups() -> Mapping[str, tuple[str, str]]:
    """SOC 2020 code to title and sector."""
    return MappingProxyType({row["soc2020"]: (row["title"], row["sector"]) for row in rows("unit_groups.csv")})
