"""As what: the title that somebody has, the role in which somebody acts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Mention, Sentence
from kg.relate.page import CUT, Page, Span, any_of
from kg.schema import Schema

_ROLES: Mapping[str, str] = {
    "INVESTIGATES": "挂牌督办 提起公诉 移送审查起诉 审查起诉 立案侦查 侦查查明 配合支持 立案 "
    "破获 侦破 审查 审理 督办 并案侦查 批准逮捕 相对不起诉 部署 统一指挥 指挥 开展 推进",
    "ARRESTS": "刑事拘留 行政拘留 取保候审 批准逮捕 依法逮捕 刑事强制措施 强制措施 监视居住 "
    "上网追逃",
    "COLLUDES_WITH": "雇用 雇佣 招募 受雇 合伙 共谋 指使",
    "CONTROLS": "首要分子 组建 自行搭建 搭建 成立 创办 开设店铺 开设 为首 组织领导 经营 运营 "
    "研发 开发",
    "AFFILIATED_WITH": "招募 受雇 应聘 加入 入职 占股",
    "CONVICTED_OF": "主犯 从犯 共犯 胁从犯 累犯",
    "INVOLVES": "被告人 被告 原告 被害人 犯罪嫌疑人 上诉人 公诉机关 证人",
    "PART_OF": "上游 中游 下游 源头 核心环节 重要环节 关键环节 终端 末端",
    "HAS_PRICE": "成本价 收购价 批发价 零售价 进价 售价 单价 均价 报价 租金 提成 手续费 报酬",
    "LOCATED_IN": "总部 分部 分公司 注册地 户籍",
    "ENGAGES_IN": "主犯 从犯",
}
_HEADCOUNT = re.compile(r"[0-9]+[余多]?[名人]+$|[”\"]$")
_PARTIES = frozenset({"Person", "Organization"})


class Standing:
    """The titles and roles of one document."""

    def __init__(self, page: Page, schema: Schema) -> None:
        self._page = page
        self._titles = _title_patterns(schema)

    def title(self, sentence: Sentence, subject: Mention, target: Mention) -> dict[str, str]:
        """某公司董事长张某; 张某（时任某公司董事长）; 公司内部员工; 以张某等人为骨干成员."""
        if subject.type not in {"Person", "Role"}:
            return {}
        if subject.attrs.get("title"):
            return {"title": subject.attrs["title"]}
        low = max(sentence.start, subject.start - 16)
        if target.end <= subject.start:
            low = max(low, target.end)
        match = self._titles.ends.search(self._page.text[low : subject.start].rstrip('“"（( '))
        match = match or self._titles.ends.search(_HEADCOUNT.sub("", subject.text))
        if match is None and subject.end <= target.start:
            after = self._page.text[target.end : min(sentence.end, target.end + 14)]
            match = self._titles.starts.match(CUT.split(after.lstrip('”"的'))[0])
        if match is None and sentence.start <= subject.start < sentence.end:
            match = self._titles.made.match(self._page.text[subject.end : sentence.end][:40])
        return {"title": match["title"]} if match else {}

    def role(
        self, edge: str, sentence: Sentence, clause: Span, verb: Span | None,
        ends: tuple[Mention, Mention],
    ) -> dict[str, str]:  # fmt: skip
        """The word of the edge's list that stands nearest to the verb or the subject."""
        pattern = _role_pattern(edge)
        if pattern is None:
            return {}
        if edge == "INVOLVES":  # 被告人张某
            before = self._page.text[max(clause[0], ends[1].start - 7) : ends[1].start]
            held = list(pattern.finditer(before if ends[1].type in _PARTIES else ""))
            return {"role": held[-1].group()} if held else {}
        pivot = verb[0] if verb else ends[0].start
        found = [(abs(match.start() - pivot), match.group())
                 for match in pattern.finditer(self._page.text, *clause)]  # fmt: skip
        if not found and verb is not None:
            late = pattern.search(self._page.text, verb[0], min(sentence.end, verb[1] + 12))
            found = [(0, late.group())] if late else []
        return {"role": min(found)[1]} if found else {}


@dataclass(frozen=True, slots=True)
class _Titles:
    """Patterns of a title at the end of a text, at its start, and after 张某等人为."""

    ends: re.Pattern[str]
    starts: re.Pattern[str]
    made: re.Pattern[str]


@lru_cache(maxsize=4)
def _title_patterns(schema: Schema) -> _Titles:
    words, modifiers = (any_of(schema.words[name]) for name in ("title-words", "title-modifier"))
    title = rf"(?P<title>(?:{modifiers}){{0,2}}(?:{words}))"
    people = r"(?:(?:、|和|与)[^，。；、为]{2,8})*(?:等(?:[0-9余多数几]*名?人)?)?"
    become = r"(?:曾|时|均)?(?:担任|任|为|作|当|系|是|充当)[^，。；、为]{0,10}?"
    return _Titles(
        re.compile(rf"{title}$"), re.compile(title), re.compile(rf"{people}{become}{title}")
    )


@lru_cache(maxsize=64)
def _role_pattern(edge: str) -> re.Pattern[str] | None:
    return re.compile(any_of(_ROLES[edge])) if edge in _ROLES else None
