"""The command line: each command is one library call and the printing of its result."""

from kg.cli.app import main

__all__ = ["main"]
