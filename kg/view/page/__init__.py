"""The viewer: a Graph as one HTML page that works offline."""

from kg.view.page.assemble import page
from kg.view.page.data import Context, contexts

__all__ = ["Context", "contexts", "page"]
