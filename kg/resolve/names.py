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

from kg.resolve.laws import is_bare_law, law_key, without_issuer
from kg.resolve.lexicon import Lexicon
from kg.text import fold as fold_anew
from kg.text import words
from kg.values import parse_number

COMPANIES = frozenset({"Organization", "Group"})
AGENCY = "Agency"
PERSON = "Person"
CASE = "Case"
LAW = "Law"
OFFENCE = "Offence"
REPORT = "Report"
fold = lru_cache(maxsize=1 << 17)(fold_anew)
"""`kg.text.fold`, which is asked for the same few names again and again."""

KNOWN_BY_SHORT_NAME = COMPANIES | {AGENCY, CASE, LAW}
"""Types whose defined short names (以下简称) hold in other documents too."""

_MASKED = re.compile(
    "^(?P<title>[^某、和与及的妻夫父母儿女]{2,})?(?P<name>(?!某)[\u4e00-\u9fff]某[\u4e00-\u9fff]?)$"
)
_BRACKETED = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_NO_FORM = re.compile("责任|总?公司")
_SOME_AGENCY = re.compile("[省市县区州旗](?!场)|[当本]地")
"""How an agency's name begins that does not say of which place it is: 市公安局, 当地派出所."""
_AREA = re.compile("[省市区县]")
_COURT = re.compile("人民(?=法院|检察院)")
_BUREAU = re.compile(
    "(?P<city>.+?[市县州盟旗])?(?:公安局)?(?P<part>(?!公安)..+?)(?<!开发)区?(?P<police>公安)?分局"
)
_OF_BUREAU = re.compile(
    "公安局(?=.+(?:分局|[总支大中]队|中心))|公安(?=分局)|(?<=..)(?<!开发)区(?=(?:公安)?分局)"
)
_COURT_FOR_SHORT = re.compile("(?<=[中高])院$")
_DATED = re.compile(r"(?:0?[1-9]|1[0-2])\.?(?:0?[1-9]|[12]\d|3[01])(?P<rest>\D*案件?)")
"""How police call a case by its day (7·08专案, folded): each city may have one of that day."""
_ISSUE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}月|[上下]半年|[一二三四]季度"
    r"|第?(?:\d+|[一二三四五六七八九十]+)[期季版辑批](?!度)"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def key_of(type_: str, name: str, lexicon: Lexicon) -> str:
    """What unscoped names of one type must share to be one entity in all documents.

    The fold; of a law, the fold without the name of the state and with figures for numbers
    (中华人民共和国刑法第二百五十三条 -> 刑法第253条); of a part of a city's police, always as in
    江州市公安局青桥分局; of a branch of a listed firm, as in 中国工商银行江州分行.
    """
    folded = fold(name)
    if type_ in COMPANIES:
        return _branch(name, lexicon)
    if type_ == AGENCY and "公安" in folded and (match := _BUREAU.fullmatch(folded)):
        city = f"{match['city']}公安局" if match["city"] else ""
        return f"{city}{match['part']}分局"
    return law_key(folded) if type_ == LAW else folded


def without_title(name: str, lexicon: Lexicon) -> str:
    """A person's name without what he is in the case or in his firm: 被告人舒某某 -> 舒某某.

    Before a masked name any description goes: 福建男子彭某 -> 彭某. 等人 and 化名 go, too.
    """
    bare = lexicon.title.sub("", lexicon.after_name.sub("", fold(name)))
    match = _MASKED.match(bare)
    return match["name"] if match else bare


def side_of(name: str, lexicon: Lexicon) -> str:
    """Which side of a case a person's title puts him on, empty where it says nothing."""
    title = fold(name).removesuffix(without_title(name, lexicon))
    if lexicon.harmed.search(title):
        return "harmed"
    return "accused" if lexicon.accused.search(title) else ""


def is_unnamed(name: str, lexicon: Lexicon) -> bool:
    """Whether the name of a particular thing is none: 某公司, 一家公司, A公司, 王某."""
    folded = fold(name)
    return (
        "某" in name
        or without_determiner(name, lexicon) != folded
        or bool(lexicon.lettered.match(folded))
    )


def without_determiner(name: str, lexicon: Lexicon) -> str:
    """A name without a number or word that picks out: 6个犯罪窝点, 一些犯罪窝点 -> 犯罪窝点."""
    folded = fold(name)
    return lexicon.determiner.sub("", folded) or folded


def counted(name: str, lexicon: Lexicon) -> tuple[str, Decimal] | None:
    """What is counted in a name of several, and how many: 犯罪嫌疑人31人, 三个犯罪集团. None in any
    other name, of one (一名男子) and of about as many (千余人), who may be any others.

    The accused are the same under all names of their standing: 31名被告人, 31名嫌疑人.
    """
    folded = fold(name)
    match = lexicon.count_last.match(folded) or lexicon.count_first.match(folded)
    number = parse_number(match["number"]) if match else None
    if match is None or number is None or number.low <= 1:
        return None
    what = match["what"]
    return "accused" if lexicon.all_accused.fullmatch(what) else what, number.low


def fullness(type_: str, name: str, lexicon: Lexicon) -> tuple[bool, int]:
    """Greater for a fuller form; a title or a number makes a name longer, but no fuller."""
    return (is_plain(type_, name, lexicon), len(fold(name)))


def is_plain(type_: str, name: str, lexicon: Lexicon) -> bool:
    """Whether a name has neither a title nor a number or word that picks out."""
    plain = without_title(name, lexicon) if type_ == PERSON else without_determiner(name, lexicon)
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
def parts_of(name: str, lexicon: Lexicon) -> Parts:
    """Take the name of a company, a studio or a gang apart."""
    inside = [fold(found) for found in _BRACKETED.findall(name)]
    bare = fold(_BRACKETED.sub("", name)) + "".join(filter(lexicon.branch.search, inside))
    inner = "".join(found for found in inside if not lexicon.branch.search(found))
    head = form = ""
    if match := lexicon.firm_head.search(bare):
        head = "公司" if match["company"] else match["other"]
        form = _NO_FORM.sub("", match["company"] or "")
        bare = bare[: match.start()]
    trade = ""
    if match := lexicon.trade.search(bare):
        trade = match["trade"]
        bare = bare[: match.start()]
    places = {inner} if inner else set()
    while place := _place_before(bare, lexicon):
        places.add(place.rstrip("省市区县"))
        bare = bare[len(place) :]
    return Parts(frozenset(places), bare, trade, head, form)


def _place_before(text: str, lexicon: Lexicon) -> str:
    """The place that `text` starts with, empty when there is none or nothing behind it."""
    match = lexicon.place.match(text)
    place = match[0] if match else ""
    if not place and (found := words(text[:8])) and found[0].tag == "ns" and len(found[0].text) > 1:
        place = found[0].text
    return place if len(place) < len(text) else ""


def looked_for(type_: str, short: str, lexicon: Lexicon) -> str:
    """What a name is looked for by as a short form: see `found_under`."""
    if type_ in COMPANIES:
        return _branch_end(short, lexicon) or parts_of(short, lexicon).core
    if type_ == LAW:
        return law_key(fold(short))
    return _AREA.sub("", _office(short)) if type_ == AGENCY else fold(short)


def found_under(type_: str, full: str, lexicon: Lexicon) -> set[str]:
    """All by which the short forms of a name may be looked for: where `is_short_for` holds, this
    has what `looked_for` gives. So not every name needs comparing with every other."""
    if type_ in COMPANIES:
        return {_branch_end(full, lexicon) or parts_of(full, lexicon).core}
    folded = fold(full)
    if type_ == LAW:
        return {without_issuer(law_key(folded), lexicon)}
    if type_ == AGENCY:
        bare = _AREA.sub("", _office(full))
        return {bare[at:] for at in range(len(bare))}
    return {lexicon.case_head.sub("", folded)} if type_ == CASE else set()


def ends_of(type_: str, full: str, lexicon: Lexicon) -> set[str]:
    """What the short forms of a company would be looked for by if its name begins with a place that
    nobody knows: 晨曦 of 云泽晨曦科技有限公司."""
    parts = parts_of(full, lexicon)
    if type_ not in COMPANIES or parts.head != "公司":
        return set()
    return {parts.core[at:] for at in range(2, len(parts.core) - 1)}


def is_short_for(type_: str, short: str, full: str, lexicon: Lexicon) -> bool:
    """Whether `short` can be how a text that has printed `full` goes on."""
    if fold(short) == fold(full):
        return False
    if type_ in COMPANIES:
        return _company_short(short, full, lexicon)
    if type_ == AGENCY:
        return _agency_short(short, full, lexicon)
    if type_ == LAW:
        key = law_key(fold(full))
        return without_issuer(key, lexicon) == law_key(fold(short)) != key
    if type_ == CASE:
        return len(fold(short)) >= 3 and lexicon.case_head.sub("", fold(full)) == fold(short)
    return False


def _company_short(short: str, full: str, lexicon: Lexicon) -> bool:
    end = _branch_end(short, lexicon)
    if end or _branch_end(full, lexicon):
        return bool(end) and _branch_short(short, full, lexicon)
    a, b = parts_of(short, lexicon), parts_of(full, lexicon)
    return (
        is_core(a.core, lexicon)
        and a.core == b.core
        and a.head in ("", b.head)
        and a.places <= b.places
        and b.trade.startswith(a.trade)
        and _same_form(a.form, b.form)
        and len(fold(short)) < len(fold(full))
    )


@lru_cache(maxsize=65536)
def _branch(name: str, lexicon: Lexicon) -> str:
    """The name of a branch with what its firm is called in the term lists: 工行江州分行 and
    中国工商银行股份有限公司江州分行, 江州移动. Other names only folded."""
    folded = fold(name)
    if match := lexicon.operator.fullmatch(folded):
        firm = f"中国{match['operator']}"
        if firm in lexicon.brands and _place_before(folded, lexicon) == match["place"]:
            return f"{firm}{match['place']}分公司"
    match = lexicon.brand.match(folded) if is_branch(name, lexicon) else None
    if match is None or lexicon.branch.fullmatch(folded, match.end()):
        return folded
    return lexicon.brands[match["firm"]] + folded[match.end() :]


def _branch_end(name: str, lexicon: Lexicon) -> str:
    """The end of the name of a branch, with some of its place: 州分行. Empty of another name."""
    bare = _AREA.sub("", _branch(name, lexicon))
    match = lexicon.branch.search(bare)
    return bare[max(0, match.start() - 2) :] if match else ""


def _branch_short(short: str, full: str, lexicon: Lexicon) -> bool:
    """Whether one name of a branch leaves out its firm, or some of that, or 省, 市, 区, 县."""
    shorter = len(fold(short)) < len(fold(full))
    short, full = _branch(short, lexicon), _branch(full, lexicon)
    before = _before(short, full)
    if before is not None:
        return shorter and (not before or _is_firm(before, lexicon))
    firm, _, rest = full.partition("公司")
    own = short.removesuffix(rest)
    return bool(rest) and own != short and _company_short(own, f"{firm}公司", lexicon)


def _is_firm(name: str, lexicon: Lexicon) -> bool:
    return name.endswith("公司") or name in lexicon.brands


def _same_form(short: str, full: str) -> bool:
    """Whether a name of one form can stand for one of the other: 青桥集团 only for a 集团, and
    青桥有限公司 for no 集团有限公司."""
    return short == full if "有限" in short else short in full


def _office(name: str) -> str:
    """An agency's name without what texts leave out: 人民 of a court, 级法 of a 中院, 公安局 of a
    part of it."""
    court = _COURT_FOR_SHORT.sub("级法院", _COURT.sub("", fold(name)))
    return _OF_BUREAU.sub("", court)


def _agency_short(short: str, full: str, lexicon: Lexicon) -> bool:
    shorter = len(fold(short)) < len(fold(full))
    short, full = _office(short), _office(full)
    if len(short) < 3 or not _AREA.sub("", short) or lexicon.bare.fullmatch(short):
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


def is_below(short: str, full: str, lexicon: Lexicon) -> bool:
    """Whether the longer name of two agencies is that of one under the other: 上海市检察院,
    上海市徐汇区检察院; 江州海关, 江州海关缉私局."""
    (places, office), (others, same) = (_seat(name, lexicon) for name in (short, full))
    if places and office == same:
        return places[-1] != others[-1] and places[-1] in others
    rest = fold(full).removeprefix(fold(short))
    if rest == fold(full) or len(rest) < 2 or rest == "部门" or not _CHINESE.match(rest):
        return False
    return not is_bare(AGENCY, short, lexicon)


def _seat(name: str, lexicon: Lexicon) -> tuple[list[str], str]:
    """The places that an agency's name begins with, and what it is called there."""
    rest = _COURT.sub("", fold(name))
    places = []
    while place := _place_before(rest, lexicon):
        places.append(place[:2] + place[2:].rstrip("省市区县"))
        rest = rest[len(place) :]
    return places, rest


def is_core(core: str, lexicon: Lexicon) -> bool:
    """Whether the core of a company's name tells it from others: that of 证券公司 does not."""
    if len(core) < 2 or lexicon.vague.match(core):
        return False
    return not any(lexicon.bare_firm.fullmatch(kind) for kind in (core, f"{core}公司"))


def is_bare(type_: str, name: str, lexicon: Lexicon) -> bool:
    """Whether a name says only what kind of firm, agency, law or case is meant: 分公司, 市公安局,
    专案组, 《解释》第六条."""
    folded = fold(name)
    if type_ == LAW:
        return is_bare_law(folded, lexicon)
    if type_ in COMPANIES:
        return bool(lexicon.bare_firm.fullmatch(folded))
    if type_ == AGENCY and _SOME_AGENCY.match(folded):
        return True
    if type_ == CASE and (dated := _DATED.fullmatch(folded)):
        return not any(word.tag == "ns" for word in words(dated["rest"]))
    return bool(lexicon.bare.fullmatch(folded))


def issues(name: str) -> frozenset[str]:
    """The year, part of a year and number that tell a report from others of its series."""
    return frozenset(_ISSUE.findall(fold(name)))


def is_branch(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is that of a part of a firm: 青鹭通信江州分公司."""
    return bool(lexicon.branch.search(fold(name)))


def is_telling(type_: str, name: str, lexicon: Lexicon) -> bool:
    """Whether a short name that one document defines can mean the same in another one."""
    folded = fold(name)
    if len(folded) < 2 or (not _CHINESE.search(folded) and len(folded) < 4):
        return False
    if type_ in COMPANIES:
        return is_core(parts_of(name, lexicon).core, lexicon) and not is_bare(type_, name, lexicon)
    return not lexicon.vague.match(folded) and not is_bare(type_, name, lexicon)
