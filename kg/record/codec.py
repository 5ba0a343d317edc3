"""The nouns as JSON, and back: one rule for all frozen dataclasses.

An object has the fields of its class by name; a field that equals its default is left out.
Reading is strict: a field that is unknown, missing or of another type is an error that says
where. What is large (the text) comes last, so that the head of a line can be read alone.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from kg.errors import RecordError

T = TypeVar("T")
_Reader = Callable[[Any, str], Any]
_Writer = Callable[[Any], Any]
_LAST = ("text", "sentences", "runs")
_MISSING = dataclasses.MISSING


def encode(item: Any) -> Any:
    """The JSON value of a dataclass of `kg.model`; `decode` makes an equal item of it."""
    kind: Any = type(item)
    return _writer(kind)(item)


def decode(cls: type[T], data: Any, where: str = "") -> T:
    """The item of class `cls` whose JSON value is `data`.

    Raises RecordError with `where` (a file and line, say) and the path of the bad field.
    """
    kind: Any = cls
    item: T = _reader(kind)(data, where or cls.__name__)
    return item


def to_line(data: Any) -> bytes:
    """One line of a JSON Lines file, with its line feed, in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair has no UTF-8
        return json.dumps(data, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def from_line(line: bytes, where: str) -> Any:
    """The JSON value of a line. Raises RecordError where it is none."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _wrong(where, f"not JSON ({error})") from None


class DamageError(RecordError):
    """Something in the record that cannot be read; `found` says where and what."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"{found}. The record is damaged: delete everything but decisions.jsonl in it and "
            "build again."
        )
        self.found = found


def _wrong(where: str, what: str) -> RecordError:
    return DamageError(f"{where}: {what}")


@cache
def _writer(kind: Any) -> _Writer:
    if dataclasses.is_dataclass(kind):
        return _object_writer(kind)
    origin = get_origin(kind)
    if origin is tuple:
        write = _writer(get_args(kind)[0])
        return lambda items: [write(item) for item in items]
    if origin is not None and issubclass(origin, Mapping):
        return lambda items: {name: items[name] for name in sorted(items)}
    if issubclass(kind, StrEnum):
        return lambda item: item.value
    return lambda item: item


def _object_writer(cls: Any) -> _Writer:
    hints = get_type_hints(cls)
    fields = sorted(dataclasses.fields(cls), key=lambda field: field.name in _LAST)
    plan = [(field.name, _writer(hints[field.name]), _default(field)) for field in fields]

    def write(item: Any) -> Any:
        data = {}
        for name, write_field, default in plan:
            value = getattr(item, name)
            if default is _MISSING or value != default:
                data[name] = write_field(value)
        return data

    return write


@cache
def _reader(kind: Any) -> _Reader:
    if dataclasses.is_dataclass(kind):
        return _object_reader(kind)
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        return _read_attrs
    if issubclass(kind, StrEnum):
        return _enum_reader(kind)
    return _plain_reader(kind)


def _object_reader(cls: Any) -> _Reader:
    hints = get_type_hints(cls)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(cls)}
    required = {field.name for field in dataclasses.fields(cls) if _default(field) is _MISSING}

    def read(data: Any, where: str) -> Any:
        if type(data) is not dict:
            raise _wrong(where, f"not an object but {type(data).__name__}")
        if not required <= data.keys():
            raise _wrong(where, f"without {', '.join(sorted(required - data.keys()))}")
        if not data.keys() <= readers.keys():
            raise _wrong(where, f"unknown {', '.join(sorted(data.keys() - readers.keys()))}")
        return cls(**{name: readers[name](data[name], f"{where}.{name}") for name in data})

    return read


def _tuple_reader(kinds: tuple[Any, ...]) -> _Reader:
    read = _reader(kinds[0])
    size = None if kinds[-1] is Ellipsis else len(kinds)  # of fixed size: all of one kind

    def read_items(data: Any, where: str) -> Any:
        if type(data) is not list or (size is not None and len(data) != size):
            raise _wrong(where, "not the list that was expected")
        return tuple([read(item, where) for item in data])

    return read_items


def _read_attrs(data: Any, where: str) -> Any:
    if type(data) is not dict or any(type(value) is not str for value in data.values()):
        raise _wrong(where, "not an object of strings")
    return data


def _enum_reader(kind: type[StrEnum]) -> _Reader:
    members: dict[Any, StrEnum] = {member.value: member for member in kind}

    def read(data: Any, where: str) -> Any:
        if type(data) is not str or data not in members:
            raise _wrong(where, f"{data!r} is none of {', '.join(members)}")
        return members[data]

    return read


def _plain_reader(kind: type[Any]) -> _Reader:
    if kind is types.NoneType or kind not in (str, int, float, bool):
        raise TypeError(f"no JSON for {kind}")

    def read(data: Any, where: str) -> Any:
        if type(data) is kind:
            return data
        if kind is float and type(data) is int:
            return float(data)
        raise _wrong(where, f"not {kind.__name__} but {type(data).__name__}")

    return read


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not _MISSING:
        return field.default_factory()
    return field.default
