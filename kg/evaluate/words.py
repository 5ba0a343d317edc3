"""What measures and causes are called, in Chinese and in English."""

from __future__ import annotations

from kg.evaluate.differences import Cause, Difference
from kg.schema import Schema

Pair = tuple[str, str]

MEASURE: dict[str, Pair] = {
    "entity strict": ("实体 严格", "entity strict"),
    "entity relaxed": ("实体 宽松", "entity relaxed"),
    "relation strict": ("关系 严格", "relation strict"),
    "relation typed": ("关系 类型", "relation typed"),
    "relation family": ("关系 同族", "relation family"),
}

ACCURACY: dict[str, Pair] = {
    "modality": ("语气", "modality"),
    "source": ("消息来源", "source"),
    "named source": ("消息来源（标注写明的）", "source, where annotated"),
    "evidence": ("原文依据", "evidence"),
}

CAUSE: dict[Cause, tuple[Pair, Pair]] = {
    Cause.BOTH_ENDS: (
        ("两端实体都没有抽取到", "neither end was found"),
        ("两端都不是标注的实体", "neither end is annotated"),
    ),
    Cause.SUBJECT: (
        ("主体没有抽取到", "the subject was not found"),
        ("主体不是标注的实体", "the subject is not annotated"),
    ),
    Cause.OBJECT: (
        ("客体没有抽取到", "the object was not found"),
        ("客体不是标注的实体", "the object is not annotated"),
    ),
    Cause.DIRECTION: (
        ("抽取的方向相反", "found in the other direction"),
        ("标注的方向相反", "annotated in the other direction"),
    ),
    Cause.TYPE: (("抽取成了别的类型", "found as another type"),
                 ("标注的是别的类型", "annotated as another type")),
    Cause.RELATION: (
        ("实体都有，关系没有抽取到", "both ends were found, the relation was not"),
        ("实体都有，没有标注这一关系", "both ends are annotated, the relation is not"),
    ),
}  # fmt: skip
"""Of a relation that was missed, and of a false one."""


def why(difference: Difference, lang: str, schema: Schema) -> str:
    """The cause of a difference, with the type that the other side has instead, if any."""
    pair = CAUSE[difference.cause][difference.surplus]
    said = pair[0] if lang == "zh" else pair[1]
    if not difference.instead:
        return said
    colon = "：" if lang == "zh" else ": "
    return f"{said}{colon}{edge_label(difference.instead, lang, schema)}"


def edge_label(name: str, lang: str, schema: Schema) -> str:
    """What an edge type is called; the bare name where the schema has none."""
    known = schema.edges.get(name)
    return (known.label.zh if lang == "zh" else known.label.en) if known else name


def node_label(name: str, lang: str, schema: Schema) -> str:
    """What a node type is called; the bare name where the schema has none."""
    known = schema.nodes.get(name)
    return (known.label.zh if lang == "zh" else known.label.en) if known else name
