"""Forms of sentence that state what is of what kind, what figures count, what somebody is.

Rows of (edge, id, source), each source for `worded`: every mention in S has the edge to every one
in O (`constructs`).
"""

from __future__ import annotations

from kg.relate.constructs.parties import SOME

_KINDS = ("Good", "Tool", "Role", "Platform", "Service")

_IS_A = tuple(
    ("IS_A", name, source)
    for kind in _KINDS
    for name, source in (
        ("belongs", rf"{{S*:{kind}}}(?:都|均|也|同样)?属于{{O:{kind}}}(?=[，。；])"),
        # One name alone in brackets is as often another name for the same: 数字货币（虚拟币）.
        (
            "bracketed",
            rf"{{O:{kind}}}（(?:主要|一般|通常)?(?:包括|如|例如|比如|：)?"
            rf"(?={{:{kind}}}(?:、|和|及)){{S*:{kind}}}等?）",
        ),
    )
)

_IN_ALL = "{~before-sum}{0,4}"
_THINGS = "{:Good,Tool,Role,Location,Price,Platform,Service,Statistic,Group,Organization}"
_MEASURES = (
    (
        "MEASURES", "gained",
        rf"{{O*:Person,Group}}{SOME}{{~before-gain}}{{0,3}}"
        rf"(?:{{~gaining}}|{{~getting-sum}}){_IN_ALL}{{S:Statistic}}",
    ),
    (
        # Who begins the sentence has the profit at its end, where no clause between begins with
        # another: 张某收购手机卡，卖给号商，获利3万元.
        "MEASURES", "gained-last",
        r"^(?:[^。；]|{:Location,Agency}){0,30}?(?:，|：|被告人|犯罪嫌疑人|间|查明)"
        rf"{{O*:Person}}{SOME}(?![的与和同跟])(?:[^。；、，由让被对向]|{_THINGS}|、|"
        r"，(?!其中|而|但|由|让|被告人|被害人|{:Person,Group,Organization,Role})){0,90}"
        rf"，{{~before-gain}}{{0,2}}{{~gaining}}{_IN_ALL}{{S:Statistic}}",
    ),
    (
        "MEASURES", "share",
        r"{O:Good,Case,Role,Tool,Platform,Person}(?:案件|类|案)?则?(?:占比|占到|占了|占)"
        r"(?:总数的|全部的|了|为|达)?{S:Statistic}",
    ),
)  # fmt: skip

_PEOPLE = (
    (
        "HAS_ROLE", "is",
        r"{S:Person}(?:，|也|都|就|曾|原|本)*[是系](?:一?[名位个]|所谓的|专业|职业|专职)*"
        r"{O:Role}(?![的家])",
    ),
    (
        "LOCATED_IN", "native",
        r"{O:Location}(?:籍|省|市|县)?{~native}{S*:Person}",
    ),
)  # fmt: skip

FORMS = (*_IS_A, *_MEASURES, *_PEOPLE)
