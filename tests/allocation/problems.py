"""Problems by hand and at random: offers named by the hour they begin, students with a wish or two."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from pathbook.allocation.problem import Menu, Offer, Pin, Problem, Student, Wish

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def offer(id, hour, *, hours=1, places=1, kind="activity", title=""):
    start = MONDAY + timedelta(hours=hour)
    return Offer(id, kind, start, start + timedelta(hours=hours), places, title)


def slots(count, *, first=9):
    """One an hour, one after another."""
    return tuple(offer(f"slot{n:03}", first + n, kind="slot") for n in range(count))


def menu(id, *offers, worth=1.0):
    return Menu(id, {one.id: worth for one in offers})


@st.composite
def problems(draw, *, students=6, offers=4, pins=True):
    """Small, and full of clashes: everything begins within a few hours. Values differ by more than a band, or not at all."""
    given = tuple(
        offer(f"o{n}", draw(st.integers(0, 4)), hours=draw(st.integers(1, 3)), places=draw(st.integers(0, 3)),
              kind=draw(st.sampled_from(["activity", "slot"])))
        for n in range(draw(st.integers(1, offers)))
    )  # fmt: skip
    ids = [one.id for one in given]
    menus = tuple(
        Menu(f"m{n}", draw(st.dictionaries(st.sampled_from(ids), st.sampled_from([0.5, 1.0]), max_size=len(ids))))
        for n in range(2)
    )
    who = tuple(
        Student(f"s{n}", draw(st.frozensets(st.sampled_from(["SEN", "10A", "10B"]))),
                dict.fromkeys(draw(st.frozensets(st.sampled_from(ids), max_size=2)), "has a lesson"))
        for n in range(draw(st.integers(1, students)))
    )  # fmt: skip
    wishes = tuple(
        Wish(one.id, f"need{n}", draw(st.sampled_from([0.2, 0.35, 0.5, 0.8, 1.0])), draw(st.sampled_from(["m0", "m1"])))
        for one in who
        for n in range(draw(st.integers(0, 2)))
    )
    limit = draw(st.sampled_from([0.0, 0.05, 1.0]))
    return Problem(given, menus, who, wishes, _pin(draw, who, given) if pins else (), limit)


def _pin(draw, who, given):
    """At most one, and one that can stand."""
    able = [Pin(one.id, at.id) for one in who for at in given if at.capacity and at.id not in one.cannot]
    return tuple(draw(st.lists(st.sampled_from(able), max_size=1))) if able else ()
