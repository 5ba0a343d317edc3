"""Lines that speak about the article: source, author, editor, date. Metadata, not text."""

from __future__ import annotations

import re

from kg.read.blocks import Block
from kg.read.dates import iso_date
from kg.read.draft import Draft

_KEYS = {
    "来源": "outlet", "文章来源": "outlet", "稿件来源": "outlet", "信息来源": "outlet",
    "内容来源": "outlet", "素材来源": "outlet", "本文来源": "outlet", "转自": "outlet",
    "综合": "", "作者": "author", "文": "author", "撰文": "author", "撰稿": "author",
    "记者": "author", "本文作者": "author", "编辑": "", "责编": "", "责任编辑": "", "审核": "",
    "校对": "", "排版": "", "监制": "", "编审": "", "审编": "", "审校": "", "通讯员": "",
    "供稿": "", "摄影": "", "翻译": "", "编译": "", "译者": "", "作者单位": "", "期刊栏目": "",
    "投稿邮箱": "", "合作电话": "", "合作微信": "", "商务合作": "",
    "发布时间": "published", "发布日期": "published", "发表时间": "published",
    "发布于": "published", "日期": "published", "时间": "published", "更新时间": "",
    "原文网址": "url", "原文链接": "url", "原文地址": "url", "文章链接": "url",
    "分类": "", "热度": "", "阅读": "", "阅读量": "", "浏览": "", "浏览量": "", "点击": "",
    "标签": "", "Tags": "", "流行热度": "", "生产日期": "",
}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _KEYS), key=len, reverse=True))
_LINE = re.compile(
    rf"[（(【\[]?\s*(?:{_NAMES})\s*[:：|｜丨/／]\s*\S.{{0,90}}$|(?:发布时间|分类|热度|来源|作者)[:：]$"
)
_PAIR = re.compile(rf"(?:(?<=[\s　（(【\[；;|])|^)({_NAMES})\s*[:：|｜丨/／]\s*")
_DATED = re.compile(
    r"[（(]?\s*(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*"
    r"(?:[（()）]|来源|作者|编辑|$)"
)
_PASSED = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日)\s*(?:公开)?(?:发布|公布)")
_AFTER_VALUE = re.compile(r"\s+(?=\d{4}\s*[-/.年]|(?:记者|作者|编辑|责编|通讯员)[\s/／|｜])")
_REPORTER = re.compile(r"(?:^|\s)(?:记者|作者)[\s/／|｜]+([^\s\d/／|｜]{2,8})")
_HEAD, _TAIL = 15, 25  # blocks from either end in which such lines are looked for


def take_info(draft: Draft, blocks: list[Block]) -> list[Block]:
    """The blocks without info lines; their values go to `draft.fields` where still empty."""
    blocks = _without_byline(draft, blocks)
    kept: list[Block] = []
    for i, block in enumerate(blocks):
        outer = i < _HEAD or i >= len(blocks) - _TAIL
        if outer and len(block.text) <= 110 and _is_info(draft, block.text, early=i < _HEAD):
            continue
        kept.append(block)
    return kept


def _is_info(draft: Draft, text: str, early: bool) -> bool:
    if early and len(text) <= 60:
        if passed := _PASSED.search(text):
            draft.note("published", iso_date(passed[1]))
        dated = _DATED.match(text)
        if dated:
            draft.note("published", iso_date(dated[1]))
    else:
        dated = None
    if is_labelled(text):
        note_pairs(draft, text)
        return True
    if dated and len(text) <= 40:
        note_pairs(draft, text)
        return True
    return False


def is_labelled(text: str) -> bool:
    """Whether a line says something about the article behind a label: 来源：甲报."""
    return bool(_LINE.match(text)) and not text.endswith("。")


def is_no_title(text: str) -> bool:
    """Whether a line at the top is about the article and no title of it: 2021-03-05 来源：甲报."""
    dated = _DATED.match(text) if len(text) <= 40 else None
    return is_labelled(text) or (dated is not None and not dated[0].endswith(("（", "(")))


def note_pairs(draft: Draft, text: str) -> None:
    """Put down what a line like `来源：甲报　2021年1月18日　记者 张三` says of the article."""
    found = list(_PAIR.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        value = text[match.end() : end]
        value, *rest = _AFTER_VALUE.split(value.strip(" \u3000）)】]（([【；;|，,"), maxsplit=1)
        for more in rest:
            draft.note("published", iso_date(more))
            if reporter := _REPORTER.search(more):
                draft.note("author", reporter[1])
        field = _KEYS[match[1]]
        if field == "published":
            draft.note(field, iso_date(value))
        elif field == "url":
            address = re.match(r"https?://[!-~]+", value)
            draft.note(field, address[0] if address else "")
        elif field and len(value) <= 60:
            draft.note(field, value)


def _without_byline(draft: Draft, blocks: list[Block]) -> list[Block]:
    """WeChat prints 原创, author and account name in three lines below the title."""
    outlet = draft.fields.get("outlet", "")
    names = {outlet, draft.fields.get("author", ""), "原创"} - {""}
    end = 0
    for i, block in enumerate(blocks[:5]):
        if block.text in names:
            end = i + 1
    if not end:
        return blocks
    for block in blocks[:end]:
        if len(block.text) > 30 or re.search(r"[。！？，]", block.text):
            return [b for i, b in enumerate(blocks) if i >= end or b.text not in names]
    for block in blocks[:end]:
        if block.text not in names:
            draft.note("author", block.text)
    return blocks[end:]
