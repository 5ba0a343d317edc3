"""What kg writes on the user's disk is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg._folders import put_shared


def test_a_write_that_is_interrupted_leaves_what_was_kept_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "answers" / "one"
    put_shared(kept, b"whole")

    def interrupted(part: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put_shared(kept, b"other")
    assert [(file.name, file.read_bytes()) for file in kept.parent.iterdir()] == [("one", b"whole")]
