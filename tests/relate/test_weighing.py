"""How the rules' verdict is weighed: every sentence here is made up."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from kg.model import Level, Mention, Modality
from kg.relate.modality import Stance
from kg.relate.weighing import MODALITIES, PLACES, Told, Weighing, Weights, shipped
from kg.rows import Table
from kg.schema import load_schema
from kg.text import words

from ..strategies import split_document

SCHEMA = load_schema()
ENDS = {"老杜": ("Person", Level.INSTANCE), "猫池": ("Tool", Level.TYPE)}


def table(rows: Mapping[str, Mapping[str, float]], width: int) -> Table:
    """A table that says so much for a modality (`asserted`, or `inside asserted` for a word)."""
    filled = np.zeros((len(rows) + 1, width), dtype=np.float32)
    for at, said in enumerate(rows.values(), 1):
        for what, worth in said.items():
            place, _, modality = what.rpartition(" ")
            offset = PLACES.index(place) * len(MODALITIES) if place else 0
            filled[at, offset + MODALITIES.index(Modality(modality))] = worth
    return Table({name: at for at, name in enumerate(rows, 1)}, filled)


def weights(
    signs: Mapping[str, Mapping[str, float]], said: Mapping[str, Mapping[str, float]] | None = None
) -> Weights:  # fmt: skip
    many = len(MODALITIES)
    return Weights(table(signs, many), table(said or {}, many * len(PLACES)))


def weighed(text: str, by: Weights) -> list[Modality]:
    """How each sentence of `text` puts that 老杜 USES 猫池."""
    document = split_document(text)
    mentions = [
        Mention(at, at + len(name), name, kind, name, level, "test")
        for name, (kind, level) in ENDS.items()
        for at in range(len(text)) if text.startswith(name, at)
    ]  # fmt: skip
    mentions.sort(key=lambda m: m.start)
    told = []
    for sentence in document.sentences:
        here = [m for m in mentions if sentence.start <= m.start < sentence.end]
        subject, target = sorted(here, key=lambda m: [*ENDS].index(m.name))
        told.append(
            Told(sentence, min(m.start for m in here), max(m.end for m in here), subject,
                 SCHEMA.edges["USES"], target)
        )  # fmt: skip
    stance = Stance(document, mentions, SCHEMA)
    together = Weighing(words(text), stance, by).modalities(told)
    alone = [Weighing(words(text), stance, by).modalities([one])[0] for one in told]
    assert together == alone
    return together


def test_the_likeliest_modality_is_told() -> None:
    by = weights({"edge=USES": {"hypothetical": 1.0, "asserted": 0.5}})
    assert weighed("老杜使用猫池。", by) == ["hypothetical"]


def test_words_count_where_they_stand() -> None:
    by = weights({"any": {"asserted": 0.5}}, {"据说": {"left hypothetical": 1.0},
                                              "老手": {"right hypothetical": 1.0}})  # fmt: skip
    text = "据说，老杜使用猫池。老杜使用猫池，据说。老杜使用猫池，老手。老手，老杜使用猫池。"
    assert weighed(text, by) == ["hypothetical", "asserted", "hypothetical", "asserted"]


def test_a_word_said_twice_counts_twice() -> None:
    by = weights({"any": {"asserted": 1.5}}, {"据说": {"left hypothetical": 1.0}})
    once, twice = weighed("据说，老杜使用猫池。据说，据说，老杜使用猫池。", by)
    assert (once, twice) == ("asserted", "hypothetical")


def test_a_denial_stands_whatever_speaks_against_it() -> None:
    by = weights({"any": {"asserted": 20.0}})
    assert weighed("老杜没有使用猫池。", by) == ["negated"]


def test_what_a_person_is_accused_of_stays_alleged() -> None:
    by = weights({"any": {"asserted": 20.0}})
    assert weighed("警方通报，老杜涉嫌使用猫池。", by) == ["alleged"]


@pytest.mark.parametrize(("worth", "expected"), [(1.0, "hypothetical"), (9.0, "asserted")])
def test_what_may_be_is_a_fact_only_where_that_is_all_but_sure(worth: float, expected: str) -> None:
    by = weights({"any": {"asserted": worth}})
    assert weighed("老杜可能使用猫池。", by) == [expected]


def test_a_checkout_without_weights_has_what_the_rules_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.relate.weighing.shipped", lambda: None)
    document = split_document("老杜可能使用猫池。")
    ends = [Mention(0, 2, "老杜", "Person", "老杜", Level.INSTANCE, "test"),
            Mention(6, 8, "猫池", "Tool", "猫池", Level.TYPE, "test")]  # fmt: skip
    told = Told(document.sentences[0], 0, 8, ends[0], SCHEMA.edges["USES"], ends[1])
    stance = Stance(document, ends, SCHEMA)
    assert Weighing(words(document.text), stance).modalities([told]) == ["hypothetical"]


def test_every_word_of_the_sentence_has_one_place() -> None:
    text = "前一句。他说，老杜最近使用猫池打电话，很忙。"
    document = split_document(text)
    ends = [Mention(7, 9, "老杜", "Person", "老杜", Level.INSTANCE, "test"),
            Mention(13, 15, "猫池", "Tool", "猫池", Level.TYPE, "test")]  # fmt: skip
    told = Told(document.sentences[1], 7, 15, ends[0], SCHEMA.edges["USES"], ends[1])
    stance = Stance(document, ends, SCHEMA)
    places = dict(Weighing(words(text), stance).places(told))
    said = {place: "".join(word.text for word in several) for place, several in places.items()}
    assert said == {
        "left": "他说，", "before": "", "inside": "老杜最近使用猫池", "after": "打电话",
        "right": "，很忙。",
    }  # fmt: skip


def test_the_weights_that_come_with_kg_know_every_edge_that_is_told() -> None:
    known = shipped()
    assert known is not None
    missing = [name for name in SCHEMA.edges if f"edge={name}" not in known.signs.place]
    assert not missing
