from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read.decode import decode

SENTENCE = "警方在昆明捣毁一个出售虚拟账号的窝点，抓获七名犯罪嫌疑人，查获电话卡三万余张。"
TRADITIONAL = "警方表示，詐騙集團從電話卡商購買門號，並利用這些號碼發送簡訊。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_chinese_encodings_are_recognised_without_a_declaration(encoding: str) -> None:
    text = f"{SENTENCE}\n{SENTENCE}\n"
    assert decode(text.encode(encoding))[0] == text


def test_big5_is_recognised() -> None:
    assert decode((TRADITIONAL * 2).encode("big5"))[0] == TRADITIONAL * 2


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "rot13", "x-none"])
@pytest.mark.parametrize("true", ["utf-8", "gb18030"])
def test_a_wrong_declaration_is_survived(declared: str, true: str) -> None:
    page = f'<html><meta charset="{declared}"><p>{SENTENCE}</p></html>'
    assert decode(page.encode(true))[0] == page


def test_four_byte_characters_under_a_gb2312_declaration() -> None:
    page = f'<meta charset="gb2312"><p>{SENTENCE}𠮷㐂🐘</p>'
    assert decode(page.encode("gb18030")) == (page, "gb18030")


def test_binary_data_is_refused_with_a_remedy() -> None:
    with pytest.raises(ReadError, match="binary data"):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(
    "text",
    [
        f"\0{SENTENCE}",
        f"{SENTENCE[:9]}\0{SENTENCE[9:]}",
        f"{SENTENCE}\n\0\0",
        SENTENCE + "\0" * 999,
    ],
)
def test_a_few_stray_zero_bytes_do_not_make_a_text_binary(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_short_text_in_utf_16_is_not_taken_for_utf_8_with_zero_bytes() -> None:
    for text in ("ab", "一个a", "这是170号段\r\n", "cards\n"):
        for encoding in ("utf-16-le", "utf-16-be"):
            assert decode(text.encode(encoding)) == (text, encoding)


def test_a_few_broken_bytes_do_not_lose_the_article() -> None:
    data = (SENTENCE * 20).encode()
    text, _ = decode(data[:90] + b"\xff" + data[90:])
    assert SENTENCE * 10 in text


@pytest.mark.parametrize("cut", [1, 2])
def test_a_short_text_cut_within_a_character_stays_chinese(cut: int) -> None:
    text, encoding = decode("卡商向号商出售电话卡。".encode()[:-cut])
    assert (text, encoding) == ("卡商向号商出售电话卡\ufffd", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("cut", [0, 1])
def test_utf_16_without_a_mark_is_read_whatever_its_words(encoding: str, cut: int) -> None:
    text = "卡商收购电话卡\n\n号商出售电话卡，联系电话138，警方立案侦查。\n"
    data = text.encode(encoding)
    assert decode(data[: len(data) - cut]) == (text[:-1] + "\n\ufffd"[cut], encoding)


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "hz"])
def test_utf_32_without_a_mark_and_hz_are_read(encoding: str) -> None:
    for text in (SENTENCE, f"<p>{SENTENCE}</p>\n~\n", "他联系138，警方立案了。\n"):
        assert decode(text.encode(encoding)) == (text, encoding)


def test_ascii_with_a_tilde_and_a_brace_is_no_hz() -> None:
    for text in ("x = ~{a}\n", "~{ ~} sim cards", "path ~{VNGJ~ 12"):
        assert decode(text.encode()) == (text, "utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except ReadError:
        return
    assert isinstance(text, str) and encoding
