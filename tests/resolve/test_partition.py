"""Sets that only grow, and never over what keeps them apart."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.partition import Partition

SIZE = 8
PLACES = st.integers(0, SIZE - 1)
JOINS = st.lists(st.tuples(PLACES, PLACES), max_size=16)
SPLITS = st.lists(st.dictionaries(PLACES, st.sampled_from("甲乙"), max_size=SIZE), max_size=3)


@given(JOINS)
def test_what_is_joined_is_one_set_known_by_its_least(joins: list[tuple[int, int]]) -> None:
    sets = [{place} for place in range(SIZE)]  # each place has the set that it is in
    partition = Partition(SIZE)
    for a, b in joins:
        partition.join(a, b)
        both = sets[a] | sets[b]
        for place in both:
            sets[place] = both
    assert [partition.find(place) for place in range(SIZE)] == [min(one) for one in sets]
    assert partition.parts() == {min(one): sorted(one) for one in sets}
    assert list(partition.parts()) == sorted(partition.parts())


@given(SPLITS, JOINS)
def test_no_set_has_two_sides_of_a_split_and_each_join_that_keeps_them_apart_is_made(
    splits: list[dict[int, str]], joins: list[tuple[int, int]]
) -> None:
    def parted(places: list[int]) -> bool:
        return any(
            sides.get(a) != sides.get(b)
            for sides in splits
            for a, b in combinations(sorted(sides.keys() & set(places)), 2)
        )

    partition = Partition(SIZE)
    for at, sides in enumerate(splits):
        partition.forbid(at, sides)
    for a, b in joins:
        both = {place for one in (a, b) for place in partition.parts()[partition.find(one)]}
        partition.join(a, b)
        assert (partition.find(a) == partition.find(b)) is not parted(sorted(both))
    assert not any(parted(part) for part in partition.parts().values())
