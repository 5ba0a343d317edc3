"""Mentions that no list can hold: noun phrases by their head word, verb phrases as activities.

A noun phrase that ends in a head word of a type (`suffixes` in schemas/nodes: 开卡团伙) is a
mention of that type. A verb with its object (发布查询广告, 批量注册账号) is an activity. Both
are candidates only: they reach the graph where a relation needs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.annotate.terms import printed_name
from kg.model import Level, Mention
from kg.schema import Schema
from kg.text import Word

_PHRASE_CONFIDENCE = 0.5
_LONGEST = 5
"""Words that a noun phrase may have besides its head, and a verb phrase besides its verb."""

_MODIFIERS = ("n", "a", "b", "vn", "eng", "j", "l", "z", "an", "nz")
_NO_MODIFIER = frozenset("有关 相关 上述 下列 以下 其他 其它 主要 部分 全部 所有 一些 有的 本 该 各 一般 普遍 最 更 这种 "
                         "这些 那些 同时 目前 近期 可能 容易 一般来说 时候 情况 问题 方面 一定".split())  # fmt: skip
_NO_VERB = frozenset(
    "是 有 为 成 成为 作为 进行 实施 开展 从事 参与 涉嫌 涉及 属于 称 表示 介绍 说 认为 发现 指出 透露 "
    "显示 要求 建议 提醒 能 能够 可 可以 可能 会 应 应当 应该 需 需要 必须 要 想 愿意 敢 肯 得 让 使 令 "
    "导致 造成 引发 存在 包括 包含 具有 具备 没有 没 无 来 去 到 在 于 被 给 向 对 从 由 把 将 以 用 "
    "利用 使用 通过 借助 用于 用来 用作 据 经 例如 比如 如 叫 叫做 称为 觉得 知道 了解 看到 希望 "
    "抓获 查获 捣毁 侦破 破获 判处 获刑 打击 起诉 移送 逮捕 刑拘 缴获 扣押 判决 审理 负责 成立 "
    "导 起 出 过 完 好 开始 继续 停止 完成 达 达到 超过 超 约 近 等".split()
)


def find_phrases(
    text: str, words: Sequence[Word], known: Sequence[Mention], schema: Schema
) -> list[Mention]:
    """Noun phrases and verb phrases of `text`; `known` are the mentions found so far."""
    starts = {mention.start: mention for mention in sorted(known, key=lambda m: m.end)}
    return [*_noun_phrases(text, words, schema), *_verb_phrases(text, words, starts, schema)]


def _noun_phrases(text: str, words: Sequence[Word], schema: Schema) -> Iterator[Mention]:
    heads = _heads(schema)
    for at, word in enumerate(words):
        head = next((heads[word.text[n:]] for n in range(len(word.text)) if word.text[n:] in heads),
                    None)  # fmt: skip
        if head is None or _continues(words, at):
            continue
        kind, level = head
        first = at
        while first > 0 and at - first < _LONGEST and _modifies(words, first - 1):
            first -= 1
        start, end = words[first].start, word.end
        if end - start < 2 or (first == at and len(word.text) < 3):
            continue
        printed = text[start:end]
        yield Mention(
            start, end, printed, kind, printed_name(printed), level,
            f"nodes/{kind}.yaml#head", confidence=_PHRASE_CONFIDENCE,
        )  # fmt: skip


def _continues(words: Sequence[Word], at: int) -> bool:
    """Whether the noun after `at` makes it a modifier: 银行 in 银行职员."""
    if at + 1 == len(words) or words[at + 1].start != words[at].end:
        return False
    return words[at + 1].tag[:1] == "n" and len(words[at + 1].text) > 1


def _modifies(words: Sequence[Word], at: int) -> bool:
    word, right = words[at], words[at + 1]
    if word.end != right.start or word.text in _NO_MODIFIER or len(word.text) < 2:
        return False
    return word.tag.startswith(_MODIFIERS) and word.tag not in {"nr", "ad"}


def _verb_phrases(
    text: str, words: Sequence[Word], starts: dict[int, Mention], schema: Schema
) -> Iterator[Mention]:
    for at, word in enumerate(words):
        if not _is_verb(word):
            continue
        end = _object_end(words, at, starts)
        if end is None:
            continue
        first = at
        while first > 0 and words[first - 1].end == words[first].start and (
            words[first - 1].tag in {"d", "ad", "b"} and len(words[first - 1].text) > 1
            and words[first - 1].text in _MANNER
        ):  # fmt: skip
            first -= 1
        start = words[first].start
        printed = text[start:end]
        if len(printed) > 16 or "\n" in printed:
            continue
        yield Mention(
            start, end, printed, "Activity", printed_name(printed), Level.TYPE,
            "nodes/Activity.yaml#phrase", confidence=_PHRASE_CONFIDENCE,
        )  # fmt: skip


_MANNER = frozenset("批量 大量 非法 恶意 虚假 违规 私自 擅自 自动 远程 疯狂 频繁 大肆 快速 精准 虚拟 盗用 冒名 代".split())


def _is_verb(word: Word) -> bool:
    return word.tag in {"v", "vn", "l", "i", "vi"} and word.text not in _NO_VERB and (
        len(word.text) > 1 or word.text in "刷买卖租骗偷盗养充洗取转发拨打加拉办开注改换晒爬套查删封"
    )  # fmt: skip


def _object_end(words: Sequence[Word], at: int, starts: dict[int, Mention]) -> int | None:
    """Where the verb's object ends, None where nothing that could be its object follows."""
    position = at + 1
    end: int | None = None
    last = at + 1 + _LONGEST
    while position < min(len(words), last):
        word = words[position]
        if word.start != words[position - 1].end and word.start not in starts:
            break
        mention = starts.get(word.start)
        if mention is not None and mention.end > words[at].end and mention.type not in {
            "Agency", "Price", "Statistic", "Law", "Offence", "Case"}:  # fmt: skip
            end = mention.end
            while position < len(words) and words[position].end < end:
                position += 1
            if position + 1 < len(words) and words[position + 1].text == "的":
                position += 2
                continue
        elif word.tag.startswith("n") or word.tag in {"vn", "eng", "an"}:
            end = word.end
        elif word.tag in {"a", "b", "m", "q", "r", "j", "v", "z"} and end is None:
            pass
        elif word.text == "的" and end is not None:
            pass
        else:
            break
        position += 1
    return end


@lru_cache(maxsize=4)
def _heads(schema: Schema) -> dict[str, tuple[str, Level]]:
    return {
        suffix: (node.name, node.level)
        for node in schema.nodes.values()
        for suffix in node.suffixes
    }
