"""A graph in the hands of networkx."""

from __future__ import annotations

import networkx as nx

from kg.model import Graph
from kg.store.plain import plain_document, plain_entity, plain_relation


def to_networkx(graph: Graph) -> nx.MultiDiGraph:
    """The graph as a MultiDiGraph: node and edge keys are ids, the rest are attributes.

    Nodes have type, name, aliases, level, attrs, mentions; edges type, modality, sources,
    attrs, origins, confidence, evidence; `graph.graph["documents"]` has the documents by id.
    Negated relations are no edges and are left out.
    """
    found = nx.MultiDiGraph(
        documents={document.id: plain_document(document) for document in graph.documents}
    )
    for entity in graph.entities:
        plain = plain_entity(entity)
        found.add_node(plain.pop("id"), **plain)
    for relation in graph.relations:
        plain = plain_relation(relation)
        ends = plain.pop("subject"), plain.pop("object")
        found.add_edge(*ends, key=plain.pop("id"), **plain)
    return found
