"""Graph and documents -> a folder of static pages that works from disk and on any file server.

`assemble` says which pages there are, `folder` writes them; every other module makes one kind
of page.
"""

from __future__ import annotations

from kg.view.site.assemble import Site
from kg.view.site.folder import SiteReport, write_site

__all__ = ["Site", "SiteReport", "write_site"]
