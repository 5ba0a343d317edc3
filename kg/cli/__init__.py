"""The command line: each command is one library call and the printing of its result."""

from __future__ import annotations

import os

# The networks are so small that further threads of numpy only wait for the first; --jobs uses the
# cores. Read when numpy is loaded, so it is set before.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from kg.cli.app import main

__all__ = ["main"]
