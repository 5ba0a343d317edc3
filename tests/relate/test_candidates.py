"""What rules propose for lists of names."""

from __future__ import annotations

import pytest

from kg.model import Document, Level, Mention, Sentence
from kg.relate.candidates import Candidate, Spread, candidates
from kg.relate.sources import Voices
from kg.schema import load_schema
from kg.text import words


def proposed(text: str, mentions: list[Mention]) -> list[Candidate]:
    schema = load_schema()
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    voices = Voices(document, mentions, schema)
    read = candidates(document, words(text), mentions, schema, voices)
    return [one for reading in read for one in reading.candidates]


def arrests(count: int) -> tuple[str, list[Mention]]:
    """警方抓获了洪甲、洪乙…… with so many people."""
    text = "警方抓获了"
    mentions = [Mention(0, 2, "警方", "Agency", "警方", Level.TYPE, "t#t")]
    for at in range(count):
        name = f"洪{chr(0x4E00 + at)}"
        start = len(text) + (at > 0)
        mentions.append(
            Mention(start, start + 2, name, "Person", name, Level.INSTANCE, "t#t", scoped=True)
        )
        text += ("、" if at else "") + name
    return text + "。", mentions


def test_what_is_said_of_one_of_a_list_is_said_of_each_by_its_own_place() -> None:
    text, mentions = arrests(4)
    found = [one for one in proposed(text, mentions) if one.type == "ARRESTS"]
    assert {one.object for one in found} == {1, 2, 3, 4}
    for one in found:
        if one.steps == 0:
            assert one.start <= mentions[one.object].start < mentions[one.object].end <= one.end


def test_a_list_of_twice_as_many_names_takes_twice_as_many_candidates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Candidate] = []
    spread = Spread.of

    def kept(self: Spread, one: Candidate) -> list[Candidate]:
        found = spread(self, one)
        made.extend(found)
        return found

    monkeypatch.setattr(Spread, "of", kept)
    counts = []
    for size in (30, 60):
        made.clear()
        assert len(proposed(*arrests(size))) >= size
        counts.append(len(made))
    assert 0 < counts[1] < 2.5 * counts[0]


@pytest.mark.parametrize(
    "text",
    [
        "\ue800是卡商的上家。卡商\ue801隶属于号商。",
        "卡商（\ue834）是号商的上家",
        "卡商、号商等\ue800。",
    ],
)
def test_an_icon_of_a_page_is_no_mention(text: str) -> None:
    mentions = [
        Mention(at, at + 2, name, "Role", name, Level.TYPE, "t#t")
        for name in ("卡商", "号商")
        if (at := text.find(name)) >= 0
    ]
    for found in proposed(text, mentions):
        assert {found.subject, found.object} == {0, 1}
