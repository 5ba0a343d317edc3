"""A graph in a database that speaks Cypher: Neo4j, or the embedded engine.

`rows` says what the nodes and edges of the database are, `load` makes a database hold exactly
those, `connect` opens a server, `bulk` writes files for `neo4j-admin database import`.
"""

from __future__ import annotations

HEAP = "512m"
"""Memory of the embedded engine where nobody says how much. Here, as the command line shows it
without loading the engine."""
