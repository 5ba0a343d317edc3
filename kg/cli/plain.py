"""What the commands print for programs: the plain values of `kg.store`, with names beside ids."""

from __future__ import annotations

from kg.model import Relation
from kg.store.plain import Plain, plain_relation
from kg.view.lookup import Lookup
from kg.view.paths import Chain

_ABOUT = ("title", "outlet", "published", "url")


def with_names(relation: Relation, lookup: Lookup) -> Plain:
    """A relation, the names of its ends, and for each quote where it was published."""
    plain = plain_relation(relation)
    for end in ("subject", "object"):
        entity = lookup.entities.get(plain[end])
        plain[f"{end}_name"] = entity.name if entity else ""
    for evidence in plain["evidence"]:
        document = lookup.documents.get(evidence["document"])
        evidence |= {name: getattr(document, name, "") for name in _ABOUT}
    return plain


def chain(found: Chain, lookup: Lookup) -> Plain:
    """A chain: the names of its stations, and its hops as relations with their direction."""
    return {
        "stations": [entity.name for entity in found.stations],
        "cost": found.cost,
        "hops": [
            {
                "from": hop.start.name,
                "to": hop.end.name,
                "along": hop.along,
                "relation": with_names(hop.relation, lookup),
            }
            for hop in found.hops
        ],
    }
