"""Chinese articles about telecom fraud in, a knowledge graph out; every edge shows its sentence.

    import kg

    kg.build(["articles/"], "out")
    graph = kg.Record.open("out").graph()

The names of `__all__` are all that is public here; each is imported at first use, so that
`import kg` costs nothing. `kg.read` and `kg.resolve` are packages: the functions are
`kg.read.read` and `kg.resolve.resolve`. What goes wrong is a KGError; `read` yields what it
cannot read and raises nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg import read, resolve
    from kg.errors import KGError
    from kg.model import Document, Extraction, Graph
    from kg.pipeline import build, extract
    from kg.record import Record
    from kg.schema import Schema, load_schema

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Extraction",
    "Graph",
    "KGError",
    "Record",
    "Schema",
    "__version__",
    "build",
    "extract",
    "load_schema",
    "read",
    "resolve",
]

_HOMES = {
    "Document": "kg.model",
    "Extraction": "kg.model",
    "Graph": "kg.model",
    "KGError": "kg.errors",
    "Record": "kg.record",
    "Schema": "kg.schema",
    "build": "kg.pipeline",
    "extract": "kg.pipeline",
    "load_schema": "kg.schema",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in ("read", "resolve"):
        return import_module(f"kg.{name}")
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
