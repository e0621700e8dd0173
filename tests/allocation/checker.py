"""What any answer must be, checked from the problem alone and by other means than the allocation uses."""

from itertools import combinations, product

import pytest

WORTH_A_HAIR = 1e-6


def check(problem, answer):
    offers = {one.id: one for one in problem.offers}
    students = {one.id: one for one in problem.students}
    menus = {one.id: one.worth for one in problem.menus}
    pins = {(pin.student, pin.offer) for pin in problem.pins}
    taken = [(place.student, place.offer) for place in answer.places]
    assert len(set(taken)) == len(taken), "nobody twice in one offer"
    assert pins <= set(taken), "what was kept by hand stands"
    for id, offer in offers.items():
        assert sum(place.offer == id for place in answer.places) <= offer.capacity, "no offer over its places"
    for id, student in students.items():
        mine = [place for place in answer.places if place.student == id]
        for place in mine:
            assert place.offer not in student.cannot, "nobody where they cannot be"
            assert place.why, "every place says why"
        for one, other in combinations((offers[place.offer] for place in mine), 2):
            assert one.end <= other.start or other.end <= one.start, "nobody in two places at once"
        check_values(problem, menus, pins, id, mine, [one for one in answer.waiting if one.student == id])
    assert answer.objective == pytest.approx(sum(place.value for place in answer.places))
    assert answer.objective <= answer.bound <= answer.ceiling


def check_values(problem, menus, pins, student, places, waiting):
    """Each place meets one wish, for what its menu says it is worth; every wish is met once or waits."""
    left = [wish for wish in problem.wishes if wish.student == student]
    for place in places:
        if not place.need:
            assert (student, place.offer) in pins and place.value == 0
            continue
        met = [
            wish for wish in left
            if wish.need == place.need and wish.value * menus[wish.menu].get(place.offer, 0) == pytest.approx(place.value)
        ]  # fmt: skip
        assert met, "a place is worth what the need it meets says"
        left.remove(met[0])
    assert sorted((wish.need, wish.value) for wish in left) == sorted((one.need, one.value) for one in waiting)
    assert all(one.why and one.needs and one.placed == bool(places) for one in waiting)


def every_answer(problem):
    """Every allocation there is, as {(student, offer): value}; only for the tiniest problems. Pins are not looked at."""
    menus = {one.id: one.worth for one in problem.menus}
    offers = {one.id: one for one in problem.offers}
    cannot = {one.id: one.cannot for one in problem.students}
    choices = [[None, *(id for id in menus[wish.menu] if id not in cannot[wish.student])] for wish in problem.wishes]
    for chosen in product(*choices):
        places = [
            (wish.student, id, wish.value * menus[wish.menu][id])
            for wish, id in zip(problem.wishes, chosen, strict=True)
            if id
        ]
        if _possible(places, offers):
            yield {(student, id): value for student, id, value in places}


def _possible(places, offers):
    for id, offer in offers.items():
        if sum(one[1] == id for one in places) > offer.capacity:
            return False
    return not any(
        one[0] == other[0]
        and offers[one[1]].start < offers[other[1]].end
        and offers[other[1]].start < offers[one[1]].end
        for one, other in combinations(places, 2)
    )
