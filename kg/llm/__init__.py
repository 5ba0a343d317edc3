"""Document -> Extraction by a language model, for those who want one; nothing else needs it.

`LanguageModel` is a callable in the place of `kg.pipeline.extract`. `prompt` says what is asked,
`service` asks, `cache` remembers, `answer` checks every word of what comes back (with `naming`),
`unite` puts two extractions together, `estimate` says beforehand what it will cost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from kg.errors import UsageError
from kg.llm.answer import judge, parse
from kg.llm.cache import Cache, answers_folder
from kg.llm.estimate import Estimate, answer_tokens, tokens
from kg.llm.prompt import instructions, pieces, question
from kg.llm.service import RefusedError, Service
from kg.llm.unite import unite
from kg.model import Document, Extraction, in_letters
from kg.schema import load_schema

__all__ = ["Cache", "Estimate", "LanguageModel", "RefusedError", "Service", "answers_folder"]


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Extracts by a model, alone or, with `beside`, together with another extractor.

    Pickles when `beside` does. Each question is asked once and its answer kept in `cache`; as a
    model need not answer twice alike, it is the cache that makes two builds equal.
    """

    service: Service
    cache: Cache
    beside: Callable[[Document], Extraction] | None = None

    @property
    def version(self) -> str:
        """What a record is told of this extractor: the model, its company, the code here."""
        digest = hashlib.blake2b(digest_size=8)
        for path in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
        company = "add" if self.beside else "only"
        return f"llm {self.service.model} {company} code {in_letters(digest.digest())}"

    def __call__(self, document: Document) -> Extraction:
        """The extraction of a document whose identifiers are masked.

        Its claims have `llm/MODEL` as rule. Raises UsageError for a document whose identifiers
        were kept, and what `Service.ask` raises.
        """
        _check_masked(document)
        schema = load_schema()
        rule = f"llm/{self.service.model}"
        nothing = Extraction(document, (), ())
        found = [self.beside(document) if self.beside else nothing]
        for piece in pieces(document):
            answer = self._answer(instructions(schema), question(document, piece))
            found.append(judge(parse(answer), document, piece, schema, rule))
        return reduce(lambda one, other: unite(one, other, schema), found)

    def _answer(self, told: str, asked: str) -> str:
        known = self._known(told, asked)
        if known is not None:
            return known
        answer = self.service.ask(told, asked)
        if parse(answer) is not None:  # a useless answer may be better next time
            self.cache.put(answer, self.service.model, told, asked)
        return answer

    def _known(self, told: str, asked: str) -> str | None:
        """The answer that is kept, unless it was cut (a power failure, a full disk): only answers
        that can be parsed are kept."""
        known = self.cache.get(self.service.model, told, asked)
        return known if known is not None and parse(known) is not None else None

    def estimate(self, documents: Iterable[Document]) -> Estimate:
        """What extracting the documents will take, without asking anything."""
        told = instructions(load_schema())
        total = Estimate()
        for document in documents:
            _check_masked(document)
            total += Estimate(documents=1)
            for piece in pieces(document):
                asked = question(document, piece)
                if self._known(told, asked) is not None:
                    total += Estimate(cached=1)
                else:
                    total += Estimate(0, 1, 0, tokens(told) + tokens(asked), answer_tokens(asked))
        return total


def _check_masked(document: Document) -> None:
    if document.purpose:
        raise UsageError(
            f"{document.path}: its personal identifiers were kept, and no model may read them. "
            "Build it with --pii mask, or without --llm."
        )
