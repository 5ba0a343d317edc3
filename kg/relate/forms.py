"""Forms of sentence that state what is of what kind, what figures count, what somebody is.

Rows of (edge, id, pattern): every mention in S has the edge to every one in O (`constructs`).
"""

from __future__ import annotations

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

FORMS = (*_IS_A,)
