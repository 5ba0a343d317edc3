"""Made-up Documents, Extractions and Graphs: a few by hand, many by hypothesis."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from kg.model import (
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Graph,
    Level,
    Mention,
    Modality,
    Place,
    Reject,
    Relation,
    Run,
    Sentence,
    make_id,
)
from kg.schema import EdgeType, Label, NodeType, Schema, load_schema
from kg.text import split_sentences, strip_quotes

_GROUPS = {
    "actor": "Person Organization Group Agency Role",
    "thing": "Good Tool Service Platform",
    "act": "Activity Control",
    "law": "Law Case",
    "fact": "Price Statistic",
}
_ACTORS = frozenset(_GROUPS["actor"].split())
_ANY = frozenset(" ".join(_GROUPS.values()).split())
_ENDS = {
    "SUPPLIES": (_ACTORS, _ACTORS),
    "SELLS": (_ACTORS, frozenset(["Good", "Tool", "Service"])),
    "HAS_ROLE": (_ACTORS - {"Role"}, frozenset(["Role"])),
    "COLLUDES_WITH": (_ACTORS, _ACTORS),
    "INVESTIGATES": (frozenset(["Agency"]), _ANY),
    "LEADS_TO": (_ANY, _ANY),
}


def small_schema() -> Schema:
    """A schema with some of the types, and with the words of schemas/."""
    label = Label("标签", "label")
    nodes = {
        name: NodeType(name, label, label, "#000000", "ellipse", 0, group, level, (), (), (), ())
        for group, names in _GROUPS.items()
        for name in names.split()
        for level in [Level.INSTANCE]
    }
    edges = {
        name: EdgeType(
            name, label, label, "trade", *ends, name == "COLLUDES_WITH", False, {}, (), (), ()
        )
        for name, ends in _ENDS.items()
    }
    return Schema(nodes, edges, load_schema().words, "test")


SCHEMA = small_schema()


@dataclass(frozen=True)
class Named:
    """A mention to be: its type, the text as printed, and what else is not usual."""

    type: str
    text: str
    scoped: bool = False
    level: Level = Level.INSTANCE
    name: str = ""
    attrs: tuple[tuple[str, str], ...] = ()
    confidence: float = 1.0

    def mention(self, start: int) -> Mention:
        return Mention(
            start=start,
            end=start + len(self.text),
            text=self.text,
            type=self.type,
            name=self.name or strip_quotes(self.text),
            level=self.level,
            rule=f"nodes/{self.type}.yaml#x",
            scoped=self.scoped,
            attrs=dict(self.attrs),
            confidence=self.confidence,
        )


@dataclass(frozen=True)
class Fact:
    """A claim to be."""

    subject: Named
    type: str
    object: Named
    modality: Modality = Modality.ASSERTED
    source: str = ""
    attrs: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.9


def document_of(text: str, path: str = "", **fields: str) -> Document:
    """A document with this text; its id hangs on text and title."""
    sha256 = hashlib.sha256((text + fields.get("title", "")).encode()).hexdigest()
    return Document(
        id=make_id("d", sha256),
        sha256=sha256,
        path=path or f"articles/{sha256[:6]}.txt",
        text=text,
        sentences=(Sentence(0, len(text), 0),) if text else (),
        runs=(Run(0, len(text), 0, len(text)),),
        **fields,
    )


def split_document(text: str) -> Document:
    """A document of which each line is a paragraph, in the sentences of `kg.text`."""
    sentences: list[Sentence] = []
    base = 0
    for number, block in enumerate(text.split("\n")):
        sentences += [Sentence(base + a, base + b, number) for a, b in split_sentences(block)]
        base += len(block) + 1
    return replace(document_of(text), sentences=tuple(sentences))


@dataclass
class Article:
    """An extraction to be: facts become sentences, links name mentions that are one."""

    facts: Sequence[Fact]
    links: Sequence[tuple[Named, Named]] = ()
    also: Sequence[Named] = ()
    opening: str = ""
    path: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def extraction(self) -> Extraction:
        text = self.opening
        mentions: list[Mention] = []
        claims: list[tuple[Fact, int, int, int, int]] = []
        where: dict[Named, int] = {}

        def put(named: Named) -> int:
            nonlocal text
            where.setdefault(named, len(mentions))
            mentions.append(named.mention(len(text)))
            text += named.text
            return len(mentions) - 1

        for fact in self.facts:
            start = len(text)
            subject = put(fact.subject)
            text += "对"
            object_ = put(fact.object)
            text += f"{fact.type}。"
            claims.append((fact, subject, object_, start, len(text)))
        for named in self.also:
            put(named)
            text += "。"
        links = [(put(a), put(b)) for a, b in self.links]
        document = document_of(text, self.path, **self.fields)
        return Extraction(
            document=document,
            mentions=tuple(mentions),
            claims=tuple(
                Claim(
                    subject=subject,
                    type=fact.type,
                    object=object_,
                    start=start,
                    end=end,
                    modality=fact.modality,
                    source=fact.source,
                    attrs=dict(fact.attrs),
                    rule=f"edges/{fact.type}.yaml#x",
                    confidence=fact.confidence,
                )
                for fact, subject, object_, start, end in claims
            ),
            links=tuple(links),
            rejects=(Reject(0, 1, "x", "y"),) if text else (),
        )


def article(*facts: Fact, path: str = "", opening: str = "") -> Extraction:
    """The extraction of an article that says these facts and nothing else."""
    return Article(facts, path=path, opening=opening).extraction()


# Names that meet: short and full forms, masked people, quotes, sister types.
NAMES = [
    Named("Person", "王某", scoped=True),
    Named("Person", "被告人王某", scoped=True),
    Named("Person", "证人王某", scoped=True),
    Named("Person", "付亮"),
    Named("Organization", "亚飞达公司"),
    Named("Organization", "山东亚飞达信息科技股份有限公司"),
    Named("Organization", "云南亚飞达贸易有限公司"),
    Named("Group", "“黑兔子”工作室"),
    Named("Group", "昆明黑兔子工作室"),
    Named("Agency", "五华分局"),
    Named("Agency", "昆明市公安局五华分局"),
    Named("Agency", "五华区检察院"),
    Named("Role", "卡商", level=Level.TYPE),
    Named("Group", "卡商", level=Level.TYPE),
    Named("Good", "手机黑卡", level=Level.TYPE),
    Named("Service", "接码平台", level=Level.TYPE),
    Named("Platform", "接码平台", level=Level.TYPE),
    Named("Law", "《刑法》"),
    Named("Law", "中华人民共和国刑法"),
    Named("Case", "净网2019"),
    Named("Case", "“净网2019”专项行动"),
    Named("Price", "11元", scoped=True),
    Named("Statistic", "11元", scoped=True),
]
names = st.sampled_from(NAMES)
_attrs = st.dictionaries(
    st.sampled_from(["good", "quantity"]), st.sampled_from(["黑卡", "3张", ""]), max_size=2
).map(lambda attrs: tuple(sorted(attrs.items())))
facts = st.builds(
    Fact,
    names,
    st.sampled_from(sorted(_ENDS)),
    names,
    st.sampled_from(Modality),
    st.sampled_from(["", "警方"]),
    _attrs,
    st.sampled_from([0.5, 0.7, 1.0]),
)
extractions = st.builds(
    Article,
    st.lists(facts, max_size=5),
    st.lists(st.tuples(names, names), max_size=2),
    st.lists(names, max_size=3),
    st.sampled_from(["", "近日，", "记者从公安机关获悉，" * 3]),
).map(Article.extraction)
collections = st.lists(extractions, max_size=5)
pure_collections = collections.map(
    lambda items: list({item.document.id: item for item in items}.values())
)
"""As extraction is pure, a record never meets two extractions of one document."""

confidences = st.integers(0, 100).map(lambda hundredths: hundredths / 100)

hostile = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "\x00\x0b\x1f", "]]>", "<a href=\"'&amp;\">", "\r\n\t ", "_x000B_", "_x005F_", "😀𠮷",
         "\ufffe\uffff", "\u2028\x85", "é" * 10_000, "label", "attr_label", "id", " 卡商 "]
    ),
)  # fmt: skip
_hostile_attrs = st.dictionaries(hostile, hostile, max_size=3)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph, with hostile strings wherever a string can be."""
    texts = draw(st.lists(hostile, min_size=1, max_size=3, unique=True))
    documents = {
        item.id: item
        for text in texts
        for item in [document_of(text, draw(hostile), title=draw(hostile), outlet=draw(hostile))]
    }
    ids = sorted(documents)
    entities = [
        Entity(
            id=make_id("e", str(number)),
            type=draw(st.sampled_from(["Person", "Good", "Organization"])),
            name=draw(hostile),
            aliases=tuple(sorted(set(draw(st.lists(hostile, max_size=2))))),
            level=draw(st.sampled_from(Level)),
            attrs=draw(_hostile_attrs),
            places=(Place(draw(st.sampled_from(ids)), 0, 1, draw(hostile)),),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    relations = []
    for number in range(draw(st.integers(0, 4)) if entities else 0):
        ends = [draw(st.sampled_from(entities)).id for _ in range(2)]
        evidence = Evidence(
            draw(st.sampled_from(ids)), 0, 1, draw(hostile), draw(hostile), draw(_hostile_attrs),
            draw(hostile), draw(confidences),
        )  # fmt: skip
        relations.append(
            Relation(
                id=make_id("r", str(number)),
                subject=ends[0],
                type=draw(st.sampled_from(["SUPPLIES", "SELLS"])),
                object=ends[1],
                modality=draw(st.sampled_from(Modality)),
                sources=tuple(sorted(set(draw(st.lists(hostile, max_size=2))))),
                attrs=draw(_hostile_attrs),
                evidence=(evidence,),
                origins=draw(st.integers(1, 10**9)),
                confidence=draw(confidences),
            )
        )
    return Graph(
        documents=tuple(documents[id_] for id_ in ids),
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        relations=tuple(r for r in relations if r.modality is not Modality.NEGATED),
        negated=tuple(r for r in relations if r.modality is Modality.NEGATED),
    )
