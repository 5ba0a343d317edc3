"""Graph -> something lasting.

`graphml` for Gephi, Cytoscape, yEd and APOC, `jsonl` for programs, `networkx` for Python.
Each module is one format and imports what it needs; writing the same graph gives the same
bytes.
"""

from __future__ import annotations
