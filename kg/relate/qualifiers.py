"""How much, at what price, when, where, as what: the properties of an edge.

A qualifier is taken only from where it stands: a quantity at its own noun, a price and a
place in the clause, a date in the clause or at the head of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

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
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Values:
    """What `kg.values` finds in one sentence, with offsets of the document."""

    money: tuple[Found[Money], ...]
    quantities: tuple[Found[Quantity], ...]


# -- words ---------------------------------------------------------------------------------

_MASS = ("大量", "大批量", "大批", "海量", "批量", "一大批", "一批", "一系列", "众多", "诸多",
         "许多", "大肆", "若干", "少量", "多次", "成百上千", "成千上万", "上百", "上千", "上万",
         "数十", "数百", "数千", "数万", "数十万", "数百万", "数千万", "数亿", "无数")  # fmt: skip
_MASS_BEFORE = re.compile(
    rf"(?:{'|'.join(sorted(_MASS, key=len, reverse=True))})(?:余?[张个条名部台套份件起家种])?的?$"
)
_MASS_FIRST = re.compile(rf"(?:{'|'.join(sorted(_MASS, key=len, reverse=True))})")
_COUNTABLE = frozenset({"Good", "Tool", "Service", "Platform", "Statistic"})
_COUNTED = re.compile(r"(?:多|数|几|若干)(?:张|个|条|名|部|台|套|份|件|起|家|处|间)的?$")
_ONE = re.compile(r"一[\u4e00-\u9fff]{1,2}")  # 一款, 一家: that there is one, no count
_NO_COUNT = frozenset(["种", "类", "款", "次", "倍", "层"])
_FUNDS = re.compile(r"资金|款$|现金|钱$|货币|虚拟币|流水|佣金|好处费|资产")
_LIST = re.compile(r"[”\"]?(?:、|和|及|以及|与)[“\"]?")
_BETWEEN = re.compile(r"(?:左右|以上|不等)?的?[\u4e00-\u9fffA-Za-z]{0,4}[“\"]?$")
_NOT_BETWEEN = re.compile(r"[的和与及或被由在向从给把将是为并了]")
_AFTER_NOUN = re.compile(
    r"[”\"]?[（(]?(?:等)?(?:，?(?:共计|总计|合计|累计|共|约|近|逾|达|超过|多达|数量达|总数))?$"
)
_CHEAP = re.compile(
    r"(?:[以用]|的)?(?P<text>低价|高价|免费|无偿|低成本|零成本|半价|原价|底价|特价|最优惠的价格|不菲的价格)"
)
_PRICE_BEFORE = re.compile(
    r"(?:以|按照?|价格|单价|售价|均价|报价|要价|开价|叫价|定价|标价|收费|收取|收费标准|卖到?|只要|只需|仅需|仅|花费?了?|支付|付给?|成本|卖)"
    r"(?:了|为|是|在|到|约|近|共|共计|总共|每\w|高达|低至|至少|人民币)*$"
)
_EACH_BEFORE = re.compile(r"每(?P<per>[张条个套部台次份件组单天月年]) ?$")
_PRICE_AFTER = re.compile(
    r"(?:不等|左右|至?以上)?(?:的(?:价格|单价|低价|高价|成本|费用|报酬|好处费|佣金)|出售|售出|卖|购买|收购|收|购得|买|转手|转卖|一[张个条套份])"
)
_NO_PRICE = re.compile(
    r"(?:获利|非法所得|违法所得|金额|价值|罚金|罚款|罚|损失|骗取|被骗|诈骗|盈利|营收|流水|资金|赚取?|所得|涉案|退赔|退缴)[\u4e00-\u9fff]{0,6}$"
)
_PLACE_BEFORE = re.compile(r"(?:在|于|位于|赴|前往|奔赴|到|至)(?:了)?[“\"]?$")
_SITE = (
    r"出租屋|住所|住处|家中|家里|宾馆|酒店|旅馆|夜市|办公室|写字楼|客房|营业厅|仓库|窝点|机场|现场|地区|"
    r"全国|多地|各地|[0-9一二三四五六七八九十]+(?:余|多)?个?省(?:[0-9一二三四五六七八九十]+个?市)?|省市|"
    r"境内|境外|国内|海外|小区|公司电脑|网吧|农村"
)
_NET = r"网上|网络|互联网|线上|线下|微信群|[Qq]{2} ?群|群|贴吧|暗网|网盘|网站|朋友圈"
_PLACE_WORDS = re.compile(
    rf"(?:在|于|赴|奔赴|前往|直奔)(?P<text>(?:(?!在)[^，。；、：]){{0,9}}?(?:{_SITE})(?:范围)?)"
    r"(?![\u4e00-\u9fff]?(?:民警|警方))"
)
_NET_WORDS = re.compile(
    rf"(?:在|通过|从|于|到|发到)(?P<text>(?:境外|海外)?(?:{_NET}))(?=[上内里中向从购买卖出发]|[^\u4e00-\u9fff]|以)"
)
_TITLES_MORE = (
    "辅警", "审判人员", "销售员", "销售", "客服人员", "技术人员", "组织者", "领导者", "组织领导者",
    "法定代表人", "法人代表", "法人", "实际控制人", "控制人", "股东", "合伙人", "创始人", "运营者",
    "经营者", "管理者", "管理人员", "管理员", "财务", "财务人员", "教师", "培训老师", "讲师", "主持人",
    "首席执行官", "首席技术官", "副总经理", "总裁", "副总裁", "组长", "副主任", "副局长", "副所长",
    "副支队长", "副大队长", "副院长", "庭长", "副庭长", "检察长", "书记员", "助理", "分析师", "程序员",
    "架构师", "运维人员", "运营人员", "行长", "柜员", "客户经理", "店员", "营业员", "首要分子",
    "内勤", "代理人", "代理商", "加盟商", "总监", "编辑", "学生", "理事长", "秘书长", "会长", "委员",
    "主任科员", "侦查员", "研究人员", "安全专家", "产品经理", "内部员工", "内部人员", "骨干成员",
    "核心成员", "固定成员", "人员", "“公司”负责人", "股长", "网管", "前员工", "主管人员",
)  # fmt: skip
_NO_TITLE = frozenset("先生 女士 同学 男子 女子 被告人 犯罪嫌疑人 嫌疑人 被害人 受害人 当事人 市民 "
                      "村民 居民 网友 网民 用户 卖家 买家".split())  # fmt: skip
_MODIFIER = (
    r"(?:内部|骨干|核心|固定|相关|有关|主要|技术|财务|销售|市场|高级|资深|首席|执行|前|原|女|男|临时|"
    r"业务|实际|刑事|网络|安全|大数据|客服|人事|招聘|运营|区域|中国|总部|中国总部|刑侦|网安|培训|"
    r"部门|基层|项目|副|总|代|人力资源)"
)
_ROLES: Mapping[str, tuple[str, ...]] = {
    "INVESTIGATES": ("挂牌督办", "提起公诉", "移送审查起诉", "审查起诉", "立案侦查", "侦查查明",
                     "配合支持", "立案", "破获", "侦破", "审查", "审理", "督办", "并案侦查",
                     "批准逮捕", "相对不起诉", "部署", "统一指挥", "指挥", "开展", "推进"),
    "ARRESTS": ("刑事拘留", "行政拘留", "取保候审", "批准逮捕", "依法逮捕", "刑事强制措施",
                "强制措施", "监视居住", "上网追逃", "传唤"),
    "COLLUDES_WITH": ("雇用", "雇佣", "招募", "受雇", "合伙", "共谋", "介绍", "指使"),
    "CONTROLS": ("首要分子", "组建", "自行搭建", "搭建", "成立", "创办", "开设店铺", "开设", "注册",
                 "为首", "组织领导", "经营", "运营", "研发", "开发"),
    "AFFILIATED_WITH": ("招募", "受雇", "应聘", "加入", "入职", "占股"),
    "CONVICTED_OF": ("主犯", "从犯", "共犯", "胁从犯", "累犯"),
    "INVOLVES": ("被告人", "被告", "原告", "被害人", "犯罪嫌疑人", "上诉人", "公诉机关", "证人"),
    "PART_OF": ("上游", "中游", "下游", "源头", "核心环节", "重要环节", "关键环节", "终端", "末端"),
    "HAS_PRICE": ("成本价", "收购价", "批发价", "零售价", "进价", "进货价", "售价", "单价", "均价",
                  "报价", "租金", "佣金", "提成", "手续费", "报酬", "日租"),
    "LOCATED_IN": ("总部", "分公司", "注册地", "籍贯", "户籍"),
    "ENGAGES_IN": ("主犯", "从犯"),
}  # fmt: skip
_PENALTY_MORE = re.compile(
    r"(?:[，,、；;和]?\s*(?:并且?|同时|且|另)?(?:宣告)?(?:缓刑|并?处?罚金|并?处?罚款|剥夺政治权利|没收|追缴|"
    r"退赔|从业禁止|禁止从事|损害赔偿金|驱逐出境|赔偿)[^，,；;。、]{0,28})+"
)
_UPHELD = re.compile(r"驳回上诉[，,]?维持原判|免予刑事处罚|依法判刑")
_GIVEN = re.compile(r"判决|判处|被判|获刑|提起公诉|宣判")
_SHARED = re.compile(r"分别|依次")
_PHRASE_END = re.compile(r"[，,。；;、（(）)]")
_OPENING = re.compile(r"^[“\"（(\s]*(?:据悉|据了解|经查|随后|早在|截至|截止|自|从|在|到|于|据|直到|目前|此外|其中|而|如今)?[，,：:]?$")
_CUT = re.compile(r"[，,；;。：:！？]")


class Qualifiers:
    """The qualifiers of one document; what a sentence holds is looked up once, when asked for."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], schema: Schema
    ) -> None:
        self._text = document.text
        self._sentences = document.sentences
        self._published = document.published
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        self._titles = _title_patterns(schema)
        self._held: dict[int, _Values] = {}
        self._dates: list[tuple[Found[Date], ...]] = []
        self._anchor = ""
        self._penalties: dict[int, list[Span]] = {}

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
            names = dict.fromkeys(strip_quotes(m.text) for m in good)
            found["good"] = "、".join(names)
        if "quantity" in wanted:
            for thing in good or self._things(subject, target):
                quantity = self._quantity(sentence, clause, verb, thing)
                if quantity:
                    found.update(quantity)
                    break
        if "price" in wanted:
            found.update(self._price(sentence, clause))
        if "time" in wanted:
            found.update(self._time(sentence, clause, verb))
        if "place" in wanted:
            found.update(self._place(edge.group, clause, subject, target))
        if "penalty" in wanted:
            found.update(self._penalty(sentence, clause, subject, target))
        if "title" in wanted:
            found.update(self._titled(sentence, subject, target))
        if "role" in wanted:
            found.update(self._role(edge.name, sentence, clause, verb, (subject, target)))
        return found

    # -- quantity --------------------------------------------------------------------------

    def _things(self, subject: Mention, target: Mention) -> tuple[Mention, ...]:
        return (target, subject) if target.type in {"Location", "Agency", "Case"} else (target,)

    def _values(self, sentence: Sentence) -> _Values:
        held = self._held.get(sentence.start)
        if held is None:
            piece = self._text[sentence.start : sentence.end]
            money = find_money(piece)
            quantities = find_quantities(piece, money)
            held = _Values(_shift(money, sentence.start), _shift(quantities, sentence.start))
            self._held[sentence.start] = held
        return held

    def _quantity(
        self, sentence: Sentence, clause: Span, verb: Span | None, thing: Mention
    ) -> dict[str, str]:
        if not (clause[0] <= thing.start and thing.end <= clause[1]):
            return {}
        values = self._values(sentence)
        for found in values.quantities:
            if self._belongs(found, thing) and not self._is_no_count(found.value):
                value = found.value
                return _said("quantity", value.text, _span_value(value), value.unit)
        if _FUNDS.search(thing.name):
            for money in values.money:
                if self._belongs(money, thing):
                    value = money.value
                    return _said("quantity", value.text, _span_value(value), value.currency)
        before = self._text[clause[0] : thing.start]
        match = _MASS_BEFORE.search(before) or _COUNTED.search(before)
        inside = _MASS_FIRST.match(self._text, thing.start, thing.end)
        if match is None and inside is None and verb is not None and verb[1] <= thing.start:
            if not self._is_list(verb[1], thing.start):
                return {}
            match = _MASS_BEFORE.search(self._text[clause[0] : verb[0]])
        match = match or inside
        return {"quantity": match.group().removesuffix("的")} if match else {}

    @staticmethod
    def _is_no_count(value: Quantity) -> bool:
        return value.unit in _NO_COUNT or bool(_ONE.fullmatch(value.text))

    def _belongs(self, found: Found[Quantity] | Found[Money], thing: Mention) -> bool:
        """Whether a quantity stands directly at `thing`; 40名嫌疑人 holds it as its name."""
        if thing.start <= found.start < thing.end:
            return found.end < thing.end and thing.type in _COUNTABLE
        if found.end <= thing.start:
            gap = self._text[found.end : thing.start]
            if len(gap) > 5 or not _BETWEEN.fullmatch(gap):
                return False
            if _NOT_BETWEEN.search(gap.removesuffix("的")):
                return False
            return not self._holds_mention(found.end, thing.start)
        end = self._list_end(thing, found.start)
        if end <= found.start <= end + 6:
            if not _AFTER_NOUN.fullmatch(self._text[end : found.start]):
                return False
            # 手机卡300张, but not 购买手机卡3名男子
            return not self._opens_mention(found.end)
        return False

    def _list_end(self, thing: Mention, limit: int) -> int:
        """The end of the list that `thing` opens: 手机、电脑21部 counts both."""
        end = thing.end
        while joint := _LIST.match(self._text, end, limit):
            following = self._mention_at(joint.end())
            if following is None or following.end > limit:
                break
            end = following.end
        return end

    def _is_list(self, start: int, end: int) -> bool:
        """Whether `start:end` holds no mention, or a list that goes on at `end`."""
        at = bisect_left(self._starts, start)
        if at == len(self._starts) or self._starts[at] >= end:
            return True
        first = self._mentions[at]
        return self._list_end(first, end) < end and self._reaches(first, end)

    def _reaches(self, first: Mention, end: int) -> bool:
        at = first.end
        while joint := _LIST.match(self._text, at):
            if joint.end() >= end:
                return joint.end() == end
            following = self._mention_at(joint.end())
            if following is None:
                return False
            at = following.end
        return False

    def _mention_at(self, offset: int) -> Mention | None:
        at = bisect_left(self._starts, offset)
        found: Mention | None = None
        while at < len(self._starts) and self._starts[at] == offset:
            if self._mentions[at].type not in ACTS:
                found = self._mentions[at]
                break
            at += 1
        return found

    def _holds_mention(self, start: int, end: int) -> bool:
        at = bisect_left(self._starts, start)
        while at < len(self._starts) and self._starts[at] < end:
            mention = self._mentions[at]
            if mention.end <= end and mention.type not in ACTS:
                return True
            at += 1
        return False

    def _opens_mention(self, offset: int) -> bool:
        at = bisect_left(self._starts, offset)
        return at < len(self._starts) and self._starts[at] == offset

    # -- price -----------------------------------------------------------------------------

    def _price(self, sentence: Sentence, clause: Span) -> dict[str, str]:
        best: Found[Money] | None = None
        for found in self._values(sentence).money:
            if not self._near(found, clause):
                continue
            before = self._text[max(sentence.start, found.start - 14) : found.start]
            before = _CUT.split(before)[-1]
            after = self._text[found.end : found.end + 8]
            if _NO_PRICE.search(before):
                continue
            if found.value.per or _EACH_BEFORE.search(before):
                best = found
                break
            if best is None and (_PRICE_BEFORE.search(before) or _PRICE_AFTER.match(after)):
                best = found
        if best is not None:
            value, text, per = best.value, best.value.text, best.value.per
            each = _EACH_BEFORE.search(self._text[max(clause[0], best.start - 5) : best.start])
            if each and not per:
                text, per = each.group() + text, each["per"]
            unit = value.currency + (f"/{per}" if per else "")
            return _said("price", text, _span_value(value), unit)
        cheap = _CHEAP.search(self._text, *clause)
        return {"price": cheap["text"]} if cheap else {}

    def _near(self, found: Found[Money], clause: Span) -> bool:
        """In the clause, or 以…的价格 directly before it."""
        if clause[0] <= found.start and found.end <= clause[1]:
            return True
        gap = self._text[found.end : clause[0]]
        return 0 < len(gap) <= 8 and bool(re.fullmatch(r"(?:不等|左右)?的.?价格?[，,]?", gap))

    # -- time and place --------------------------------------------------------------------

    def _dates_of(self, sentence: Sentence) -> tuple[Found[Date], ...]:
        """Dates of a sentence; 同年 and 次日 go on from the last date before it."""
        number = bisect_right(self._sentence_starts, sentence.start) - 1
        while len(self._dates) <= number:
            at = self._sentences[len(self._dates)]
            piece = self._text[at.start : at.end]
            found = find_dates(piece, self._published, self._anchor)
            for one in found:
                self._anchor = one.value.start or self._anchor
            self._dates.append(_shift(found, at.start))
        return self._dates[number]

    def _time(self, sentence: Sentence, clause: Span, verb: Span | None) -> dict[str, str]:
        chosen: Found[Date] | None = None
        for found in self._dates_of(sentence):
            if self._in_name(found.start, found.end) or found.start >= clause[1]:
                continue
            if found.start >= clause[0]:
                after_verb = verb is not None and found.start > verb[0]
                if chosen is None or chosen.end <= clause[0] or not after_verb:
                    chosen = found
            else:
                before = _CUT.split(self._text[sentence.start : found.start])[-1]
                if _OPENING.match(before):
                    chosen = found
        if chosen is None:
            return {}
        value = chosen.value
        iso = value.start if value.start == value.end else f"{value.start}/{value.end or '..'}"
        return _said("time", value.text, iso if value.start else "", "")

    def _in_name(self, start: int, end: int) -> bool:
        at = bisect_right(self._starts, start)
        return any(m.end >= end and m.type not in ACTS for m in self._mentions[max(0, at - 4) : at])

    def _place(
        self, group: str, clause: Span, subject: Mention, target: Mention
    ) -> dict[str, str]:
        """Where it is done: a named place after 在, a kind of place, in trade also a site."""
        types = {"Location", "Platform"} if group == "trade" else {"Location"}
        ends = (subject, target)
        at = bisect_left(self._starts, clause[0])
        while at < len(self._starts) and self._starts[at] < clause[1]:
            mention = self._mentions[at]
            at += 1
            if mention.type not in types or mention.end > clause[1]:
                continue
            if any(mention.name == end.name or mention.start < end.end and end.start < mention.end
                   for end in ends):  # fmt: skip
                continue
            before = self._text[clause[0] : mention.start]
            after = self._text[mention.end : mention.end + 2]
            if _PLACE_BEFORE.search(before) or (mention.type == "Location" and after == "境内"):
                return {"place": strip_quotes(mention.text)}
        for pattern in (_PLACE_WORDS, _NET_WORDS)[: 2 if group == "trade" else 1]:
            match = pattern.search(self._text, *clause)
            if match and not any(end.start < match.end() and match.start("text") < end.end
                                 for end in ends):  # fmt: skip
                return {"place": match["text"]}
        return {}

    # -- penalty ---------------------------------------------------------------------------

    def _penalty(
        self, sentence: Sentence, clause: Span, subject: Mention, target: Mention
    ) -> dict[str, str]:
        runs = self._runs(sentence)
        if not runs:
            upheld = _UPHELD.search(self._text, sentence.start, sentence.end)
            return {"penalty": upheld.group()} if upheld and target.type == "Agency" else {}
        if subject.type in {"Law", "Agency"}:
            # A statute threatens with it; what a court gave somebody is not the law's.
            if _GIVEN.search(self._text, sentence.start, runs[0][0]):
                return {}
        convict = subject
        people = self._people(sentence)
        if convict.type == "Law" or not sentence.start <= convict.start < sentence.end:
            after = [run for run in runs if run[0] >= clause[0]] or runs
            return {"penalty": self._text[slice(*after[0])]}
        names = list(dict.fromkeys(self._mentions[m].name for m in people))
        gap = self._text[sentence.start : runs[0][0]]
        if _SHARED.search(gap) and 1 < len(runs) == len(names) and convict.name in names:
            return {"penalty": self._text[slice(*runs[names.index(convict.name)])]}
        own = [run for run in runs if run[0] >= convict.end]
        return {"penalty": self._text[slice(*(own or runs)[0])]}

    def _people(self, sentence: Sentence) -> list[int]:
        first = bisect_left(self._starts, sentence.start)
        last = bisect_left(self._starts, sentence.end)
        return [m for m in range(first, last)
                if self._mentions[m].type in {"Person", "Organization"}]  # fmt: skip

    def _runs(self, sentence: Sentence) -> list[Span]:
        """The whole penalties of a sentence: each up to the next person."""
        held = self._penalties.get(sentence.start)
        if held is not None:
            return held
        runs: list[Span] = []
        for found in find_penalties(self._text[sentence.start : sentence.end]):
            start, end = sentence.start + found.start, sentence.start + found.end
            more = _PENALTY_MORE.match(self._text, end, sentence.end)
            end = more.end() if more else end
            if runs and start <= runs[-1][1]:
                continue
            if runs and found.value.kind in ("罚金", "罚款") and not any(
                runs[-1][1] <= self._mentions[m].start < start for m in self._people(sentence)
            ) and start - runs[-1][1] <= 8:
                runs[-1] = (runs[-1][0], end)
                continue
            runs.append((start, end))
        self._penalties[sentence.start] = runs
        return runs

    # -- title and role --------------------------------------------------------------------

    def _titled(self, sentence: Sentence, subject: Mention, target: Mention) -> dict[str, str]:
        """某公司董事长张某; 张某（时任某公司董事长）; 张某系该团伙头目; 以张某为首要分子."""
        if subject.type not in {"Person", "Role"}:
            return {}
        if subject.attrs.get("title"):
            return {"title": subject.attrs["title"]}
        low = max(sentence.start, subject.start - 16)
        if target.end <= subject.start:
            low = max(low, target.end)
        before = self._text[low : subject.start].rstrip("“\"（( ")
        match = self._titles.ends.search(before)
        if match is None and subject.end <= target.start:
            after = self._text[target.end : min(sentence.end, target.end + 14)]
            match = self._titles.starts.match(_PHRASE_END.split(after.lstrip("”\"的"))[0])
        if match is None:
            after = self._text[subject.end : min(sentence.end, subject.end + 40)]
            match = self._titles.made.match(after)
        return {"title": match["title"]} if match else {}

    def _role(
        self, edge: str, sentence: Sentence, clause: Span, verb: Span | None, ends: Sequence[Mention]
    ) -> dict[str, str]:
        """The word of the edge's list that stands nearest to the subject or the verb."""
        pattern = _role_pattern(edge)
        if pattern is None:
            return {}
        if edge == "INVOLVES":
            found = pattern.search(self._text[max(clause[0], ends[1].start - 7) : ends[1].start])
            named = ends[1].type in {"Person", "Organization"}
            return {"role": found.group()} if found and named else {}
        best: re.Match[str] | None = None
        pivot = verb[0] if verb else ends[0].start
        for match in pattern.finditer(self._text, *clause):
            if best is None or abs(match.start() - pivot) < abs(best.start() - pivot):
                best = match
        if best is None and verb is not None:
            best = pattern.search(self._text, verb[0], min(sentence.end, verb[1] + 12))
        return {"role": best.group()} if best else {}


def _shift(found: Sequence[Found[V]], by: int) -> tuple[Found[V], ...]:
    return tuple(Found(one.start + by, one.end + by, one.value) for one in found)


def _said(name: str, text: str, value: str, unit: str) -> dict[str, str]:
    said = {name: text}
    if value:
        said[f"{name}_value"] = value
        if unit:
            said[f"{name}_unit"] = unit
    return said


def _span_value(value: Quantity | Money) -> str:
    """300, 30000-40000 (a range), 10000000+ (no upper limit)."""
    low = _plain(value.low)
    if value.high is None:
        return f"{low}+"
    high = _plain(value.high)
    return low if low == high else f"{low}-{high}"


def _plain(value: Decimal) -> str:
    return f"{value:f}"


@dataclass(frozen=True, slots=True)
class _Titles:
    """Patterns of a title at the end of a text, at its start, and after 张某等人为."""

    ends: re.Pattern[str]
    starts: re.Pattern[str]
    made: re.Pattern[str]


@lru_cache(maxsize=4)
def _title_patterns(schema: Schema) -> _Titles:
    words = {*schema.words.get("title-words", ()), *_TITLES_MORE} - _NO_TITLE
    ordered = sorted(words, key=lambda word: (-len(word), word))
    title = rf"(?P<title>{_MODIFIER}{{0,2}}(?:{'|'.join(map(re.escape, ordered))}))"
    return _Titles(
        re.compile(rf"{title}$"),
        re.compile(title),
        re.compile(
            rf"(?:(?:、|和|与)[^，。；、为]{{2,8}})*(?:等(?:[0-9余多数几]*名?人)?)?"
            rf"(?:曾|时|均)?(?:担任|任|为|作|当|系|是|充当)[^，。；、为]{{0,10}}?{title}"
        ),
    )


@lru_cache(maxsize=64)
def _role_pattern(edge: str) -> re.Pattern[str] | None:
    words = _ROLES.get(edge)
    return re.compile("|".join(sorted(words, key=len, reverse=True))) if words else None
