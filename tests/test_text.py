"""What kg.text promises about sentences, words, script and width."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import (
    fold,
    is_paired,
    places,
    split_sentences,
    strip_quotes,
    to_simplified,
    width,
    words,
)


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """Load the word list first, as hypothesis times each example."""
    words("卡商")


CHINESE = st.text(
    st.sampled_from('。！？…；!?;，、“”‘’「」『』"（）()《》 \n\t卡商卖了三张電話a1.:/的她')
)


@pytest.mark.parametrize(
    ("block", "sentences"),
    [
        ("甲卖卡。乙买卡！丙？", ["甲卖卡。", "乙买卡！", "丙？"]),
        ("他说：“快走。”她没动。", ["他说：“快走。”", "她没动。"]),
        ("“第一句。第二句！”他说。", ["“第一句。", "第二句！”", "他说。"]),
        ("“好吗？”，他问。", ["“好吗？”，他问。"]),
        ("“这是什么？”的问题很多。", ["“这是什么？”的问题很多。"]),
        ("他问“好吗？”。她走了。", ["他问“好吗？”。", "她走了。"]),
        ("真的？！走吧……好。", ["真的？！", "走吧……", "好。"]),
        ("单价0.5元；批发0.3元", ["单价0.5元；", "批发0.3元"]),
        ("卡a;b两种; 另一种", ["卡a;b两种;", "另一种"]),
        ("见https://a.example/x?y=1;z=2。完", ["见https://a.example/x?y=1;z=2。", "完"]),
        ("甲（见图。下同）卖卡。", ["甲（见图。下同）卖卡。"]),
        ("《卡从哪里来？》一书。", ["《卡从哪里来？》一书。"]),
        ("长（" + "说" * 30 + "。又说）完", ["长（" + "说" * 30 + "。", "又说）完"]),
        ('他说"好。"她说"不。"', ['他说"好。"', '她说"不。"']),
        ("  甲。 \n 乙 ", ["甲。", "乙"]),
        ("", []),
        (" \n", []),
    ],
)
def test_a_block_is_split_at_its_sentence_marks(block: str, sentences: list[str]) -> None:
    assert [block[start:end] for start, end in split_sentences(block)] == sentences


@given(CHINESE)
def test_sentences_are_ordered_bare_of_space_and_cover_all_text(block: str) -> None:
    spans = split_sentences(block)
    at = 0
    for start, end in spans:
        assert block[at:start].strip() == ""
        assert at <= start < end
        assert block[start:end] == block[start:end].strip()
        at = end
    assert block[at:].strip() == ""


@given(st.one_of(st.text(), CHINESE))
def test_words_have_true_offsets_and_cover_every_character_that_is_no_space(text: str) -> None:
    at = 0
    for word in words(text):
        assert text[word.start : word.end] == word.text != ""
        assert text[at : word.start].strip() == ""
        at = word.end
    assert text[at:].strip() == ""


def test_words_carry_the_tags_of_the_dictionary_or_of_their_kind() -> None:
    found = {word.text: word.tag for word in words("警方向VX号商购买1,200张，占96.89%𠮷")}
    assert found["购买"] == "v"
    assert found["向"] == "p"
    assert found["VX"] == "eng"
    assert found["1,200"] == found["96.89%"] == "m"
    assert found["，"] == "x"
    assert found["𠮷"] == ""


def test_traditional_script_is_cut_like_simplified() -> None:
    traditional = [(word.start, word.end, word.tag) for word in words("警方購買電話號碼")]
    assert traditional == [(word.start, word.end, word.tag) for word in words("警方购买电话号码")]


def test_words_are_cut_as_jieba_cuts_without_its_markov_model() -> None:
    jieba = pytest.importorskip("jieba", reason="jieba itself is only compared with")
    jieba.setLogLevel(60)
    for text in (
        "云南警方破获一起贩卖手机黑卡的案件抓获犯罪嫌疑人多名",
        "虚拟运营商的工作人员与卡商勾结批量开卡后层层倒卖给下游号商",
        "研究生命的起源和南京市长江大桥",
        "乒乓球拍卖完了结婚的和尚未结婚的",
    ):
        assert [word.text for word in words(text)] == jieba.lcut(text, HMM=False)


def test_loading_the_words_prints_nothing_and_imports_no_jieba() -> None:
    code = "import sys, kg.text as t; t.words('警方通报'); assert 'jieba' not in sys.modules"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == run.stderr == ""


@given(st.text())
def test_to_simplified_keeps_the_length(text: str) -> None:
    assert len(to_simplified(text)) == len(text)


def test_to_simplified_survives_half_a_surrogate_and_a_null() -> None:
    assert to_simplified("電\ud800話\0卡") == "电\ud800话\0卡"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“黑兔子”工作室", "「黑兔子」工作室"),
        ("ＶＸ号", "vx 號"),
        ("远特（北京）通信", "遠特(北京)通信"),
        ("3•15专案", "3·15专案"),
        ("GoIP设备", "GOIP設備"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same_key(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_different_names_keep_different_keys() -> None:
    assert len({fold(name) for name in ("号商", "卡商", "3.15", "315", "170号段")}) == 5


@given(st.text())
def test_folding_a_key_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "paired"),
    [
        ("“黑兔子”工作室", True),
        ("卡商", True),
        ("探探”账号", False),
        ('AI"水军', False),
        ("《刑法", False),
    ],
)
def test_a_quotation_mark_without_its_partner_is_seen(text: str, paired: bool) -> None:
    assert is_paired(text) is paired


def test_quotation_marks_are_stripped_around_and_inside() -> None:
    assert strip_quotes("“黑兔子”工作室") == "黑兔子工作室"
    assert strip_quotes(" 《刑法》") == "刑法"
    assert strip_quotes("远特（北京）") == "远特（北京）"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("卡商a", 5), ("（）", 4), ("e\u0301", 1), ("", 0), ("ＶＸ", 4)],
)
def test_width_counts_terminal_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text("甲乙.", min_size=1, max_size=3), st.text("甲乙.", max_size=30))
def test_places_are_where_a_search_finds_a_part_from_left_to_right(part: str, text: str) -> None:
    assert [*places(part, text)] == [m.start() for m in re.finditer(re.escape(part), text)]
