"""Who is sentenced is shown by the sentence that has the judgment."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from kg.model import Level, Mention, Sentence
from kg.relate.candidates import Candidate
from kg.relate.clauses import Parsed, parse
from kg.relate.sentencing import Sentencing
from kg.schema import load_schema
from kg.text import words

COURT, OTHER = "江州市人民法院", "云亭市人民法院"


@dataclass
class Text:
    """Sentences of which every mention of the names is known."""

    text: str
    mentions: list[Mention]
    sentences: list[Parsed]


def read(*sentences: str, people: tuple[str, ...] = ("洪某", "鲁某")) -> Text:
    text = "".join(sentences)
    names = [(name, "Person") for name in people] + [(name, "Agency") for name in (COURT, OTHER)]
    mentions = [
        Mention(at, at + len(name), name, kind, name, Level.INSTANCE, "t#t")
        for at in range(len(text))
        for name, kind in names
        if text.startswith(name, at)
    ]
    parsed, start = [], 0
    for number, one in enumerate(sentences):
        end = start + len(one)
        own = [w for w in words(text) if start <= w.start and w.end <= end]
        first = next((n for n, m in enumerate(mentions) if m.start >= start), len(mentions))
        parsed.append(parse(number, Sentence(start, end, 0), own, mentions, first))
        start = end
    return Text(text, mentions, parsed)


def shown(page: Text, name: str = "洪某", court: str = COURT) -> str | None:
    """The sentence that shows what the first one tells of a name and a court."""
    first = page.sentences[0]
    ends = [
        next(at for at, m in enumerate(page.mentions) if m.name == one) for one in (name, court)
    ]
    rules = ["edges/SENTENCED_BY.yaml#near"]
    one = Candidate(ends[0], "SENTENCED_BY", ends[1], first, 0, first.sentence.end, rules)
    found = Sentencing(page.text, page.sentences, page.mentions, load_schema()).shown(one)
    if found is None:
        return None
    assert page.mentions[found.subject].name == name
    assert page.mentions[found.object].name == court
    return page.text[found.parsed.sentence.start : found.parsed.sentence.end]


HEARD = f"{COURT}认为，被告人洪某、鲁某的行为已构成诈骗罪。"
OF_BOTH = "根据洪某、鲁某的犯罪事实和悔罪表现，"


def test_a_sentence_that_has_the_penalty_shows_itself() -> None:
    own = f"{COURT}判处洪某有期徒刑二年。"
    assert shown(read(own, "洪某被判处罚金一万元。")) == own


def test_what_a_court_found_is_no_sentence_and_the_judgment_below_is() -> None:
    verdict = "洪某被判处有期徒刑二年。"
    assert shown(read(HEARD, "洪某认罪认罚。", verdict)) == verdict


def test_the_judgment_is_his_own_and_not_that_of_who_is_named_with_him() -> None:
    anothers, own = OF_BOTH + "判处鲁某有期徒刑三年；", "判处洪某有期徒刑二年。"
    assert shown(read(HEARD, anothers, own)) == own


def test_one_judgment_of_several_is_everybodys() -> None:
    both = "判处洪某、鲁某有期徒刑二年。"
    assert [shown(read(HEARD, both), name) for name in ("洪某", "鲁某")] == [both, both]


def test_a_judgment_of_all_defendants_shows_the_one_that_it_does_not_name() -> None:
    several = "对九名被告人分别判处有期徒刑一年至五年不等。"
    assert shown(read(HEARD, several)) == several


@pytest.mark.parametrize(
    "rest", ["洪某未提出上诉。", f"{OTHER}判处洪某有期徒刑二年。", "鲁某被判处罚金一万元。"]
)
def test_without_a_judgment_of_his_by_that_court_nothing_is_told(rest: str) -> None:
    assert shown(read(HEARD, rest)) is None


def test_the_court_that_changed_a_sentence_is_not_the_one_that_gave_it_first() -> None:
    both = f"{COURT}判处洪某有期徒刑五年，{OTHER}改判洪某有期徒刑四年。"
    page = read(both)
    first, last = (at for at, m in enumerate(page.mentions) if m.name == "洪某")
    courts = [next(at for at, m in enumerate(page.mentions) if m.name == c) for c in (COURT, OTHER)]
    told = Sentencing(page.text, page.sentences, page.mentions, load_schema())
    for person, of_his in ((first, [True, False]), (last, [False, True])):
        candidates = [
            Candidate(person, "SENTENCED_BY", court, page.sentences[0], 0, len(both), ["t#t"])
            for court in courts
        ]
        assert [told.shown(one) is not None for one in candidates] == of_his


def test_a_sentence_that_is_only_asked_for_is_none() -> None:
    assert shown(read(HEARD, "检察院建议判处洪某有期徒刑二年。")) is None


def test_a_place_that_is_called_as_somebody_is_shows_no_judgment_of_his() -> None:
    verdict = "洪某被判处有期徒刑二年。"
    page = read(HEARD, verdict)
    last = max(at for at, m in enumerate(page.mentions) if m.name == "洪某")
    page.mentions[last] = replace(page.mentions[last], type="Location")
    assert shown(page) is None


@pytest.mark.parametrize(
    ("judgment", "is_shown"),
    [
        ("鲁某有悔罪表现，对其宣告缓刑，判处有期徒刑二年。", False),
        ("因有悔罪表现，判处有期徒刑二年，宣告缓刑。", True),
        ("判处鲁某等二人有期徒刑二年。", True),
    ],
)
def test_a_penalty_of_somebody_else_is_not_that_of_who_was_named_before(
    judgment: str, is_shown: bool
) -> None:
    page = read(f"{COURT}审理了洪某一案。", judgment)
    who = next(at for at, m in enumerate(page.mentions) if m.name == "洪某")
    parsed = page.sentences[1]
    start, end = parsed.sentence.start, parsed.sentence.end
    one = Candidate(who, "SENTENCED_BY", 0, parsed, start, end, ["edges/SENTENCED_BY.yaml#topic"])
    found = Sentencing(page.text, page.sentences, page.mentions, load_schema()).shown(one)
    assert (found is not None) == is_shown
