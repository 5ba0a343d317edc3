"""Networks decide the same everywhere, and nothing of a weights file is lost."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.network import (
    SIGNAL,
    WEIGHT,
    WINDOW,
    Layer,
    highest,
    load,
    pack,
    product,
    running,
    signal,
    spaced,
    window,
)
from kg.rows import Column, Matrix, Memory, Picked, picked_sums
from kg.vectors import VECTOR, Vectors, vectors

weights = st.integers(-3000, 3000).map(lambda whole: whole / WEIGHT)
signals = st.integers(0, 20_000).map(lambda whole: whole / SIGNAL)


@given(arrays(np.float64, (40, 3), elements=signals), arrays(np.float64, (3, 2), elements=weights))
def test_the_order_of_adding_changes_nothing(
    rows: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    matrix: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> None:
    forward = rows @ matrix
    turned = rows[:, ::-1] @ matrix[::-1]
    assert np.array_equal(forward, turned)
    one_by_one = np.zeros_like(forward)
    for column in (1, 2, 0):
        one_by_one += np.outer(rows[:, column], matrix[column])
    assert np.array_equal(forward, one_by_one)


@given(arrays(np.float64, (5, 4), elements=st.floats(-100, 100)))
def test_a_signal_is_never_negative_and_counts_in_whole_parts(
    sums: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> None:
    cut = signal(sums)
    assert (cut >= 0).all()
    assert np.array_equal(cut * SIGNAL, np.floor(cut * SIGNAL))
    assert (np.maximum(sums, 0) - cut < 1 / SIGNAL).all()


names = st.lists(st.text("甲乙丙ab=:", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


@settings(max_examples=30)
@given(names, st.data())
def test_a_weights_file_gives_back_what_it_was_made_from(
    features: list[str], data: st.DataObject
) -> None:
    shape = (len(features), 3)
    rows = data.draw(arrays(np.float64, shape, elements=weights))
    matrix = data.draw(arrays(np.float64, (3, 2), elements=weights))
    stored = pack({"words": (features, rows)}, {"out": matrix}, {"labels": ["O", "B-人"]})
    assert stored == pack({"words": (features, rows)}, {"out": matrix}, {"labels": ["O", "B-人"]})
    network = load(stored)
    assert np.array_equal(network.weights["out"], matrix)
    assert network.lists["labels"] == ("O", "B-人")
    for feature, row in zip(features, rows, strict=True):
        assert np.array_equal(network.tables["words"].sums([[feature]])[0], row)


@given(st.integers(0, 400), st.integers(1, 3), st.data())
def test_picked_rows_add_up_as_one_by_one(count: int, several: int, data: st.DataObject) -> None:
    picked = []
    for _ in range(several):
        many = data.draw(st.integers(1, 4))
        rows = data.draw(arrays(np.float64, (many, 2), elements=signals))
        which = data.draw(arrays(np.int64, count, elements=st.integers(0, many - 1)))
        picked.append(Picked(rows, which))
    slowly = np.zeros((count, 2))
    for rows, which in picked:
        for at, row in enumerate(which.tolist()):
            slowly[at] += rows[row]
    assert np.array_equal(picked_sums(picked), slowly)


@given(
    st.lists(st.sampled_from(["账号", "卡商", "账", "？"]), max_size=8),
    st.sampled_from([1, 40_000]),
    st.data(),
)
def test_the_product_of_vectors_is_exact_however_large_the_weights(
    words: list[str], scale: int, data: st.DataObject
) -> None:
    own = Vectors({"账号": 0, "账": 1}, np.array([[3, -127, 8], [127, 1, -2]], dtype=np.int8))
    matrix = data.draw(arrays(np.float64, (3, 2), elements=weights)) * scale
    slowly = np.zeros((len(words), 2))
    for column in (2, 0, 1):
        slowly += np.outer(own.of(words)[:, column], matrix[column])
    assert np.array_equal(own.product(words, matrix), slowly)


def test_features_that_a_network_does_not_know_add_nothing() -> None:
    rows = np.array([[1.0, 2.0], [0.5, 0.25]])
    table = load(pack({"words": (["a", "b"], rows)}, {}, {})).tables["words"]
    assert table.sums([["a", "?", "b"], [], ["?"]]).tolist() == [[1.5, 2.25], [0, 0], [0, 0]]
    assert table.sums([]).shape == (0, 2)


@given(st.lists(st.lists(st.sampled_from("甲乙丙?"), max_size=9), max_size=700))
def test_sums_are_those_of_the_rows_one_by_one(several: list[list[str]]) -> None:
    rows = {"甲": [1.0, 2.0], "乙": [0.5, -0.25], "丙": [-3.0, 1 / WEIGHT]}
    table = load(pack({"words": ([*rows], np.array([*rows.values()]))}, {}, {})).tables["words"]
    plain = [np.sum([rows.get(name, [0.0, 0.0]) for name in names] or [[0.0, 0.0]], axis=0)
             for names in several]  # fmt: skip
    assert np.array_equal(table.sums(several), np.array(plain).reshape(-1, 2))


@given(st.lists(st.lists(st.integers(0, 40), max_size=12), max_size=12), st.sampled_from([8, 1000]))
def test_a_memory_gives_each_key_its_row_and_makes_it_once_while_there_is_room(
    texts: list[list[int]], room: int
) -> None:
    made: list[int] = []

    def make(keys: Sequence[int]) -> Matrix:
        made.extend(keys)
        return np.array([[key, -key] for key in keys], dtype=np.float64).reshape(-1, 2)

    memory = Memory(make, room)
    picked = [memory.picked(keys) for keys in texts]
    for keys, (rows, which) in zip(texts, picked, strict=True):
        assert rows[which].tolist() == [[key, -key] for key in keys]
    known = {key for keys in texts for key in keys}
    assert set(made) == known
    if room >= 41:
        assert len(made) == len(known)


def test_threads_share_a_memory() -> None:
    def make(keys: Sequence[int]) -> Matrix:
        return np.array([[key] for key in keys], dtype=np.float64)

    memory = Memory(make, 50)
    wanted = [[(start * 7 + at) % 90 for at in range(40)] for start in range(60)]
    with ThreadPoolExecutor(8) as pool:
        for keys, (rows, which) in zip(wanted, pool.map(memory.picked, wanted), strict=True):
            assert rows[which, 0].tolist() == keys


@given(st.lists(st.integers(0, 6), max_size=60), st.data())
def test_the_highest_of_a_group_is_that_of_its_rows(group: list[int], data: st.DataObject) -> None:
    rows = data.draw(arrays(np.float64, (len(group), 2), elements=signals))
    found = highest(rows, np.array(group, dtype=np.int64), 8)
    slowly = [
        rows[np.array(group, dtype=np.int64) == one].max(axis=0, initial=0) for one in range(8)
    ]
    assert np.array_equal(found, np.array(slowly))


@given(arrays(np.float64, st.tuples(st.integers(0, 100), st.just(2)), elements=signals))
def test_running_sums_are_those_of_all_rows_before(rows: Matrix) -> None:
    before = [rows[:at].sum(axis=0) for at in range(len(rows) + 1)]
    assert np.array_equal(running(rows), np.array(before))


codes = st.lists(st.integers(-1, 3), min_size=600, max_size=600)


@settings(max_examples=20)
@given(st.lists(codes, min_size=1, max_size=4))
def test_features_in_columns_add_up_to_the_same(columns: list[list[int]]) -> None:
    rows = np.array([[1.0, 2.0], [0.5, -0.25], [-3.0, 1 / WEIGHT]])
    table = load(pack({"words": (["甲", "乙", "丙"], rows)}, {}, {})).tables["words"]
    names = ("丙", "?", "甲", "乙")
    several = [[names[code] for code in row if code >= 0] for row in zip(*columns, strict=True)]
    added = table.sums_of([Column(names, np.array(column)) for column in columns])
    assert np.array_equal(added, table.sums(several))


def plain_window(rows: Matrix, spread: int) -> list[Matrix]:
    edge = np.zeros((2 * spread, rows.shape[1]))
    padded = np.vstack([edge, rows, edge])
    return [padded[at * spread : at * spread + len(rows)] for at in range(5)]


large = st.integers(0, 900_000).map(lambda whole: whole / SIGNAL)


@pytest.mark.parametrize("elements", [signals, large])
@given(data=st.data(), spread=st.sampled_from([1, 2]))
def test_a_window_weighs_five_rows(
    elements: st.SearchStrategy[float], data: st.DataObject, spread: int
) -> None:
    rows = data.draw(arrays(np.float64, (7, 3), elements=elements))
    matrix = data.draw(arrays(np.float64, (15, 2), elements=weights))
    seen = window(rows, Layer(matrix, WINDOW), spread)
    assert np.array_equal(seen, np.hstack(plain_window(rows, spread)) @ matrix)
    assert np.array_equal(product(rows, Layer(matrix[:3])), rows @ matrix[:3])


@pytest.mark.parametrize("spread", [1, 2])
def test_no_window_reaches_from_one_sentence_into_the_next(spread: int) -> None:
    places, size = spaced([3, 1, 2], spread)
    rows = np.zeros((size, 1))
    rows[places[0] : places[0] + 3] = 1.0
    seen = window(rows, Layer(np.ones((5, 1)), WINDOW), spread)
    assert seen.shape == (size, 1)
    assert not seen[places[1]].any() and not seen[places[2] : places[2] + 2].any()
    assert seen[places[0] + 1].tolist() == [3 if spread == 1 else 1]


def test_an_unknown_word_is_the_mean_of_its_characters() -> None:
    rows = np.array([[64, 0], [32, -1]], dtype=np.int8)
    known = Vectors({"卡": 0, "商": 1}, rows)
    (row,) = known.of(["卡商"])
    assert row.tolist() == [0.375, -1 / VECTOR]
    assert not known.of(["？"]).any()


def test_the_vectors_that_come_with_kg_know_what_is_alike() -> None:
    def likeness(one: str, other: str) -> float:
        left, right = vectors().of([one, other])
        return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))

    assert likeness("出售", "购买") > likeness("出售", "法院")
    assert likeness("公安局", "分局") > likeness("公安局", "有期徒刑")
