"""Everything that `kg` raises on purpose.

A message says what is wrong, where, and what to do; `exit_code` is what the command line
leaves with.
"""

from __future__ import annotations


class KGError(Exception):
    """Base of all errors that a user can do something about."""

    exit_code = 1


class UsageError(KGError):
    """A request that cannot be carried out as it was put."""

    exit_code = 2


class SchemaError(KGError):
    """A file of schemas/ says something that cannot be used."""

    exit_code = 2


class ReadError(KGError):
    """One input cannot be read; the run goes on and reports it."""

    exit_code = 3


class RecordError(KGError):
    """The record on disk is missing, damaged, or of another version."""

    exit_code = 2


class UnwritableError(RecordError):
    """The record on disk cannot be written: no space, no rights."""

    exit_code = 1


class StoreError(KGError):
    """A store refuses the graph or cannot be written."""

    exit_code = 1


class ServiceError(KGError):
    """A service (a Neo4j server, a model endpoint) does not answer."""

    exit_code = 5
