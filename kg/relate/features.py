"""What the ranker looks at: a candidate as a few dozen readable features.

Features name classes (edge, types, rules, distances) and words of the text only beside the edge
that they speak for; training drops what few annotated articles have, so that the weights cannot
learn an article by heart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.model import Mention
from kg.relate.candidates import Candidate
from kg.text import Word


def features(found: Sequence[Candidate], mentions: Sequence[Mention]) -> list[list[str]]:
    """The features of each candidate, in the same order."""
    rivals = Counter((c.subject, c.object, c.parsed.number) for c in found)
    objects = Counter((c.subject, c.type, c.parsed.number) for c in found)
    subjects = Counter((c.object, c.type, c.parsed.number) for c in found)
    named = Counter(mention.name for mention in mentions)
    told = Counter((mentions[c.subject].name, c.type, mentions[c.object].name) for c in found)
    ruled = {
        (c.subject, c.object, c.parsed.number) for c in found if not c.rules[0].endswith(_NEAR)
    }
    return [
        [
            *_about(one, mentions),
            f"rivals={min(rivals[one.subject, one.object, one.parsed.number], 4)}",
            f"objects={min(objects[one.subject, one.type, one.parsed.number], 5)}",
            f"subjects={min(subjects[one.object, one.type, one.parsed.number], 5)}",
            *_in_document(one, mentions, named, told, ruled),
        ]
        for one in found
    ]


_ACTORS = frozenset({"Person", "Organization", "Group", "Role", "Agency"})
_NEAR = ("#near", "#topic")


def _in_document(
    one: Candidate, mentions: Sequence[Mention], named: Counter[str],
    told: Counter[tuple[str, str, str]], ruled: set[tuple[int, int, int]],
) -> Iterable[str]:  # fmt: skip
    """How much the document makes of the two ends, and what else is proposed for them."""
    subject, target, edge = mentions[one.subject], mentions[one.object], one.type
    times = min(told[subject.name, edge, target.name], 3)
    pair = (one.subject, one.object, one.parsed.number)
    back = (one.object, one.subject, one.parsed.number)
    other = "same" if pair in ruled else "turned" if back in ruled else "none"
    near = one.rules[0].endswith(_NEAR)
    yield from (
        f"told={times}", f"told={edge}:{times}", f"namedS={min(named[subject.name], 6)}",
        f"namedO={min(named[target.name], 6)}", f"cue={edge}:{one.cue}", f"cue={one.cue}:{near}",
        f"other={other}:{near}", f"other={edge}:{other}:{near}", f"near={near}",
    )  # fmt: skip


def _about(one: Candidate, mentions: Sequence[Mention]) -> list[str]:
    subject, target = mentions[one.subject], mentions[one.object]
    edge = one.type
    types = f"{subject.type}>{target.type}"
    distance = _distance(subject, target)
    between = sum(
        1
        for m in one.parsed.mentions
        if min(subject.end, target.end) <= mentions[m].start
        and mentions[m].end <= max(subject.start, target.start)
    )
    actors = [m for m in one.parsed.mentions if mentions[m].type in _ACTORS]
    things = [m for m in one.parsed.mentions if mentions[m].type == target.type]
    place = "first" if actors and one.subject == actors[0] else "other"
    order = "forward" if subject.start < target.start else "back"
    sure = f"{subject.confidence >= _SURE}{target.confidence >= _SURE}"
    found = [
        "bias", f"edge={edge}", f"types={edge}:{types}", f"elided={one.elided}",
        f"elided={edge}:{one.elided}", f"distance={distance}", f"distance={edge}:{distance}",
        f"between={min(between, 4)}", f"between={edge}:{min(between, 3)}",
        f"order={edge}:{order}", f"place={edge}:{subject.type}:{place}",
        f"last={edge}:{bool(things) and things[-1] == one.object}",
        f"order={types}:{edge}:{order}", f"rules={min(len(one.rules), 4)}",
        f"rules={edge}:{min(len(one.rules), 3)}", f"steps={one.steps}",
        f"trigger={edge}:{one.trigger}", f"subject={_how(subject)}:{subject.type}",
        f"object={_how(target)}:{target.type}", f"levels={subject.level}>{target.level}",
        f"heading={one.parsed.sentence.heading}", f"sure={sure}", f"sure={edge}:{sure}",
        f"sureS={subject.type}:{subject.confidence >= _SURE}",
        f"sureO={target.type}:{target.confidence >= _SURE}",
        f"tail={edge}:{target.text[-1]}", f"tailS={edge}:{subject.text[-1]}",
    ]  # fmt: skip
    for rule in one.rules:
        name = rule.removeprefix("edges/")
        found += [f"rule={name}", f"rule={name}:{one.elided}", f"rule={name}:{types}",
                  f"rule={name}:{distance}", f"rule={name}:{sure}"]  # fmt: skip
    found += _around(one.parsed.words, subject, target, edge)
    return found


_SURE = 0.6
_JOINTS = frozenset(
    [
        "的",
        "、",
        "，",
        "和",
        "与",
        "及",
        "等",
        "是",
        "为",
        "在",
        "被",
        "将",
        "把",
        "对",
        "向",
        "给",
        "从",
        "由",
        "以",
        "用",
        "（",
        "：",
        "；",
    ]
)


def _around(words: Sequence[Word], subject: Mention, target: Mention, edge: str) -> Iterable[str]:
    left, right = sorted((subject, target), key=lambda m: m.start)
    inside = [w for w in words if w.start >= left.end and w.end <= right.start]
    tags = "".join(w.tag[:1] or "?" for w in inside)
    if len(tags) <= 5:
        yield f"tags={edge}:{tags}"
    commas = min(sum(w.text in "，；：" for w in inside), 3)
    yield from (f"commas={commas}", f"commas={edge}:{commas}")
    if inside:
        yield f"joint={edge}:{inside[0].text if inside[0].text in _JOINTS else '*'}"
        yield f"joined={edge}:{inside[-1].text if inside[-1].text in _JOINTS else '*'}"
    yield f"list={edge}:{any(w.text == '、' for w in inside)}"
    if 0 < len(inside) <= 3:
        yield f"gap={edge}:" + " ".join(w.text for w in inside)
    for word in inside:
        if word.tag[:1] in "vpcux" or not word.tag:
            yield f"mid={edge}:{word.text}"
    after = next((w for w in words if w.start >= right.end), None)
    before = next((w for w in reversed(words) if w.end <= left.start), None)
    if after:
        yield f"next={edge}:{after.text}"
    if before:
        yield f"prev={edge}:{before.text}"


def _how(mention: Mention) -> str:
    tail = mention.rule.rpartition("#")[2]
    return tail if tail in {"term", "phrase", "head", "tagger", "anaphor"} else "pattern"


def _distance(left: Mention, right: Mention) -> int:
    gap = max(left.start, right.start) - min(left.end, right.end)
    for size, limit in enumerate((0, 2, 6, 12, 24, 48)):
        if gap <= limit:
            return size
    return 6
