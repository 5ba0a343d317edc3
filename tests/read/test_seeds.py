from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import read

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the shared corpus is not on this machine"
)


def seed(name: str) -> Document:
    (found,) = read([SHARED / "seeds" / name])
    assert isinstance(found, Document)
    return found


def test_seed_1_has_thirty_paragraphs_and_no_watermark() -> None:
    document = seed("article-1-accounts.html.md")
    assert "Mitbbs" not in document.text
    assert len(document.text.split("\n")) == 31
    assert "“3•15”专案组" in document.text
    assert (document.title, document.published) == ("电信诈骗的账号怎么来的？", "2021-04-26")


def test_seed_2_has_its_bold_joined_and_its_chrome_removed() -> None:
    document = seed("article-2-personal-data.md")
    assert "租卖个人帐号" in document.text and "对方本是陌生人却对自己" in document.text
    for word in ("*", "互动交流", "关注我们", "图片来自", "mp.weixin"):
        assert word not in document.text
    assert (document.outlet, document.author) == ("腾讯 110", "鹅探长")


def test_transcoded_files_read_like_their_utf8_twins() -> None:
    folder = SHARED / "corpus" / "encodings"
    with (folder / "README.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            if row["file"].endswith(".html"):
                continue  # made from the Markdown without its front matter
            parts = ("corpus/articles", "gold/articles")
            twin = next(p for part in parts if (p := SHARED / part / row["source"]).exists())
            (one,), (other,) = read([folder / row["file"]]), read([twin])
            assert isinstance(one, Document) and isinstance(other, Document)
            assert one.text == other.text, row["file"]
