"""What a name says: which of two is the short form of the other, and what both stand for.

Only names are looked at here; that a short form has one candidate in its document is
`together`'s business. Rules are narrow on purpose: two nodes for one company are a flaw, one
node for two companies is a false statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.text import fold as fold_anew
from kg.text import words
from kg.values import parse_number

COMPANIES = frozenset({"Organization", "Group"})
AGENCY = "Agency"
PERSON = "Person"
CASE = "Case"
LAW = "Law"
REPORT = "Report"
fold = lru_cache(maxsize=1 << 17)(fold_anew)
"""`kg.text.fold`, which is asked for the same few names again and again."""

KNOWN_BY_SHORT_NAME = COMPANIES | {AGENCY, CASE, LAW}
"""Types whose defined short names (以下简称) hold in other documents too."""

_ACCUSED = re.compile(
    "被告人?|上诉人|原审被告人|犯罪嫌疑人|嫌疑人|罪犯|主犯|从犯|同案犯"
    "|团伙成员|负责人|实际控制人|运营者|老板"
)
_HARMED = re.compile(
    "被害人|受害人|受害者|事主|报案人|证人|市民|居民|民警|记者|律师|检察官|法官|专家"
)
_TITLE = re.compile(
    f"^(?:{_ACCUSED.pattern}|{_HARMED.pattern}|当事人|法定代表人|董事长|总经理|副总经理|经理|总裁"
    "|主任|队长|支队长|大队长|局长|工作人员|员工|男子|女子|大学生)+(?=..)"
)
_MASKED = re.compile(
    "^(?P<title>[^某、和与及的妻夫父母儿女]{2,})?(?P<name>(?!某)[\u4e00-\u9fff]某[\u4e00-\u9fff]?)$"
)
_AFTER_NAME = re.compile("(?:等人|化名|检察官|法官|律师|先生|女士)$")
_UNITS = "起家个名批伙处款种位条件"
_DETERMINER = re.compile(
    f"^(?:(?:[一二两三四五六七八九十百多数几某这那此该另各\\d]+余?[{_UNITS}些])"
    "|某|该|一些|部分|一(?=..))"
)
_LETTERED = re.compile(
    "(?:[a-z]|x+|[甲乙丙丁戊己庚辛])(?:省|市|区|县|镇|村|公司|集团|企业|银行|酒店|组织|团伙|平台|网站|软件|店|厂)"
)
"""How judgments and journals call a place or firm without naming it: A市人民法院, 甲公司."""
_NUMBER = r"(?P<number>\d[\d,]*|[一二两三四五六七八九十百千]+)"
_COUNT_FIRST = re.compile(rf"^{_NUMBER}[{_UNITS}](?P<what>.+)$")
_COUNT_LAST = re.compile(rf"^(?P<what>.*[^\d,余近约超过逾第]){_NUMBER}[名人个位]$")
_ALL_ACCUSED = re.compile(
    "(?:主要|全部|涉案|违法)?(?:(?:犯罪|涉诈|涉案)?嫌疑人|嫌犯|被告人?|(?:涉案|犯罪|涉诈|违法犯罪)人员|犯罪分子)"
)
_BRACKETED = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_COMPANY_HEAD = re.compile(
    "(?P<company>(?:集团)?(?:股份)?(?:有限)?(?:责任)?(?:总)?公司|集团)$"
    "|(?P<other>工作室|犯罪团伙|犯罪集团|团伙|商行|经营部|银行|报社|网吧|手机店|俱乐部|协会|事务所|中心)$"
)
_NO_FORM = re.compile("责任|总?公司")
_BRANCH = re.compile("(?:[分子]公司|[分支]行|[分门]店|营业[部厅所]|办事处)$")
_TRADES = (
    "信息|科技|网络|技术|通信|通讯|电子|商务|传媒|文化|传播|咨询|投资|金融|贸易|商贸|实业|发展"
    "|服务|软件|数据|智能|互联网|管理|教育|支付|广告|物流|控股|虚拟"
)
_TRADE = re.compile(f"(?P<trade>(?:{_TRADES}|电信|移动|联合|股份|集团|国际)+)$")
_BARE_FIRM = re.compile(
    f"(?:{_TRADES}|电商|短信|话务|呼叫|客服|直播|游戏|旅游|手机|电脑|招聘|劳务|派遣|人力资源|外包|代理"
    "|中介|代账|财务|会计师|律师|税务|租赁|担保|贷款|小贷|保险|快递|房产|装修|培训|平台|运营|诈骗|空壳|皮包"
    "|第三方|境外|海外|国外|外地|本地|当地|异地|下属|旗下|关联|上市|相关|有关|涉事|合作|全资|[分子母总大小])*"
    "(?:公司|集团|企业|机构|店|点|商行|经营部|营业部|网点|银行|[分支]行|医院|学校|中心|工作室|事务所|网吧)"
)
"""A firm of which the text says only the kind: 分公司, 话务公司, 手机店."""
_PLACE = re.compile(
    "^(?:中国|(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东"
    "|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市)?"
    "|[\u4e00-\u9fff]{2,5}?(?:自治区|自治州|地区|省|市|县|区|州|盟|旗))"
)
_VAGUE = re.compile("^(?:某|该|本|一|多|另|我|涉案|上述|其他|甲|乙|丙|丁)")
_BARE = re.compile(
    "(?:警方|公安|公安机关|公安部门|公安局|公安厅|公安分局|分局|派出所|支队|大队|网警|网安|刑警|民警|市局|省厅|专案组"
    "|(?:区|市|县|中级|高级)?(?:人民)?(?:法院|检察院)|检察机关|司法机关|监管部门|主管部门|有关部门"
    "|意见|解释|办法|规定|决定|条例|通知|通告|公告|纪要|批复|方案|典型案例|(?:研究|调查|调研|分析)?报告|白皮书|蓝皮书|[本该新]?法|[本该专]?案|案件|(?:专项)?行动)"
)
_SOME_AGENCY = re.compile("[省市县区州旗](?!场)|[当本]地")
"""How an agency's name begins that does not say of which place it is: 市公安局, 当地派出所."""
_AREA = re.compile("[省市区县]")
_AREA_HEAD = re.compile("^[省市区县](?=..)")
_COURT = re.compile("人民(?=法院|检察院)")
_BUREAU = re.compile(
    "(?P<city>.+?[市县州盟旗])?(?:公安局)?(?P<part>(?!公安)..+?)(?<!开发)区?(?P<police>公安)?分局"
)
_OF_BUREAU = re.compile("公安局(?=.+分局)|公安(?=分局)|(?<=..)(?<!开发)区(?=(?:公安)?分局)")
_CASE_HEAD = re.compile("(?:专项行动|集群战役|系列案件|系列案|专案|行动|战役|案件|案)$")
_DATED = re.compile(r"(?:0?[1-9]|1[0-2])\.?(?:0?[1-9]|[12]\d|3[01])(?P<rest>\D*案件?)")
"""How police call a case by its day (7·08专案, folded): each city may have one of that day."""
_ISSUE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}月|[上下]半年|[一二三四]季度"
    r"|第?(?:\d+|[一二三四五六七八九十]+)[期季版辑批](?!度)"
)
_STATE = re.compile("^(?:中华人民共和国|我国)(?=.)")
_ARTICLE = re.compile("(?<=第)[一二三四五六七八九十百千零]+(?=[条款项])")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def key_of(type_: str, name: str) -> str:
    """What unscoped names of one type must share to be one entity in all documents.

    The fold; of a law, the fold without the name of the state and with figures for numbers
    (中华人民共和国刑法第二百五十三条 -> 刑法第253条); of a part of a city's police, always as in
    江州市公安局青桥分局.
    """
    folded = fold(name)
    if type_ == AGENCY and "公安" in folded and (match := _BUREAU.fullmatch(folded)):
        city = f"{match['city']}公安局" if match["city"] else ""
        return f"{city}{match['part']}分局"
    if type_ == LAW:
        folded = _STATE.sub("", folded)
        return _ARTICLE.sub(_with_figures, folded)
    return folded


def _with_figures(match: re.Match[str]) -> str:
    number = parse_number(match[0])
    return str(int(number.low)) if number else match[0]


def without_title(name: str) -> str:
    """A person's name without what he is in the case or in his firm: 被告人舒某某 -> 舒某某.

    Before a masked name any description goes: 福建男子彭某 -> 彭某. 等人 and 化名 go, too.
    """
    bare = _TITLE.sub("", _AFTER_NAME.sub("", fold(name)))
    match = _MASKED.match(bare)
    return match["name"] if match else bare


def side_of(name: str) -> str:
    """Which side of a case a person's title puts him on, empty where it says nothing."""
    title = fold(name).removesuffix(without_title(name))
    if _HARMED.search(title):
        return "harmed"
    return "accused" if _ACCUSED.search(title) else ""


def is_unnamed(name: str) -> bool:
    """Whether the name of a particular thing is none: 某公司, 一家公司, A公司, 王某."""
    folded = fold(name)
    return "某" in name or without_determiner(name) != folded or bool(_LETTERED.match(folded))


def without_determiner(name: str) -> str:
    """A name without a number or word that picks out: 6个犯罪窝点, 一些犯罪窝点 -> 犯罪窝点."""
    folded = fold(name)
    return _DETERMINER.sub("", folded) or folded


def counted(name: str) -> tuple[str, Decimal] | None:
    """What is counted in a name of several, and how many: 犯罪嫌疑人31人, 三个犯罪集团. None in any
    other name, of one (一名男子) and of about as many (千余人), who may be any others.

    The accused are the same under all names of their standing: 31名被告人, 31名嫌疑人.
    """
    folded = fold(name)
    match = _COUNT_LAST.match(folded) or _COUNT_FIRST.match(folded)
    number = parse_number(match["number"]) if match else None
    if match is None or number is None or number.low <= 1:
        return None
    what = match["what"]
    return "accused" if _ALL_ACCUSED.fullmatch(what) else what, number.low


def fullness(type_: str, name: str) -> tuple[bool, int]:
    """Greater for a fuller form; a title or a number makes a name longer, but no fuller."""
    return (is_plain(type_, name), len(fold(name)))


def is_plain(type_: str, name: str) -> bool:
    """Whether a name has neither a title nor a number or word that picks out."""
    plain = without_title(name) if type_ == PERSON else without_determiner(name)
    return plain == fold(name)


@dataclass(frozen=True, slots=True)
class Parts:
    """A company's name: 山东 | 亚飞达 | 信息科技 | 公司. Parts may be empty.

    `form` is what the name says of the company's legal form: 集团股份有限, 有限, 集团.
    """

    places: frozenset[str]
    core: str
    trade: str
    head: str
    form: str = ""


@lru_cache(maxsize=65536)
def parts_of(name: str) -> Parts:
    """Take the name of a company, a studio or a gang apart."""
    inside = [fold(found) for found in _BRACKETED.findall(name)]
    bare = fold(_BRACKETED.sub("", name)) + "".join(filter(_BRANCH.search, inside))
    inner = "".join(found for found in inside if not _BRANCH.search(found))
    head = form = ""
    if match := _COMPANY_HEAD.search(bare):
        head = "公司" if match["company"] else match["other"]
        form = _NO_FORM.sub("", match["company"] or "")
        bare = bare[: match.start()]
    trade = ""
    if match := _TRADE.search(bare):
        trade = match["trade"]
        bare = bare[: match.start()]
    places = {inner} if inner else set()
    while place := _place_before(bare):
        places.add(place.rstrip("省市区县"))
        bare = bare[len(place) :]
    return Parts(frozenset(places), bare, trade, head, form)


def _place_before(text: str) -> str:
    """The place that `text` starts with, empty when there is none or nothing behind it."""
    match = _PLACE.match(text)
    place = match[0] if match else ""
    if not place and (found := words(text[:8])) and found[0].tag == "ns" and len(found[0].text) > 1:
        place = found[0].text
    return place if len(place) < len(text) else ""


def looked_for(type_: str, short: str) -> str:
    """What a name is looked for by as a short form: see `found_under`."""
    if type_ in COMPANIES:
        return parts_of(short).core
    return _AREA.sub("", _office(short)) if type_ == AGENCY else fold(short)


def found_under(type_: str, full: str) -> set[str]:
    """All by which the short forms of a name may be looked for: where `is_short_for` holds, this
    has what `looked_for` gives. So not every name needs comparing with every other."""
    if type_ in COMPANIES:
        return {parts_of(full).core}
    folded = fold(full)
    if type_ == AGENCY:
        bare = _AREA.sub("", _office(full))
        return {bare[at:] for at in range(len(bare))}
    return {_CASE_HEAD.sub("", folded)} if type_ == CASE else set()


def ends_of(type_: str, full: str) -> set[str]:
    """What the short forms of a company would be looked for by if its name begins with a place that
    nobody knows: 晨曦 of 云泽晨曦科技有限公司."""
    parts = parts_of(full)
    if type_ not in COMPANIES or parts.head != "公司":
        return set()
    return {parts.core[at:] for at in range(2, len(parts.core) - 1)}


def is_short_for(type_: str, short: str, full: str) -> bool:
    """Whether `short` can be how a text that has printed `full` goes on."""
    if fold(short) == fold(full):
        return False
    if type_ in COMPANIES:
        return _company_short(short, full)
    if type_ == AGENCY:
        return _agency_short(short, full)
    if type_ == CASE:
        return len(fold(short)) >= 3 and _CASE_HEAD.sub("", fold(full)) == fold(short)
    return False


def _company_short(short: str, full: str) -> bool:
    a, b = parts_of(short), parts_of(full)
    return (
        is_core(a.core)
        and a.core == b.core
        and a.head in ("", b.head)
        and a.places <= b.places
        and b.trade.startswith(a.trade)
        and _same_form(a.form, b.form)
        and len(fold(short)) < len(fold(full))
    )


def _same_form(short: str, full: str) -> bool:
    """Whether a name of one form can stand for one of the other: 青桥集团 only for a 集团, and
    青桥有限公司 for no 集团有限公司."""
    return short == full if "有限" in short else short in full


def _office(name: str) -> str:
    """An agency's name without what texts leave out: 人民 of a court, 公安局 of a part of it."""
    return _OF_BUREAU.sub("", _COURT.sub("", fold(name)))


def _agency_short(short: str, full: str) -> bool:
    shorter = len(fold(short)) < len(fold(full))
    short, full = _office(short), _office(full)
    if len(short) < 3 or _BARE.fullmatch(short):
        return False
    before = _before(short, full)
    if not before:
        return shorter and before is not None
    if before[-1] in "省市区县州盟旗局院厅部队会" or short[0] in "省市区县州":
        return True
    return words(before)[-1].tag == "ns"


def _before(short: str, full: str) -> str | None:
    """What stands in `full` before its end that `short` is, None where it has no such end. 省, 市,
    区 and 县 may be left out: 青桥法院 is the end of 江州市青桥区法院."""
    at = len(full)
    for char in reversed(short):
        while len(short) > 3 and at and full[at - 1] != char and _AREA.match(full[at - 1]):
            at -= 1
        if not at or full[at - 1] != char:
            return None
        at -= 1
    return full[:at]


def is_below(short: str, full: str) -> bool:
    """Whether the longer name of two agencies is that of one under the other: 上海市检察院,
    上海市徐汇区检察院."""
    short, full = (_COURT.sub("", fold(name)) for name in (short, full))
    place = _place_before(short)
    office = short.removeprefix(place)
    if not place or not full.startswith(place) or not full.endswith(office):
        return False
    between = _AREA_HEAD.sub("", full[len(place) : len(full) - len(office)])
    return len(between) > 1 and _place_before(f"{between}院") == between


def is_core(core: str) -> bool:
    """Whether the core of a company's name tells it from others."""
    return len(core) >= 2 and not _VAGUE.match(core)


def is_bare(type_: str, name: str) -> bool:
    """Whether a name says only what kind of firm, agency, law or case is meant: 分公司, 市公安局,
    专案组, 《解释》."""
    folded = fold(name)
    if type_ in COMPANIES:
        return bool(_BARE_FIRM.fullmatch(folded))
    if type_ == AGENCY and _SOME_AGENCY.match(folded):
        return True
    if type_ == CASE and (dated := _DATED.fullmatch(folded)):
        return not any(word.tag == "ns" for word in words(dated["rest"]))
    return bool(_BARE.fullmatch(folded))


def issues(name: str) -> frozenset[str]:
    """The year, part of a year and number that tell a report from others of its series."""
    return frozenset(_ISSUE.findall(fold(name)))


def is_branch(name: str) -> bool:
    """Whether a name is that of a part of a firm: 青鹭通信江州分公司."""
    return bool(_BRANCH.search(fold(name)))


def is_telling(type_: str, name: str) -> bool:
    """Whether a short name that one document defines can mean the same in another one."""
    folded = fold(name)
    if len(folded) < 2 or (not _CHINESE.search(folded) and len(folded) < 4):
        return False
    if type_ in COMPANIES:
        return is_core(parts_of(name).core) and not is_bare(type_, name)
    return not _VAGUE.match(folded) and not is_bare(type_, name)
