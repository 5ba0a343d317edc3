"""A kit for Neo4j Browser: a style, the named queries as favourites, a guide, and how to use them.

style.grass            dropped onto the Browser: colours and sizes of schemas/
favorites.zip          dropped onto the Browser: a saved script for each query
favorites/NAME.cypher  the same scripts one by one
guide.html             played in the Browser: what to ask, a query a click
README.md              what to click, in Chinese and in English
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from kg._folders import whole_file
from kg.errors import StoreError
from kg.schema import EdgeType, Label, NodeType, Schema
from kg.store.cypher.queries import Query
from kg.store.cypher.rows import DOCUMENT, ENTITY, EVIDENCE, IN_DOCUMENT, MENTIONS
from kg.store.plain import explained

Files = dict[str, bytes]

_DIAMETERS = {"actor": 65, "thing": 58, "act": 58, "law": 50, "fact": 42, "other": 48}
_WIDTHS = {"trade": 3, "use": 2}
_PAPER, _PAPER_LINE = "#e8e8e8", "#b0b0b0"
_BLACK, _WHITE = "#202020", "#ffffff"
_EDGE, _QUIET_EDGE = "#8a8f98", "#d5d8dd"
_FOLDER = "kg"
_FIRST = ("draw-chain", "draw-trade", "draw-around")
_READ_FIRST = "README.md"
_HEADINGS = "# Neo4j Browser\n\n## 中文\n"
"""How it begins; a kit is known by them."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_kit(schema: Schema, queries: Mapping[str, Query], path: Path) -> None:
    """Write the kit into the folder `path`, or as one file where it ends with .zip.

    Raises StoreError where that cannot be written, or where a file of somebody else is in the way.
    """
    files = kit_files(schema, queries)
    if path.suffix.lower() == ".zip":
        with explained(path), whole_file(path) as part:
            part.write_bytes(_zipped(files))
        return
    with explained(path):
        strange = [] if _is_kit(path) else sorted(name for name in files if (path / name).exists())
    if strange:
        raise StoreError(
            f"{path}: holds a {strange[0]} that is not of the kit. Name another folder."
        )
    # README.md first: by it a kit is known, also one whose writing was killed
    for name, content in sorted(files.items(), key=lambda item: item[0] != _READ_FIRST):
        with explained(path):
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path / name) as part:
                part.write_bytes(content)


def _is_kit(folder: Path) -> bool:
    """Whether an earlier call wrote the README.md of a folder."""
    readme = folder / _READ_FIRST
    return readme.is_file() and readme.read_bytes().startswith(_HEADINGS.encode())


def kit_files(schema: Schema, queries: Mapping[str, Query]) -> Files:
    """The files of the kit by name; the same bytes for the same schema and queries."""
    scripts = {
        f"{query.name}.cypher": script(query).encode() for query in _ordered(queries.values())
    }
    in_folder = {f"{_FOLDER}/{name}": content for name, content in scripts.items()}
    return {
        "style.grass": "".join(style(schema)).encode(),
        "favorites.zip": _zipped(in_folder),
        **{f"favorites/{name}": content for name, content in scripts.items()},
        "guide.html": "".join(guide(_ordered(queries.values()))).encode(),
        _READ_FIRST: _README.encode(),
    }


def _ordered(queries: Iterable[Query]) -> list[Query]:
    """Pictures first: that is what the Browser is for."""
    return sorted(queries, key=lambda query: (query.name not in _FIRST, query.name))


def _zipped(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def script(query: Query) -> str:
    """A saved script: its title, which the Browser shows, what can be changed, its text.

    One statement, because the Browser draws nothing for several; so values stand in the text.
    """
    lines = [f"// {query.title.zh} · {query.title.en}", f"// {query.description.zh}"]
    for parameter in query.parameters:
        value = json.dumps(parameter.default, ensure_ascii=False)
        lines.append(f"// {value}: {parameter.label.zh} · {parameter.label.en}")
    return "\n".join([*lines, query.with_literals()]) + "\n"


def style(schema: Schema) -> Iterator[str]:
    """The style sheet: each type in its colour, actors large, facts small, trade in bold lines."""
    yield _rule(
        "node",
        diameter="50px",
        color=_PAPER,
        border_color=_PAPER_LINE,
        border_width="2px",
        text_color_internal=_BLACK,
        font_size="11px",
    )
    yield _rule(
        "relationship",
        color=_EDGE,
        shaft_width="1px",
        font_size="9px",
        padding="3px",
        text_color_external="#404040",
        text_color_internal=_WHITE,
        caption='"<type>"',
    )
    yield _rule(f"node.{ENTITY}", caption='"{name}"')
    for node in schema.nodes.values():
        yield _node_rule(node)
    for label, caption, diameter in ((DOCUMENT, "title", 46), (EVIDENCE, "quote", 40)):
        yield _rule(
            f"node.{label}",
            color=_PAPER,
            border_color=_PAPER_LINE,
            text_color_internal=_BLACK,
            diameter=f"{diameter}px",
            font_size="8px",
            caption=f'"{{{caption}}}"',
        )
    for edge in schema.edges.values():
        yield _edge_rule(edge)
    for type_ in (MENTIONS, IN_DOCUMENT):
        yield _rule(
            f"relationship.{type_}", color=_QUIET_EDGE, shaft_width="1px", caption='"<type>"'
        )


def _node_rule(node: NodeType) -> str:
    return _rule(
        f"node.{node.name}",
        color=node.colour,
        border_color=_darker(node.colour),
        text_color_internal=_ink(node.colour),
        diameter=f"{_DIAMETERS[node.group]}px",
        caption='"{name}"',
    )


def _edge_rule(edge: EdgeType) -> str:
    return _rule(
        f"relationship.{edge.name}",
        color=_darker(_EDGE) if edge.group in _WIDTHS else _EDGE,
        shaft_width=f"{_WIDTHS.get(edge.group, 1)}px",
        caption='"<type>"',
    )


def _rule(selector: str, **properties: str) -> str:
    body = "".join(f"  {_key(name)}: {value};\n" for name, value in properties.items())
    return f"{selector} {{\n{body}}}\n"


def _key(name: str) -> str:
    return name.replace("_", "-")


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _darker(colour: str) -> str:
    return "#" + "".join(f"{part * 3 // 4:02x}" for part in _parts(colour))


def _ink(colour: str) -> str:
    """Black or white, whichever has more contrast to the colour (WCAG 2)."""
    light = _luminance(colour) + 0.05
    dark_contrast = light / (_luminance(_BLACK) + 0.05)
    return _BLACK if dark_contrast > 1.05 / light else _WHITE


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def guide(queries: Iterable[Query]) -> Iterator[str]:
    """A guide as the Browser plays it: a slide to begin with, then one a query."""
    yield '<article class="guide"><carousel class="deck">\n'
    yield _slide(
        Label("电信网络诈骗供应链", "The supply chain of telecom fraud"),
        "<p>点一下代码框，查询就进入编辑器；再按运行。A click on a box puts its query into the "
        "editor; then run it.</p>",
    )
    for query in queries:
        text = escape(script(query))
        about = f"<p>{escape(query.description.zh)}</p><p>{escape(query.description.en)}</p>"
        yield _slide(
            query.title,
            f'{about}<pre mode="cypher" class="pre-scrollable code runnable">{text}</pre>',
        )
    yield "</carousel></article>\n"


def _slide(title: Label, body: str) -> str:
    return (
        '<slide class="row-fluid"><div class="col-sm-12">'
        f"<h3>{escape(title.zh)} · {escape(title.en)}</h3>{body}</div></slide>\n"
    )


_README = (
    _HEADINGS
    + """
1. 把图谱写入 Neo4j：`kg load -r 记录 --to neo4j://localhost:7687`，打开 http://localhost:7474 。
2. 把 `style.grass` 拖进 Browser 窗口：节点按类型着色，标题为名称。恢复原样：`:style reset`。
3. 把 `favorites.zip` 拖进窗口：左栏 ☆（Saved scripts）里出现文件夹 kg，每个问题一条。
   点一条进入编辑器，开头的注释说明哪些值可以改，再按 ▶。“画出……”几条给出图，其余给表格。
4. 双击节点展开它的邻居；点边，右侧显示 modality（asserted 陈述、alleged 据称……）和原文 quote。
   全部证据：
   `MATCH (v:Evidence {relation: '边的 id'})-[:IN_DOCUMENT]->(d) RETURN v.quote, d.title`。
5. 图上线条乱时：关掉编辑器右上“Connect result nodes”（设置里），只画查询给出的边。
6. 指南：`guide.html` 须由允许跨域的网页服务器提供，如 `npx http-server --cors -p 8001`，
   然后在 Browser 里输入 `:play http://localhost:8001/guide.html`。

## English

1. Load the graph: `kg load -r RECORD --to neo4j://localhost:7687`; open http://localhost:7474 .
2. Drop `style.grass` onto the Browser's window: nodes get the colours of their types and their
   names as captions. Undo with `:style reset`.
3. Drop `favorites.zip` onto the window: under ☆ (saved scripts) there is a folder kg with a
   script for each question. Click one, change the values that its comments name, press ▶.
   "Draw …" gives pictures, the others tables.
4. A double click on a node shows its neighbours; a click on an edge its modality (asserted,
   alleged …) and its quote. All evidence of it:
   `MATCH (v:Evidence {relation: 'id of the edge'})-[:IN_DOCUMENT]->(d) RETURN v.quote, d.title`.
5. Too many lines? Switch off "Connect result nodes" in the settings: only the edges that the
   query returns are drawn then.
6. The guide wants a web server that allows other origins, `npx http-server --cors -p 8001`, say;
   then type `:play http://localhost:8001/guide.html` in the Browser.
"""
)
