"""The words of the schema by which names are taken apart, as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Level
from kg.schema import Schema, any_in, any_of
from kg.text import fold

_NUMBER = r"(?P<number>\d[\d,]*|[一二两三四五六七八九十百千]+)"
_FIRM = "(?:集团)?(?:股份)?(?:有限)?(?:责任)?(?:总)?公司|集团"
_AREAS = "自治区|自治州|地区|省|市|县|区|州|盟|旗"


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What stands in names, each a pattern for a name that is folded.

    People: what stands before and behind them (`title`, `accused`, `harmed`, `after_name`).
    Several of a kind: `determiner`, `count_first`, `count_last`, `all_accused`. Firms: `firm_head`,
    `branch`, `trade`, `operator` (江州移动), `brand` (a listed firm: `brands` has its name by any
    of its names). What names nothing outside its document: `lettered` (甲公司), `vague`,
    `bare_firm`, `bare` (an agency, a law, a case). `place` begins a name, `case_head` and `office`
    (of an agency) end it; `agencies` are those of the term lists.
    """

    accused: re.Pattern[str]
    harmed: re.Pattern[str]
    title: re.Pattern[str]
    after_name: re.Pattern[str]
    determiner: re.Pattern[str]
    lettered: re.Pattern[str]
    count_first: re.Pattern[str]
    count_last: re.Pattern[str]
    all_accused: re.Pattern[str]
    firm_head: re.Pattern[str]
    branch: re.Pattern[str]
    operator: re.Pattern[str]
    brand: re.Pattern[str]
    brands: Mapping[str, str]
    trade: re.Pattern[str]
    bare_firm: re.Pattern[str]
    place: re.Pattern[str]
    vague: re.Pattern[str]
    bare: re.Pattern[str]
    case_head: re.Pattern[str]
    office: re.Pattern[str]
    agencies: re.Pattern[str]


@lru_cache(maxsize=4)
def lexicon_of(schema: Schema) -> Lexicon:
    """The lexicon that a schema's words make."""
    accused, harmed, other = any_in(schema, "title-accused", "title-harmed", "title-other")
    after_name, lettered = any_in(schema, "name-end", "lettered-head")
    modifier, all_accused = any_in(schema, "all-accused-modifier", "all-accused")
    head, branch, case_head = any_in(schema, "firm-head", "branch", "case-head")
    trade, trade_end = any_in(schema, "trade", "trade-end")
    firm_modifier, firm = any_in(schema, "bare-firm-modifier", "bare-firm")
    province, vague = any_in(schema, "province", "vague-start")
    operator, form = any_in(schema, "operator", "legal-form")
    brands = _particular(schema, "Organization")
    agency, paper = any_in(schema, "bare-agency", "bare-paper")
    counting = any_of(schema.words.get("counting-unit", ()))
    return Lexicon(
        accused=re.compile(accused),
        harmed=re.compile(harmed),
        title=re.compile(f"^(?:{accused}|{harmed}|{other})+(?=..)"),
        after_name=re.compile(f"{after_name}$"),
        determiner=re.compile(
            "^(?:(?:[一二两三四五六七八九十百多数几某这那此该另各\\d]+余?"
            f"(?:{counting}|些))|某|该|一些|部分|一(?=..))"
        ),
        lettered=re.compile(f"(?:[a-z]|x+|[甲乙丙丁戊己庚辛]){lettered}"),
        count_first=re.compile(f"^{_NUMBER}{counting}(?P<what>.+)$"),
        count_last=re.compile(f"^(?P<what>.*[^\\d,余近约超过逾第]){_NUMBER}[名人个位]$"),
        all_accused=re.compile(f"{modifier}?{all_accused}"),
        firm_head=re.compile(f"(?P<company>{_FIRM})$|(?P<other>{head})$"),
        branch=re.compile(f"{branch}$"),
        operator=re.compile(f"(?P<place>..+?)(?P<operator>{operator})(?:公司|分公司)?"),
        brand=re.compile(f"(?P<firm>{any_of(brands)}){form}*"),
        brands=brands,
        trade=re.compile(f"(?P<trade>(?:{trade}|{trade_end})+)$"),
        bare_firm=re.compile(f"(?:{trade}|{firm_modifier})*{firm}"),
        place=re.compile(f"^(?:中国|{province}(?:省|市)?|[\u4e00-\u9fff]{{2,5}}?(?:{_AREAS}))"),
        vague=re.compile(f"^{vague}"),
        bare=re.compile(f"{agency}|{paper}"),
        case_head=re.compile(f"{case_head}$"),
        office=re.compile(f"{any_of(_suffixes(schema, 'Agency'))}$"),
        agencies=re.compile(f"{any_of(_particular(schema, 'Agency'))}+"),
    )


def _particular(schema: Schema, type_: str) -> dict[str, str]:
    """The names of particular things in the term list of a type, and what each is called."""
    terms = schema.nodes[type_].terms if type_ in schema.nodes else ()
    return {
        fold(name): fold(term.name)
        for term in terms
        if term.level is Level.INSTANCE
        for name in (*term.variants, term.name)
    }


def _suffixes(schema: Schema, type_: str) -> tuple[str, ...]:
    return schema.nodes[type_].suffixes if type_ in schema.nodes else ()
