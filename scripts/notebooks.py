#!/usr/bin/env python3
"""Run the notebooks and keep of their output what may be committed: the SVG.

[KG_RECORD=out] scripts/notebooks.py [NAME.ipynb …]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbclient
import nbformat

FOLDER = Path(__file__).parent.parent / "notebooks"
SVG = "image/svg+xml"


def strip(notebook: Any) -> None:
    """Take out everything but SVG: other outputs, counts, and what the run noted of itself."""
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [
                nbformat.v4.new_output("display_data", data={SVG: output.data[SVG]})
                for output in cell.outputs
                if SVG in output.get("data", {})
            ]
    kept = ("display_name", "language", "name")
    kernel = notebook.metadata.kernelspec
    notebook.metadata = {
        "kernelspec": {key: kernel[key] for key in kept if key in kernel},
        "language_info": {"name": "python"},
    }


def main() -> None:
    paths = [FOLDER / name for name in sys.argv[1:]] or sorted(FOLDER.glob("*.ipynb"))
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        nbclient.NotebookClient(
            notebook, timeout=600, resources={"metadata": {"path": str(FOLDER)}}
        ).execute()
        strip(notebook)
        path.write_text(nbformat.writes(notebook, indent=1) + "\n", encoding="utf-8")
        print(path.name)


if __name__ == "__main__":
    main()
