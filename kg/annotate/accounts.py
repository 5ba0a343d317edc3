"""Accounts of several platforms at once: 淘宝、京东、拼多多账号 are three goods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Level, Mention

_HEAD = r"(?P<head>账号|帐号|账户|小号|店铺|会员)"
_AFTER = re.compile(r"(?:等)?(?:平台|软件|APP|App|app|应用)?(?:的|新|各类)?" + _HEAD)
_JOINT = re.compile(r"\s*(?:、|和|与|及|以及|或)\s*")


def split_accounts(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """One Good for each platform of a list that ends in 账号.

    The mention is the platform's own name in the text; its name is completed.
    """
    platforms = [m for m in mentions if m.type == "Platform"]
    by_end = {m.end: m for m in platforms}
    goods = {m.start: m for m in mentions if m.type == "Good"}
    for last in platforms:
        tail = _AFTER.match(text, last.end)
        if tail is None and last.start not in goods:
            continue
        if tail is None:
            continue
        for platform in _list_before(text, last, by_end):
            yield Mention(
                platform.start,
                platform.end if platform is not last else tail.end(),
                text[platform.start : platform.end if platform is not last else tail.end()],
                "Good",
                platform.name + ("账号" if tail["head"] == "帐号" else tail["head"]),
                Level.TYPE,
                "nodes/Good.yaml#account",
            )


def _list_before(text: str, last: Mention, by_end: dict[int, Mention]) -> list[Mention]:
    """The platforms joined to `last` from the left by 、 or 和, and `last` itself."""
    found = [last]
    at = last
    while True:
        for end, platform in by_end.items():
            joint = _JOINT.fullmatch(text, end, at.start) if end < at.start else None
            if joint:
                at = platform
                found.append(platform)
                break
        else:
            return found
