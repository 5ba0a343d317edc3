"""The record on disk: extractions, decisions, graph. Every engine is rebuilt from it.

`codec` turns the nouns of `kg.model` into JSON and back, `files` makes each write all or
nothing, `folder` is the record itself.
"""

from __future__ import annotations

from kg.record.codec import decode, encode
from kg.record.folder import FORMAT, Record

__all__ = ["FORMAT", "Record", "decode", "encode"]
