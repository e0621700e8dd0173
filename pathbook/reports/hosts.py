"""Hosts remembered: what is known of each, and whose insurance ends soon."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from pathbook.framework.placements import INSURANCE_SOON
from pathbook.people.models import Institution
from pathbook.records.models import Host


@dataclass(frozen=True, slots=True)
class HostLine:
    """`insured`: late (over or not said), soon, or done; `placements`: called off or not done ones left out of `done`."""

    host: Host
    name: str
    insured: str
    placements: int
    done: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Hosts:
    lines: tuple[HostLine, ...]
    over: int
    soon: int


def hosts_of(school: Institution, *, on: date) -> Hosts:
    """Those whose insurance is over first, then those it ends soon for; one query."""
    rows = Host.objects.filter(provider__institution=school).select_related("provider")
    counted = rows.annotate(
        n=Count("placements", filter=Q(placements__called_off_at=None)),
        n_done=Count("placements", filter=Q(placements__done_at__isnull=False)), last=Max("placements__ends_on"),
    )  # fmt: skip
    lines = [HostLine(row, row.provider.name, _insured(row, on), row.n, row.n_done, row.last) for row in counted]
    lines.sort(key=lambda line: (("late", "soon", "done").index(line.insured), line.name.casefold()))
    insured = [line.insured for line in lines]
    return Hosts(tuple(lines), insured.count("late"), insured.count("soon"))


def _insured(host: Host, on: date) -> str:
    if host.insured_until is None or host.insured_until < on:
        return "late"
    return "soon" if host.insured_until <= on + INSURANCE_SOON else "done"


def names_of(school: Institution) -> tuple[str, ...]:
    """To choose from: every host there is."""
    rows = Host.objects.filter(provider__institution=school).order_by("provider__name")
    return tuple(rows.values_list("provider__name", flat=True))
