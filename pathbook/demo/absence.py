"""How much of school each of Northbridge's students missed each year: most little, a few much, more where life is harder."""

from random import Random

from pathbook.demo.roll import Person

LEAST, MOST = 0.0, 68.0


def absence_of(person: Person, year: int, *, seed: int) -> float:
    """Percent of sessions, the same each time it is asked; drawn apart, so that nothing else of the demo moves."""
    rng = Random(f"absence {seed} {person.number} {year}")
    usual = 4.2 if not person.flags & {"pupil_premium", "looked_after", "ehcp"} else 6.8
    return round(min(MOST, LEAST + rng.gammavariate(1.4, usual / 1.4)), 1)
