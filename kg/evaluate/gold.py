"""Gold annotations on disk: `gold/ID.json` and the article it annotates, `articles/ID.*`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.model import Modality

_ENTITY = ("id", "type", "name")
_RELATION = ("subject", "type", "object")


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _quotes(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and isinstance(one.get("text"), str) for one in value
    )


_OPTIONAL: dict[str, tuple[Callable[[object], bool], str]] = {
    "aliases": (_texts, "list of texts"),
    "modality": (lambda value: isinstance(value, str), "text"),
    "source": (lambda value: isinstance(value, str), "text"),
    "attrs": (lambda value: isinstance(value, dict), "object"),
    "evidence": (
        lambda value: isinstance(value, str) or _quotes(value), "text, nor a list of quotes"
    ),
    "optional": (lambda value: isinstance(value, int), "true or false"),
}  # fmt: skip
"""What an item may have beside, where it is not null; and what it then is."""


def load_gold(
    folder: Path, skip: Collection[str] = (), only: Collection[str] | None = None
) -> dict[str, tuple[dict[str, Any], Path]]:
    """Article id -> annotation (`gold/ID.json`) and the article's file (`articles/ID.*`).

    Annotations of the ids in `skip`, or not in `only`, are not opened. Raises UsageError when
    the folder has no annotation, one of them has no article or is not as the guide asks, or an
    id of `only` has no annotation.
    """
    files = _by_id(folder.glob("articles/*"))
    annotated = {path.stem: path for path in sorted(folder.glob("gold/*.json"))}
    if not annotated:
        raise UsageError(f"{folder} is no gold folder: it needs gold/ID.json and articles/ID.*")
    if unknown := sorted(set(only or ()) - annotated.keys()):
        raise UsageError(f"{folder / 'gold' / unknown[0]}.json: no such annotation")
    gold: dict[str, tuple[dict[str, Any], Path]] = {}
    for name, path in annotated.items():
        if name in skip or (only is not None and name not in only):
            continue
        if name not in files:
            raise UsageError(f"{path}: no article {folder / 'articles' / name}.*")
        gold[name] = (_annotation(path), files[name])
    if not gold:
        raise UsageError(f"{folder}: every annotation is left out; skip fewer of them")
    return gold


def _by_id(files: Iterable[Path]) -> dict[str, Path]:
    """Article files by what stands before a dot of their names: an id may have dots, too.

    Of several, the one with the fewest dots.
    """
    fewest_last = sorted(files, key=lambda path: (-path.name.count("."), path.name))
    return {
        path.name[:at]: path
        for path in fewest_last
        for at, char in enumerate(f"{path.name}.")
        if char == "."
    }


def _annotation(path: Path) -> dict[str, Any]:
    try:
        plain = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not JSON in UTF-8 ({error})") from None
    for wrong in _wrongs(plain):
        raise UsageError(f"{path}: {wrong}")
    assert isinstance(plain, dict)
    return plain


def _wrongs(plain: object) -> Iterator[str]:
    """What keeps an annotation from being compared with anything."""
    if not isinstance(plain, dict):
        yield "not an object with entities and relations"
        return
    for part, keys in (("entities", _ENTITY), ("relations", _RELATION)):
        items = plain.get(part)
        if not isinstance(items, list):
            yield f"{part} is missing, or no list"
            return
        for number, item in enumerate(items, 1):
            if not isinstance(item, dict):
                yield f"{part} {number}: no object"
                return
            for key in keys:
                if not isinstance(item.get(key), str):
                    yield f"{part} {number}: {key} is missing, or no text"
            for key, (fits, what) in _OPTIONAL.items():
                if item.get(key) is not None and not fits(item[key]):
                    yield f"{part} {number}: {key} is no {what}"
    names = Counter(entity.get("id") for entity in plain["entities"])
    yield from (f"entity {name} is there twice" for name, count in names.items() if count > 1)
    for number, relation in enumerate(plain["relations"], 1):
        for end in ("subject", "object"):
            if relation[end] not in names:
                yield f"relations {number}: {end} {relation[end]} is no id of an entity"
        modality = relation.get("modality")
        if modality and modality not in set(Modality):
            yield f"relations {number}: modality is none of {', '.join(Modality)}"
