"""Commands that judge: check, rejects, schema."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.completing import types
from kg.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from kg.cli.talk import in_language, note, print_json, print_lines, say, table, told

if TYPE_CHECKING:
    from kg.model import Document, Reject
    from kg.schema import EdgeType, Example, NodeType, Schema

_LIKELIHOOD = re.compile(r" \(\d\.\d+\)$")
"""How likely a claim was, behind the reason; each claim has one of its own."""


def check(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """The invariants, on this record; leaves with 1 when one does not hold."""
    from dataclasses import asdict

    from kg.check import RULES
    from kg.check import check as check_record
    from kg.record import Record
    from kg.schema import load_schema

    opened = Record.open(record)
    findings = list(check_record(opened.extractions(), opened.graph(), load_schema()))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{finding.rule}\t{finding.where}\t{finding.what}")
    counts = Counter(finding.rule for finding in findings)
    for rule, count in sorted(counts.items()):
        note(f"{rule}: {count}  ({told(RULES[rule])})")
    if findings:
        raise typer.Exit(1)
    note(say("没有发现问题", "no problem found"))


def rejects(
    record: RecordOption = DEFAULT_RECORD,
    rule: Annotated[
        str, typer.Option("--rule", help=say("只看名称这样开头的规则", "only rules that begin so"))
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Claims that were considered and not made, by rule."""
    from kg.record import Record

    items = [
        _plain_reject(reject, extraction.document)
        for extraction in Record.open(record).extractions()
        for reject in extraction.rejects
        if reject.rule.startswith(rule)
    ]
    if as_json:
        print_json(items)
    elif rule:
        print_lines(
            f"{one['document']}  {told(one['reason'])}\n     「{one['text']}」" for one in items
        )
    else:
        counts = Counter((one["rule"], _LIKELIHOOD.sub("", one["reason"])) for one in items)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        print_lines(table(((count, name, told(why)) for (name, why), count in ranked), indent=""))
    if items:
        return
    if rule:
        note(
            say(
                f"没有以 {rule} 开头的规则的说法；用 kg rejects 查看有哪些规则",
                f"no claim of a rule that begins with {rule}; list the rules with: kg rejects",
            )
        )
    else:
        note(say("没有考虑过而不成立的说法", "no claim was considered and not made"))


def _plain_reject(reject: Reject, document: Document) -> dict[str, Any]:
    return {
        "document": document.id,
        "start": reject.start,
        "end": reject.end,
        "text": document.text[reject.start : reject.end],
        "rule": reject.rule,
        "reason": reject.reason,
    }


def schema(
    type_name: Annotated[
        str,
        typer.Argument(
            metavar="[TYPE]",
            help=say("节点或关系类型", "a node or edge type"),
            autocompletion=types,
        ),
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """The types of the ontology, or one of them explained."""
    from kg.errors import UsageError
    from kg.schema import load_schema

    loaded = load_schema()
    if not type_name:
        _list_types(loaded, as_json=as_json)
        return
    types: list[NodeType | EdgeType] = [*loaded.nodes.values(), *loaded.edges.values()]
    named = [one for one in types if type_name in (one.name, one.label.zh, one.label.en)]
    if not named:
        raise UsageError(
            say(
                f"没有类型 {type_name}；用 kg schema 查看全部",
                f"no type {type_name}; list them with: kg schema",
            )
        )
    if as_json:
        plain = [_plain_type(one) for one in named]
        print_json(plain[0] if len(plain) == 1 else plain)
    else:
        for one in named:
            print_lines(_explain(one))


def _list_types(loaded: Schema, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "version": loaded.version,
                "nodes": {name: _plain_type(node) for name, node in loaded.nodes.items()},
                "edges": {name: _plain_type(edge) for name, edge in loaded.edges.items()},
            }
        )
        return
    print(say("节点类型", "node types"))
    rows = [(n.name, in_language(n.label), n.group) for n in loaded.nodes.values()]
    print_lines(table(rows))
    print(say("\n关系类型", "\nedge types"))
    rows = [(e.name, in_language(e.label), e.group) for e in loaded.edges.values()]
    print_lines(table(rows))


def _explain(known: NodeType | EdgeType) -> list[str]:
    from kg.schema import NodeType

    lines = [
        f"{known.name}  {known.label.zh} / {known.label.en}  ({known.group})",
        in_language(known.description),
    ]
    if isinstance(known, NodeType):
        lines += ["", say("词表", "terms") + f" ({len(known.terms)})"]
        lines += [f"  {t.name}: {'、'.join(t.variants)}".rstrip(": ") for t in known.terms[:30]]
        if known.suffixes:
            lines += ["", f"{say('中心词', 'head words')}: {'、'.join(known.suffixes)}"]
        if known.patterns:
            lines += [
                "",
                say("模式", "patterns"),
                *(f"  {p.id}: {p.regex}" for p in known.patterns),
            ]
    else:
        lines += [
            "",
            f"{say('从', 'from')} {', '.join(sorted(known.source))}",
            f"{say('到', 'to')} {', '.join(sorted(known.target))}",
        ]
        lines += [f"  {n}: {in_language(p.label)}" for n, p in known.properties.items()]
        for frame in known.frames:
            lines.append(
                f"  {frame.id}: {frame.subject} —{'/'.join(frame.triggers)}→ {frame.object}"
            )
        lines += [f"  {template.id}: {template.pattern}" for template in known.templates]
    lines += ["", say("例句", "examples")]
    for example in known.examples:
        lines.append(f"  {example.text}  →  {_expected(example)}")
    return lines


def _expected(example: Example) -> str:
    from kg.model import Modality
    from kg.schema import load_schema

    if example.edge:
        edge = " → ".join(example.edge)
        if example.modality in (None, Modality.ASSERTED):
            return edge
        return f"{edge} [{in_language(load_schema().manner(example.modality))}]"
    return "、".join(example.finds) or say("没有", "nothing")


def _plain_type(known: NodeType | EdgeType) -> dict[str, Any]:
    from kg.schema import NodeType

    plain: dict[str, Any] = {
        "label": {"zh": known.label.zh, "en": known.label.en},
        "description": {"zh": known.description.zh, "en": known.description.en},
        "group": known.group,
        "examples": [example.text for example in known.examples],
    }
    if isinstance(known, NodeType):
        return plain | {
            "colour": known.colour,
            "shape": known.shape,
            "tier": known.tier,
            "terms": {term.name: list(term.variants) for term in known.terms},
        }
    return plain | {
        "source": sorted(known.source),
        "target": sorted(known.target),
        "symmetric": known.symmetric,
        "across": known.across,
        "properties": sorted(known.properties),
        "frames": {
            frame.id: {
                "triggers": list(frame.triggers),
                "subject": frame.subject,
                "object": frame.object,
            }
            for frame in known.frames
        },
    }


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(
        help=say("检查记录是否完好，有问题时退出码为 1", "check the invariants; exit 1 on findings")
    )(check)
    app.command(help=say("考虑过但没有成立的说法", "claims considered and not made"))(rejects)
    app.command(help=say("列出类型，或解释一个类型", "list the types, or explain one"))(schema)
