"""Commands that ask a record something: show, find, path, stats."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import DEFAULT_RECORD, JsonOption, RecordOption, one_of
from kg.cli.talk import language, note, print_json, print_lines, say, table
from kg.errors import KGError, UsageError

if TYPE_CHECKING:
    from kg.model import Entity
    from kg.view.lookup import Lookup
    from kg.view.text import Wording

_SHOWN_TOGETHER = 3
_ALL = 20


def open_record(record: Path) -> tuple[Lookup, Wording]:
    """The graph of a record, to look things up in and to put into words."""
    from kg.record import Record
    from kg.schema import load_schema
    from kg.view.lookup import Lookup
    from kg.view.text import Wording

    lookup = Lookup(Record.open(record).graph())
    return lookup, Wording(lookup, load_schema(), language())


def named(lookup: Lookup, wording: Wording, text: str, *, most: int) -> list[Entity]:
    """The entities that `text` means.

    Raises KGError (the command leaves with 1) when none, UsageError (2) when more than `most`.
    """
    found = lookup.named(text)
    if not found:
        names = {entity.name for entity in lookup.graph.entities}
        close = get_close_matches(text, sorted(names), n=3, cutoff=0.5)
        hint = say("；是否想找 ", "; did you mean ") + "、".join(close) if close else ""
        raise KGError(
            say(f"图谱里没有“{text}”{hint}", f"nothing in the graph is called {text!r}{hint}")
        )
    if len(found) > most:
        rows = [(e.id, wording.type_label(e.type), e.name) for e in found[:20]]
        ask = say(
            f"“{text}”可能指 {len(found)} 个节点，请用全名或 id：",
            f"{text!r} may mean {len(found)} entities; use a full name or an id:",
        )
        raise UsageError("\n".join([ask, *table(rows)]))
    return found


def show(
    name: Annotated[
        str,
        typer.Argument(help=say("名称（可只写一部分）、别名或 id", "a name, alias, part or id")),
    ],
    record: RecordOption = DEFAULT_RECORD,
    quotes: Annotated[
        int, typer.Option("--quotes", "-q", min=0, help=say("每条关系的句数", "quotes a relation"))
    ] = 1,
    as_json: JsonOption = False,
) -> None:
    """One entity with its relations."""
    from kg.cli.plain import with_names
    from kg.store.plain import plain_entity

    lookup, wording = open_record(record)
    exact = any(how == "name" for how, _ in lookup.find(name)[:1])
    found = named(lookup, wording, name, most=_SHOWN_TOGETHER if exact else 1)
    if as_json:
        cards = [
            plain_entity(entity)
            | {"relations": [with_names(r, lookup) for r in lookup.beside(entity)]}
            for entity in found
        ]
        print_json(cards[0] if len(cards) == 1 else cards)
        return
    for position, entity in enumerate(found):
        print_lines([""] if position else [])
        print_lines(wording.card(entity, evidence=quotes))


def find(
    text: Annotated[str, typer.Argument(help=say("要找的文字", "text to look for"))],
    record: RecordOption = DEFAULT_RECORD,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help=say("最多几条", "at most so many"))
    ] = 20,
    as_json: JsonOption = False,
) -> None:
    """Names, aliases and quotes that hold a text."""
    from kg.cli.plain import with_names
    from kg.store.plain import plain_entity

    lookup, wording = open_record(record)
    entities = [entity for _, entity in lookup.find(text)]
    relations = lookup.mentioning(text)
    if as_json:
        print_json(
            {
                "entities": [plain_entity(entity) for entity in entities[:limit]],
                "relations": [with_names(relation, lookup) for relation in relations[:limit]],
            }
        )
    else:
        rows = [
            (
                entity.name,
                wording.type_label(entity.type),
                count,
                say("条关系", "relation" if count == 1 else "relations"),
                entity.id,
            )
            for entity in entities[:limit]
            for count in [len(lookup.beside(entity))]
        ]
        print_lines(table(rows, indent=""))
        for relation in relations[:limit]:
            print_lines(["", *wording.relation(relation)])
        hidden = max(0, len(entities) - limit) + max(0, len(relations) - limit)
        if hidden:
            note(say(f"另有 {hidden} 条，用 -n 显示", f"{hidden} more; show them with -n"))
    if not entities and not relations:
        note(say(f"没有找到“{text}”", f"nothing found for {text!r}"))
        raise typer.Exit(1)


def path(
    start: Annotated[str, typer.Argument(metavar="A", help=say("起点", "where it starts"))],
    end: Annotated[str, typer.Argument(metavar="B", help=say("终点", "where it ends"))],
    record: RecordOption = DEFAULT_RECORD,
    undirected: Annotated[
        bool,
        typer.Option("--any", help=say("不论方向，任何关系", "any relation, either direction")),
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option("-k", min=1, help=say("最多几条链（默认 1）", "at most so many chains (1)")),
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help=say(f"全部（至多 {_ALL} 条）", f"all chains, {_ALL} at most")),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """How something gets from A to B, a sentence for each step."""
    from kg.cli.plain import chain as plain_chain
    from kg.schema import load_schema
    from kg.view.paths import find_paths

    one_of({"-k": limit is not None, "--all": every})
    lookup, wording = open_record(record)
    sources = named(lookup, wording, start, most=_SHOWN_TOGETHER)
    targets = named(lookup, wording, end, most=_SHOWN_TOGETHER)
    if sources == targets:
        raise UsageError(say(f"“{start}”和“{end}”是一个实体", f"{start} and {end} are one entity"))
    most = _ALL if every else limit or 1
    chains = find_paths(
        lookup.graph, load_schema(), sources, targets, undirected=undirected, limit=most
    )
    if as_json:
        print_json([plain_chain(chain, lookup) for chain in chains])
    for position, chain in enumerate(() if as_json else chains):
        print_lines([""] if position else [])
        print_lines(wording.chain(chain))
    if not chains:
        hint = "" if undirected else say("；试试 --any", "; try --any")
        note(say(f"没有从“{start}”到“{end}”的路径{hint}", f"no chain {start} → {end}{hint}"))
        raise typer.Exit(1)


def stats(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """What the record holds, by type."""
    from kg.model import Modality

    lookup, wording = open_record(record)
    graph = lookup.graph
    relations = (*graph.relations, *graph.negated)
    total = {
        "documents": len(graph.documents),
        "entities": len(graph.entities),
        "relations": len(graph.relations),
        "negated": len(graph.negated),
        "evidence": sum(len(relation.evidence) for relation in relations),
    }
    by = {
        "entity_types": Counter(entity.type for entity in graph.entities),
        "relation_types": Counter(relation.type for relation in relations),
        "modality": Counter(relation.modality.value for relation in relations),
    }
    if as_json:
        print_json(total | {name: dict(counter.most_common()) for name, counter in by.items()})
        return
    labels = {
        "documents": say("文章", "documents"),
        "entities": say("实体", "entities"),
        "relations": say("关系", "relations"),
        "negated": say("被否定的说法", "negated"),
        "evidence": say("证据句", "evidence quotes"),
        "entity_types": say("实体类型", "entity types"),
        "relation_types": say("关系类型", "relation types"),
        "modality": say("语气", "modality"),
    }
    modes = {mode.value: wording.manner(mode) for mode in Modality}
    print_lines(table([(labels[name], count) for name, count in total.items()], indent=""))
    for name, counter in by.items():
        print_lines(["", labels[name]])
        rows = [
            (modes.get(key) or wording.type_label(key), key, count)
            for key, count in sorted(counter.items(), key=lambda item: (-item[1], item[0]))
        ]
        print_lines(table(rows))


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(help=say("一个节点及其关系和证据", "one entity, its relations, their sentences"))(
        show
    )
    app.command(help=say("按名称、别名、原文查找", "search names, aliases and quotes"))(find)
    app.command(help=say("从 A 到 B 的链条，每步一句证据", "the chain A → B, a sentence a step"))(
        path
    )
    app.command(help=say("各类数量", "counts by type"))(stats)
