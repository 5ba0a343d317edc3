from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.read.chrome import is_chrome
from kg.read.dates import iso_date
from kg.schema import load_schema

from .helpers import assert_true_offsets, read_one

LONG = "警方在昆明捣毁一个出售虚拟账号的窝点，抓获七名犯罪嫌疑人，查获电话卡三万余张。"


def lines(folder: Path, source: str) -> list[str]:
    document = read_one(folder, "a.md", source)
    assert_true_offsets(document, source)
    return document.text.split("\n")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("提供信息让他人调查**、租******卖个人帐号**。", "提供信息让他人调查、租卖个人帐号。"),
        ("见[卡商](https://a.cn/x_(y)?a=1)的报道。", "见卡商的报道。"),
        ('![](img/a.png)卡商出售卡。![图](b.png "t")', "卡商出售卡。"),
        ("*   切勿出租帐号。", "切勿出租帐号。"),
        ("> 卡商说：`没事`。", "卡商说：没事。"),
        ("爱\\*\\*网被关闭，138****1234。", "爱**网被关闭，138****1234。"),
        ("<span style='x'>卡商</span>&nbsp;出售&amp;收购。", "卡商 出售&收购。"),
        ("| 171号段 | 11元 |", "171号段 | 11元"),
    ],
)
def test_marks_go_and_text_stays(tmp_path: Path, source: str, text: str) -> None:
    assert lines(tmp_path, f"{LONG}\n\n{source}\n\n{LONG}甲")[1] == text


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("**罗某等帮助信息网络犯罪活动案——收购他人实名办理的电话卡后转卖给境外人员的行为应当如何认定**",
         "罗某等帮助信息网络犯罪活动案——收购他人实名办理的电话卡后转卖给境外人员的行为应当如何认定"),
        (f"**{LONG}**", ""),
        (f"**卡商{'落网' * 60}**", ""),
    ],
)  # fmt: skip
def test_a_bold_line_that_opens_an_article_is_its_title(
    tmp_path: Path, first: str, title: str
) -> None:
    document = read_one(tmp_path, "a.md", f"{first}\n\n{LONG}\n\n{LONG}甲")
    assert document.title == title
    later = read_one(tmp_path, "b.md", f"{LONG}\n\n{first}\n\n{LONG}甲")
    assert later.title == ""


WECHAT_POST = f"""---
title: 【甲圈】卡商落网
url: https://mp.weixin.qq.com/s?mid=2652029816&idx=1
source: 甲圈
date: 2023-01-15
fetch_date: 2025-10-04T03:57:00.258698
---

# 【甲圈】卡商落网

![cover_image](https://a.cn/0.jpeg)

# 【甲圈】卡商落网

原创

张三

甲圈

点击蓝字“**甲圈**”关注我们！

{LONG}

**查获**

他们买卡
他们养号
他们诈骗

{LONG}乙

图/视觉中国

***END***

阅读推荐

[【甲圈】另一个标题，与本文无关](https://a.cn/2)

← 向右滑动与甲圈互动交流 →

预览时标签不可点

微信扫一扫
关注该公众号
"""


def test_a_wechat_post_loses_its_chrome_and_keeps_its_metadata(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.md", WECHAT_POST)
    assert document.text.split("\n") == [
        "【甲圈】卡商落网",
        LONG,
        "查获",
        "他们买卡",
        "他们养号",
        "他们诈骗",
        LONG + "乙",
    ]
    assert (document.outlet, document.author, document.published) == ("甲圈", "张三", "2023-01-15")
    assert document.url.startswith("https://mp.weixin.qq.com/s?mid=2652029816")
    headings = [document.text[s.start : s.end] for s in document.sentences if s.heading]
    assert headings == ["【甲圈】卡商落网", "查获"]
    assert [s.paragraph for s in document.sentences] == [0, 1, 2, 3, 4, 5, 6, 6]
    assert_true_offsets(document, WECHAT_POST)


def test_origin_and_tail_lines_are_metadata(tmp_path: Path) -> None:
    origin = "> 原文：[`a.cn/s?x=1`](http://a.cn/s?x=1)"
    source = f"# 题\n\n{origin}\n\n{LONG}\n\n来源：腾讯 110 作者：鹅探长\n"
    document = read_one(tmp_path, "a.md", source)
    assert document.text == f"题\n{LONG}"
    assert (document.url, document.outlet, document.author) == (
        "http://a.cn/s?x=1",
        "腾讯 110",
        "鹅探长",
    )


def test_reference_lists_go(tmp_path: Path) -> None:
    source = (
        f"# 题\n\n{LONG}[1]\n\n{LONG}\n\n## References\n\n\\[1] 某文，https://a.cn/1\n\n\\[2] 乙\n"
    )
    assert lines(tmp_path, source) == ["题", f"{LONG}[1]", LONG]


def test_plain_text_that_was_wrapped_is_joined(tmp_path: Path) -> None:
    text = LONG * 8
    wrapped = "\n".join(text[i : i + 25] for i in range(0, len(text), 25))
    assert read_one(tmp_path, "a.txt", wrapped).text == text


def test_plain_text_takes_a_short_first_line_as_title(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", f"卡商落网\n\n{LONG}\n1 * 2 < 3 **甲**\n")
    assert document.title == "卡商落网"


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Mon, 26 Apr 2021 21:36:15 GMT", "2021-04-26"),
        ("2022-12-07", "2022-12-07"),
        ("2021年4月26日", "2021-04-26"),
        ("2021/4/26 08:00", "2021-04-26"),
        ("2021年4月", "2021-04"),
        ("20210426", "2021-04-26"),
        ("1619395200", "2021-04-26"),
        ("Apr 26, 2021", "2021-04-26"),
        ("2021", "2021"),
        ("2021-13-40", ""),
        ("昨日", ""),
        ("1021-01-01", ""),
        ("", ""),
    ],
)
def test_dates_are_iso(printed: str, iso: str) -> None:
    assert iso_date(printed) == iso


@pytest.mark.parametrize(
    "text", ["当a<b时，", "若a<b 则", "if (a<b && c)", "付给<USDT地址>，", "<!-- "]
)
def test_a_less_than_sign_does_not_swallow_the_text_up_to_a_quotation(
    tmp_path: Path, text: str
) -> None:
    assert lines(tmp_path, f"# 标题\n\n{text}{LONG}\n\n{LONG}\n\n> {LONG}") == [
        "标题", text + LONG, LONG, LONG
    ]  # fmt: skip


def test_a_tag_in_markdown_may_go_over_a_line(tmp_path: Path) -> None:
    source = f'# 标题\n\n<img alt="图>片"\n  src=a.png alt=图>{LONG}\n\n<!--\n\n注 -->{LONG}'
    assert lines(tmp_path, source) == ["标题", LONG, LONG]


def test_the_lines_around_an_article_are_those_that_the_schema_names() -> None:
    schema = load_schema()
    words = {**schema.words, "page-line": ("送花",)}
    own = replace(schema, words=words, version="flowers")
    assert [is_chrome(line, own) for line in ("【送花】", "分享")] == [True, False]
    assert [is_chrome(line) for line in ("【送花】", "分享")] == [False, True]
