"""Headings and remarks of a dossier, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Document
from kg.view.report.dossier import Quote, Table
from kg.view.svg.prices import Price, normal
from kg.view.text import Wording


@dataclass(frozen=True, slots=True)
class Words:
    """What every form of a dossier says alike."""

    wording: Wording

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of a table of relations."""
        return self._either(
            ("主体", "关系", "客体", "细节", "语气", "来源数", "原文"),
            ("subject", "relation", "object", "details", "manner", "origins", "text"),
        )

    @property
    def price_columns(self) -> tuple[str, ...]:
        """Headings of the table of prices."""
        return self._either(
            ("货物或服务", "原文价格", "折算", "币种", "时间", "出处"),
            ("good or service", "as printed", "as read", "currency", "date", "source"),
        )

    @property
    def document_columns(self) -> tuple[str, ...]:
        """Headings of the list of documents."""
        return self._either(
            ("标题", "媒体", "日期", "关系数"), ("title", "outlet", "date", "relations")
        )

    def heading(self, name: str) -> str:
        """The heading of a part that is no table of relations."""
        zh = {"chain": "链条", "prices": "价格", "time": "时间线", "quotes": "原文",
              "documents": "文章"}  # fmt: skip
        en = {"chain": "Chain", "prices": "Prices", "time": "Timeline", "quotes": "Sentences",
              "documents": "Documents"}  # fmt: skip
        return self._either((zh[name],), (en[name],))[0]

    def counted(self, table: Table) -> str:
        """The heading of a table with how many rows belong to it."""
        return self.wording.bracketed(table.heading, len(table.rows) + table.left_out)

    def left_out(self, table: Table) -> str:
        """Says how many rows a table leaves out; empty where none."""
        if not table.left_out:
            return ""
        return self.wording.pick(f"另有 {table.left_out} 条。", f"{table.left_out} more.")

    def caution(self) -> str:
        """What a reader must know before using any of it."""
        return self.wording.pick(
            "本报告由程序从公开文章中抽取，每条都附原文；“据称”不等于查实，更不等于定罪。",
            "Extracted from published articles by a program; every row shows its sentence. "
            "Alleged is not proven, and not convicted.",
        )

    def price_cells(self, price: Price) -> tuple[str, ...]:
        """A row of the table of prices."""
        return (price.name, price.money.text, normal(price.money), price.money.currency,
                price.when, price.outlet)  # fmt: skip

    def origin(self, quote: Quote) -> tuple[str, ...]:
        """Who says so, where and when it came out."""
        document = quote.document
        where = (document.outlet or document.author, document.published) if document else ()
        return tuple(part for part in (self.wording.source(quote.evidence), *where) if part)

    def title(self, document: Document) -> str:
        """What a document is called; its path where it has no title."""
        return document.title or document.path

    def _either(self, zh: tuple[str, ...], en: tuple[str, ...]) -> tuple[str, ...]:
        return zh if self.wording.lang == "zh" else en
