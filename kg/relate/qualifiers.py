"""How much, at what price, when, where, as what: the properties of an edge.

A qualifier is taken only from where it stands: a quantity at its own noun, a price and a
place in the clause, a date in the clause or at the head of a clause before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.model import ACTS, Document, Mention, Sentence
from kg.schema import EdgeType, Schema
from kg.text import strip_quotes
from kg.values import (
    Date,
    Found,
    Money,
    Quantity,
    find_dates,
    find_money,
    find_penalties,
    find_quantities,
)

Span = tuple[int, int]


def _any(words: str) -> str:
    """An alternation of `words`, longer ones first."""
    return "|".join(sorted(words.split(), key=lambda word: (-len(word), word)))


# The finders of kg.values are thorough and slow; these tell where one may find anything.
_NUMERAL = re.compile(r"[0-9０-９]|[一二两三四五六七八九十百千万亿几数][^\W\d_]")
_MONEY = re.compile(r"[元块币¥￥$＄€£Uu毛刀美]")
_DATE = re.compile(
    r"[0-9０-９一二三四五六七八九十〇零][年月日/. ·-]|[今去前明本上同次当昨翌][年月日天晚]"
    r"|[近日]日|日前|近期|不久|年[初底末]"
)
_RELATIVE = re.compile(r"[同次翌当][年月日天晚]|(?<![年0-9] )(?<![年0-9])[0-9]{1,2} ?月")
_FULL_DATE = re.compile(r"((?:19|20)[0-9]{2}) ?年(?: ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?日)?)?")
_PENALTY = re.compile(r"徒刑|拘役|管制|罚金|罚款|死刑|缓刑|拘留|获刑|判")

_MASS = _any(
    "大量 大批量 大批 海量 批量 一大批 一批 众多 诸多 许多 大肆 若干 少量 多次 无数 上百 上千 上万 "
    "数十 数百 数千 数万 数十万 数百万 数千万 数亿 成百上千 成千上万"
)
_MASS_BEFORE = re.compile(
    rf"(?:(?:{_MASS})(?:余?[张个条名部台套份件起家种])?"
    r"|[多数几][张个条名部台套份件起家处间])(?=的?$)"
)
_MASS_FIRST = re.compile(_MASS)
_MASS_AFTER = re.compile(r"(?:数据)?一大?批")
_BETWEEN = re.compile(r"(?:左右|以上|不等)?的?[\u4e00-\u9fffA-Za-z]{0,4}[“\"]?$")
_NOT_BETWEEN = re.compile(r"[的和与及或被由在向从给把将是为并了]")
_AFTER_NOUN = re.compile(
    r"[”\"]?[（(]?(?:等(?:涉案|作案|黑产)?(?:设备|物品|工具|物)?|数据)?，?(?:共计?|总计|合计|累计|约|近|逾|达|超过|多达|数量达|总数)?$"
)
_ONE = re.compile(r"一[\u4e00-\u9fff]{1,2}")  # 一款, 一家: that there is one, no count
_NO_COUNT = frozenset("种类款次倍层")
_FUNDS = re.compile(r"资金|款$|现金|钱$|货币|虚拟币|流水|佣金|好处费|资产")
_LIST = re.compile(r"[”\"]?(?:、|和|及|以及|与)[“\"]?")

_CHEAP = re.compile(
    _any("低价 高价 免费 无偿 低成本 零成本 低成本或零成本 半价 原价 底价 最优惠的价格")
)
_PRICE_WORDS = _any(
    "以 按 按照 价格 单价 售价 均价 报价 要价 开价 定价 标价 收费 收取 卖 卖到 只要 仅需 花费 "
    "支付 付 成本"
)
_PRICE_BEFORE = re.compile(
    rf"(?:{_PRICE_WORDS})"
    r"(?:了|为|是|在|到|给|约|近|共计?|总共|每\w|高达|低至|至少|仅|人民币|费用)*$"
)
_PRICE_AFTER = re.compile(
    r"(?:不等|左右|至?以上)?(?:的(?:价格|单价|低价|高价|成本|费用|报酬|好处费|佣金)|"
    r"出售|售出|卖|购买|收购|收|购得|买|转手|转卖|一[张个条套份])"
)
_NO_PRICE = re.compile(
    r"(?:获利|所得|金额|价值|罚|损失|骗|盈利|营收|流水|资金|赚取?|涉案|退赔|退缴)[\u4e00-\u9fff]{0,6}$"
)
_EACH_BEFORE = re.compile(r"每(?P<per>[张条个套部台次份件组单天月年]) ?$")

_SITE = (
    r"出租屋|住所|住处|家中|家里|宾馆|酒店|旅馆|夜市|办公室|写字楼|客房|营业厅|仓库|窝点|机场|现场|"
    r"全国(?:各地|多地|范围|[0-9]+个省市)?|多地|各地|[0-9]+(?:余|多)?个?省(?:[0-9]+个?市)?|农村地区|"
    r"境内|境外|国内|海外|小区|网吧"
)
_NET = r"网上|网络|互联网|线上|线下|微信群|QQ ?群|贴吧|暗网|网盘|朋友圈|群(?=[里内中])"
_PLACE_BEFORE = re.compile(r"(?:在|于|位于|赴|前往|奔赴|到|至)[“\"]?$")
_PLACES = re.compile(
    rf"(?:在|于|赴|奔赴|前往|直奔|到)(?P<text>(?:[^，。；、：在将把投入]){{0,5}}?(?:{_SITE}))"
    r"(?!警|公安|民)"
)
_NETS = re.compile(rf"(?:在|通过|从|于|到)(?P<text>(?:境外|海外)?(?:{_NET}))")

_MORE = re.compile(
    r"(?:[，,、；;和]?\s*(?:并且?|同时|且|另)?(?:宣告)?(?:缓刑|并?处?罚[金款]|剥夺政治权利|没收|追缴|退赔|"
    r"从业禁止|禁止从事|损害赔偿金|驱逐出境|赔偿)[^，,；;。、]{0,28})+"
)
_UPHELD = re.compile(r"驳回上诉[，,]?维持原判|免予刑事处罚|依法判刑")
_GIVEN = re.compile(r"判决|判处|被判|获刑|提起公诉|宣判")
_SHARED = re.compile(r"分别|依次")

_HEADS = (
    "成员 员工 人员 销售员 业务员 客服 销售 民警 辅警 教师 老师 律师 工程师 讲师 分析师 编辑 财务 "
    "法人 股东 法定代表人 控制人 实际控制人 合伙人 创始人 运营者 经营者 管理者 管理员 组织者 "
    "领导者 组织领导者 首要分子 头目 总裁 组长 庭长 检察长 书记员 助理 程序员 行长 柜员 店员 "
    "内勤 代理人 学生 理事长 秘书长 会长 委员 骨干 主犯 主管 研究员 副教授 村医 网管 技术员 "
    "信息员 联络员 执行官 高管"
)
_NO_TITLE = (
    "先生 女士 同学 男子 女子 被告人 犯罪嫌疑人 嫌疑人 被害人 受害人 当事人 市民 村民 居民 "
    "网友 网民 用户 卖家 买家"
)
_MODIFIER = _any(
    "内部 骨干 核心 固定 相关 有关 主要 技术 财务 销售 市场 高级 资深 首席 执行 前 原 业务 实际 "
    "网络 安全 客服 人事 运营 区域 中国 总部 刑侦 网安 培训 部门 基层 项目 副 总 审判 辅助 外包 "
    "涉案 特约 工作 管理 研究"
)
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
_BEFORE_DATE = _any(
    "据悉 据了解 经查 随后 早在 截至 截止 自 从 在 到 于 据 直到 目前 此外 其中 而 如今 由于"
)
_OPENING = re.compile(rf"[\s“\"（(—-]*(?:{_BEFORE_DATE})?$")
_HEADCOUNT = re.compile(r"[0-9]+[余多]?[名人]+$|[”\"]$")
_VAGUE = re.compile(r"近几?年|近期|不久|前不久")
_CUT = re.compile(r"[，,；;。：:！？（）()]")


class Qualifiers:
    """The qualifiers of one document; what a span holds is looked up once, when asked for."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = document.text
        self._published = document.published
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._titles = _title_patterns(schema)
        self._held: dict[tuple[str, int, int], Any] = {}

    def attrs(
        self, edge: EdgeType, sentence: Sentence, clause: Span, verb: Span | None,
        subject: Mention, target: Mention, good: Sequence[Mention] = (),
    ) -> dict[str, str]:  # fmt: skip
        """The properties of `edge` that the text gives for this claim, as printed, with the
        normalised value beside (`p_value`, `p_unit`) where it can be read.

        `clause` and `verb` are spans in `sentence`; `good` is what fills the patient slot
        when neither end is what is traded.
        """
        wanted = edge.properties
        found: dict[str, str] = {}
        if "good" in wanted and good:
            found["good"] = "、".join(dict.fromkeys(map(_printed, good)))
        if "quantity" in wanted:
            counted = (target, subject) if target.type in {"Location", "Agency"} else (target,)
            for thing in good or counted:
                quantity = self._quantity(clause, verb, thing)
                if quantity:
                    found |= quantity
                    break
        if "price" in wanted:
            found |= self._price(sentence, clause)
        if "time" in wanted:
            found |= self._time(sentence, clause, verb, lasting=edge.name in _LASTING)
        if "place" in wanted:
            found |= self._place(edge.group, clause, subject, target)
        if "penalty" in wanted:
            found |= self._penalty(sentence, clause, subject, target)
        if "title" in wanted:
            found |= self._titled(sentence, subject, target)
        if "role" in wanted:
            found |= self._role(edge.name, sentence, clause, verb, (subject, target))
        return found

    def _once(self, kind: str, start: int, end: int, find: Callable[[str], Any]) -> Any:
        """`find` over a span, with offsets of the document, kept."""
        key = (kind, start, end)
        if key not in self._held:
            found = find(self._text[start:end])
            self._held[key] = [Found(one.start + start, one.end + start, one.value)
                               for one in found]  # fmt: skip
        return self._held[key]

    def _money(self, clause: Span) -> list[Found[Money]]:
        if not _MONEY.search(self._text, *clause):
            return []
        found: list[Found[Money]] = self._once("money", *clause, find_money)
        return found

    # -- quantity --------------------------------------------------------------------------

    def _quantity(self, clause: Span, verb: Span | None, thing: Mention) -> dict[str, str]:
        """The count that stands at `thing`, else 大量 at it or at the verb."""
        if not (clause[0] <= thing.start and thing.end <= clause[1]):
            return {}
        if _NUMERAL.search(self._text, *clause):
            found: list[Found[Quantity]] = self._once("quantity", *clause, find_quantities)
            for one in found:
                value = one.value
                idle = _ONE.fullmatch(value.text) or (
                    value.unit in _NO_COUNT and not value.text[0].isdigit()
                )
                if not idle and self._belongs(one, thing):
                    return _said("quantity", value.text, _range(value), value.unit)
        if _FUNDS.search(thing.name):
            for sum_ in self._money(clause):
                if self._belongs(sum_, thing):
                    money = sum_.value
                    return _said("quantity", money.text, _range(money), money.currency)
        if thing.type in ACTS:
            return {}  # 批量注册 says how, not how many
        match = _MASS_BEFORE.search(self._text[clause[0] : thing.start])
        match = match or _MASS_FIRST.match(self._text, thing.start, thing.end)
        match = match or _MASS_AFTER.match(self._text, thing.end, clause[1])
        if match is None and verb is not None and verb[1] <= thing.start:
            match = _MASS_BEFORE.search(self._text[clause[0] : verb[0]])
        return {"quantity": match.group().removeprefix("数据")} if match else {}

    def _belongs(self, found: Found[Quantity] | Found[Money], thing: Mention) -> bool:
        """Whether a quantity stands directly at `thing`, and is no part of its name."""
        if thing.start <= found.start < thing.end:
            return found.end <= thing.end and found.value.text not in thing.name
        if found.end <= thing.start:
            gap = self._text[found.end : thing.start]
            if len(gap) > 5 or not _BETWEEN.fullmatch(gap):
                return False
            at = bisect_left(self._starts, found.end)
            return not _NOT_BETWEEN.search(gap.removesuffix("的")) and (
                at == len(self._starts) or self._starts[at] >= thing.start
            )
        end = thing.end
        # 手机、电脑21部 counts the whole list ...
        while joint := _LIST.match(self._text, end, found.start):
            following = self._mention_at(joint.end())
            if following is None or following.end > found.start:
                break
            end = following.end
        if thing.type == "Person" or not end <= found.start <= end + 8:
            return False
        # ... and 手机卡3名男子 does not count cards.
        return bool(_AFTER_NOUN.fullmatch(self._text[end : found.start])) and (
            self._mention_at(found.end) is None
        )

    def _mention_at(self, offset: int) -> Mention | None:
        at = bisect_left(self._starts, offset)
        here = self._mentions[at] if at < len(self._starts) else None
        return here if here is not None and here.start == offset else None

    # -- price, time and place -------------------------------------------------------------

    def _price(self, sentence: Sentence, clause: Span) -> dict[str, str]:
        """Per piece, or with a word for a price beside it; never a profit or a total."""
        led = _PRICE_LED.search(self._text, sentence.start, clause[0])
        wide = (led.start(), clause[1]) if led else clause
        best: Found[Money] | None = None
        for found in self._money(wide):
            before = _CUT.split(self._text[max(wide[0], found.start - 14) : found.start])[-1]
            if _NO_PRICE.search(before):
                continue
            if found.value.per or _EACH_BEFORE.search(before):
                best = found
                break
            after = self._text[found.end : found.end + 8]
            if best is None and (_PRICE_BEFORE.search(before) or _PRICE_AFTER.match(after)):
                best = found
        if best is None:
            cheap = _CHEAP.search(self._text, *clause)
            return {"price": cheap.group()} if cheap else {}
        value, text, per = best.value, best.value.text, best.value.per
        each = _EACH_BEFORE.search(self._text[max(wide[0], best.start - 5) : best.start])
        if each and not per:
            text, per = each.group() + text, each["per"]
        return _said("price", text, _range(value), value.currency + (f"/{per}" if per else ""))

    def _time(
        self, sentence: Sentence, clause: Span, verb: Span | None, *, lasting: bool
    ) -> dict[str, str]:
        """A date in the clause, before the verb if there is one; else one that opens a clause
        before it, unless the fact is a `lasting` one, which no date further off bounds."""
        if not _DATE.search(self._text, clause[0] if lasting else sentence.start, clause[1]):
            return {}
        chosen: Found[Date] | None = None
        dates: list[Found[Date]] = self._once(
            "date", sentence.start, sentence.end,
            lambda piece: find_dates(piece, self._published, self._anchor(sentence)),
        )  # fmt: skip
        for found in dates:
            at = bisect_left(self._starts, found.end)
            if found.start >= clause[1] or any(
                m.start <= found.start < m.end and m.type not in ACTS
                for m in self._mentions[max(0, at - 5) : at]
            ):
                continue
            if found.start >= clause[0]:
                late = verb is not None and found.start > verb[0]
                if chosen is None or chosen.end <= clause[0] or not late:
                    chosen = found
            elif (
                not lasting
                and not _VAGUE.match(found.value.text)
                and _OPENING.fullmatch(_CUT.split(self._text[sentence.start : found.start])[-1])
            ):
                chosen = found
        if chosen is None:
            return {}
        value = chosen.value
        iso = value.start if value.start == value.end else f"{value.start}/{value.end or '..'}"
        return _said("time", value.text, iso if value.start else "", "")

    def _anchor(self, sentence: Sentence) -> str:
        """The last full date before a sentence that says 同年, 次日 or a month only."""
        if not _RELATIVE.search(self._text, sentence.start, sentence.end):
            return ""
        dates = _FULL_DATE.findall(self._text, 0, sentence.start)
        return "-".join(part.zfill(2) for part in dates[-1] if part) if dates else ""

    def _place(self, group: str, clause: Span, subject: Mention, target: Mention) -> dict[str, str]:
        """A named place after 在 or a kind of place; in trade also a site."""
        types = {"Location", "Platform"} if group == "trade" else {"Location"}

        def is_end(start: int, end: int) -> bool:
            return any(one.start < end and start < one.end for one in (subject, target))

        for at in range(bisect_left(self._starts, clause[0]), len(self._starts)):
            mention = self._mentions[at]
            if mention.end > clause[1]:
                break
            if mention.type in types and mention.name not in (subject.name, target.name):
                led = _PLACE_BEFORE.search(self._text[clause[0] : mention.start])
                within = mention.type == "Location" and self._text.startswith("境内", mention.end)
                if (led or within) and not is_end(mention.start, mention.end):
                    return {"place": strip_quotes(mention.text)}
        for pattern in (_PLACES, _NETS) if group == "trade" else (_PLACES,):
            match = pattern.search(self._text, *clause)
            if match and not is_end(*match.span("text")):
                return {"place": match["text"]}
        return {}

    # -- penalty ---------------------------------------------------------------------------

    def _penalty(
        self, sentence: Sentence, clause: Span, subject: Mention, target: Mention
    ) -> dict[str, str]:
        """The whole penalty after the convict; of a statute, the one that it threatens with."""
        upheld = _UPHELD.search(self._text, sentence.start, sentence.end)
        runs = self._runs(sentence)
        if not runs:
            return {"penalty": upheld.group()} if upheld and target.type == "Agency" else {}
        if subject.type in {"Law", "Agency"}:
            if _GIVEN.search(self._text, sentence.start, runs[0][0]):
                return {}
            own = [run for run in runs if run[0] >= clause[0]]
            return {"penalty": self._text[slice(*(own or runs)[0])]}
        names = list(dict.fromkeys(m.name for m in self._people(*_span(sentence))))
        shared = _SHARED.search(self._text, sentence.start, runs[0][0])
        if shared and 1 < len(runs) == len(names) and subject.name in names:
            return {"penalty": self._text[slice(*runs[names.index(subject.name)])]}
        own = [run for run in runs if run[0] >= subject.end]
        return {"penalty": self._text[slice(*(own or runs)[0])]}

    def _people(self, start: int, end: int) -> list[Mention]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self._mentions[first:last] if m.type in {"Person", "Organization"}]

    def _runs(self, sentence: Sentence) -> list[Span]:
        """The penalties of a sentence, each with the fine and the rest that belong to it."""
        if not _PENALTY.search(self._text, *_span(sentence)):
            return []
        runs: list[Span] = []
        for found in self._once("penalty", *_span(sentence), find_penalties):
            more = _MORE.match(self._text, found.end, sentence.end)
            end = more.end() if more else found.end
            if runs and found.start < runs[-1][1]:
                continue
            near = runs and found.start - runs[-1][1] <= 8
            if near and found.value.kind[0] == "罚" and not self._people(runs[-1][1], found.start):
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((found.start, end))
        return runs

    # -- title and role --------------------------------------------------------------------

    def _titled(self, sentence: Sentence, subject: Mention, target: Mention) -> dict[str, str]:
        """某公司董事长张某; 张某（时任某公司董事长）; 公司内部员工; 以张某等人为骨干成员."""
        if subject.type not in {"Person", "Role"}:
            return {}
        if subject.attrs.get("title"):
            return {"title": subject.attrs["title"]}
        low = max(sentence.start, subject.start - 16)
        if target.end <= subject.start:
            low = max(low, target.end)
        match = self._titles.ends.search(self._text[low : subject.start].rstrip('“"（( '))
        match = match or self._titles.ends.search(_HEADCOUNT.sub("", subject.text))
        if match is None and subject.end <= target.start:
            after = self._text[target.end : min(sentence.end, target.end + 14)]
            match = self._titles.starts.match(_CUT.split(after.lstrip('”"的'))[0])
        if match is None and sentence.start <= subject.start < sentence.end:
            match = self._titles.made.match(self._text[subject.end : sentence.end][:40])
        return {"title": match["title"]} if match else {}

    def _role(
        self, edge: str, sentence: Sentence, clause: Span, verb: Span | None,
        ends: tuple[Mention, Mention],
    ) -> dict[str, str]:  # fmt: skip
        """The word of the edge's list that stands nearest to the verb or the subject."""
        pattern = _role_pattern(edge)
        if pattern is None:
            return {}
        if edge == "INVOLVES":  # 被告人张某
            before = self._text[max(clause[0], ends[1].start - 7) : ends[1].start]
            held = list(pattern.finditer(before if ends[1].type in _PARTIES else ""))
            return {"role": held[-1].group()} if held else {}
        pivot = verb[0] if verb else ends[0].start
        found = [(abs(match.start() - pivot), match.group())
                 for match in pattern.finditer(self._text, *clause)]  # fmt: skip
        if not found and verb is not None:
            late = pattern.search(self._text, verb[0], min(sentence.end, verb[1] + 12))
            found = [(0, late.group())] if late else []
        return {"role": min(found)[1]} if found else {}


_LASTING = frozenset({"HAS_ROLE", "IS_A", "PART_OF", "PROVIDED_BY", "HAS_SEGMENT", "LOCATED_IN",
                      "USED_FOR", "AFFILIATED_WITH"})  # fmt: skip
_PARTIES = frozenset({"Person", "Organization"})
_PRICE_LED = re.compile(r"以[^，,。；]{2,24}价格?[，,]?$")  # 以每张90元的价格，向…出售


def _span(sentence: Sentence) -> Span:
    return sentence.start, sentence.end


def _printed(good: Mention) -> str:
    """As in the text, but with a name for a pronoun and for a part (淘宝、京东账号: 淘宝账号)."""
    text = strip_quotes(good.text)
    return good.name if good.rule.endswith("#anaphor") or good.name.startswith(text) else text


def _said(name: str, text: str, value: str, unit: str) -> dict[str, str]:
    said = {name: text}
    if value:
        said[f"{name}_value"] = value
    if value and unit:
        said[f"{name}_unit"] = unit
    return said


def _range(value: Quantity | Money) -> str:
    """300, 30000-40000 (a range), 10000000+ (no upper limit)."""
    if value.high is None:
        return f"{value.low:f}+"
    return f"{value.low:f}" if value.low == value.high else f"{value.low:f}-{value.high:f}"


@dataclass(frozen=True, slots=True)
class _Titles:
    """Patterns of a title at the end of a text, at its start, and after 张某等人为."""

    ends: re.Pattern[str]
    starts: re.Pattern[str]
    made: re.Pattern[str]


@lru_cache(maxsize=4)
def _title_patterns(schema: Schema) -> _Titles:
    words = " ".join({*schema.words.get("title-words", ())} - {*_NO_TITLE.split()})
    title = rf"(?P<title>(?:{_MODIFIER}){{0,2}}(?:{_any(f'{words} {_HEADS}')}))"
    people = r"(?:(?:、|和|与)[^，。；、为]{2,8})*(?:等(?:[0-9余多数几]*名?人)?)?"
    become = r"(?:曾|时|均)?(?:担任|任|为|作|当|系|是|充当)[^，。；、为]{0,10}?"
    return _Titles(
        re.compile(rf"{title}$"), re.compile(title), re.compile(rf"{people}{become}{title}")
    )


@lru_cache(maxsize=64)
def _role_pattern(edge: str) -> re.Pattern[str] | None:
    return re.compile(_any(_ROLES[edge])) if edge in _ROLES else None
