"""The forms that stand for a name that came before, and what each may stand for.

A table, to be read and widened; how the name is looked for is in `coreference`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.schema import Schema
from kg.values import parse_number

_CLASSES = ("act", "agency", "case", "group", "organization", "people", "person", "place", "role",
            "thing")  # fmt: skip
_COUNTED = re.compile(r"(?:上述|该|各)?([二两三四五六])(?:名)?(?:人|被告人|嫌疑人|家公司|个团伙)")
# What a noun phrase may mean by its head: types, and what the name must hold or end in.
_HEADS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("公司|企业|司", frozenset({"Organization"}), r"(?<!银行)$(?<![报社校院店行])"),
    ("行|银行", frozenset({"Organization"}), r"行"),
    ("店", frozenset({"Organization"}), r"[店铺馆]|营业厅"),
    ("校", frozenset({"Organization"}), r"学"),
    ("厂", frozenset({"Organization"}), r"厂"),
    ("媒体", frozenset({"Organization"}), r"[报社台网]|新闻"),
    ("协会", frozenset({"Organization"}), r"协会"),
    ("运营商", frozenset({"Organization"}), r"移动|联通|电信|通信|运营"),
    ("单位|机构", frozenset({"Organization"}), r""),
    ("集团", frozenset({"Organization", "Group"}), r"集团"),
    ("工作室", frozenset({"Group"}), r"工作室"),
    ("窝点", frozenset({"Group"}), r"窝点"),
    ("团伙|组织|伙人|帮人", frozenset({"Group"}), r"(?<!工作室)$"),
    ("局", frozenset({"Agency"}), r"局"),
    ("院|法院|检察院", frozenset({"Agency"}), r"院"),
    ("支队|大队|所|派出所|中心|委|部", frozenset({"Agency"}), r""),
    ("平台", frozenset({"Platform", "Service"}), r""),
    ("网站", frozenset({"Platform", "Service"}), r"网|站"),
    ("App|APP", frozenset({"Platform", "Tool"}), r""),
    ("软件|程序|工具|系统|插件|机器人", frozenset({"Tool"}), r"(?<!设备)$"),
    ("设备", frozenset({"Tool"}), r"(?<!软件)$"),
    ("账号|账户|号", frozenset({"Good"}), r"号|账户"),
    ("卡", frozenset({"Good"}), r"卡"),
    ("信息|数据|资料", frozenset({"Good"}), r"信息|数据|资料|料"),
    ("服务", frozenset({"Service"}), r""),
    ("群", frozenset({"Platform"}), r"群"),
    ("链接|二维码", frozenset({"Good", "Tool"}), r"链接|码"),
)
_DEFINITE = r"(?:该|此|这个|这款|这种|这类|此类|这些|上述|这家|这一|这|涉案|那些)"
_THING_HEADS = (
    r"(?:电话卡|手机卡|银行卡|卡|账号|账户|微信号|信息|数据|软件|程序|工具|设备|平台|网站)"
)
NOUN_PHRASE = re.compile(
    rf"(?:该|这款|这些|这类|此类|上述){_THING_HEADS}(?![\u4e00-\u9fff]?号)"
    "|该[\u4e00-\u9fff]{2,6}(?:公司|工作室|团伙)"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All forms, and the classes of each (empty: means nobody); those of `anybody` stand for one
    person, those of `accused` for the accused of a case."""

    forms: tuple[str, ...]
    classes: tuple[frozenset[str], ...]
    automaton: AhoCorasick
    anybody: frozenset[str]
    accused: frozenset[str]


@lru_cache(maxsize=4)
def lexicon(schema: Schema) -> Lexicon:
    """The forms of the classes coref-*, accused and speaking-self, compiled once."""
    table: dict[str, set[str]] = {form: set() for form in schema.words.get("coref-false", ())}
    for name in _CLASSES:
        for form in schema.words.get(f"coref-{name}", ()):
            table.setdefault(form, set()).add(name)
    anybody, accused = schema.words.get("coref-any-person", ()), schema.words.get("accused", ())
    for form in anybody:
        table.setdefault(form, set()).add("person")
    for form in accused:
        table[form] = {"accused"}
    for form in schema.words.get("speaking-self", ()):
        table[form] = {"speaker"}
    for form in schema.words.get("coref-false", ()):
        table[form] = set()
    forms = tuple(table)
    classes = tuple(frozenset(table[form]) for form in forms)
    automaton = AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest)
    return Lexicon(forms, classes, automaton, frozenset(anybody), frozenset(accused))


def number_of(form: str) -> int:
    """How many a form counts (二人, 上述三家公司), 0 where it does not."""
    counted = _COUNTED.fullmatch(form)
    number = parse_number(counted[1]) if counted else None
    return int(number.low) if number else 0


def head_of(form: str) -> tuple[frozenset[str], str]:
    """What 该公司 may mean: the types, and a regex that the name must hold; no types: nothing."""
    head = re.sub(rf"^{_DEFINITE}", "", form)
    for heads, types, ending in _HEADS:
        if any(head.endswith(one) for one in heads.split("|")):
            return types, ending
    return frozenset(), ""
