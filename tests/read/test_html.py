from __future__ import annotations

from pathlib import Path

import pytest

from .helpers import assert_true_offsets, read_one

LONG = "警方在昆明捣毁一个出售虚拟账号的窝点，抓获七名犯罪嫌疑人，查获电话卡三万余张。"


def texts(folder: Path, body: str) -> list[str]:
    return read_one(folder, "a.html", body).text.split("\n")


@pytest.mark.parametrize(
    "hidden",
    [
        '<font color="#F8F8F8">水印</font>', "<font color=white>水印</font>",
        '<span style="color: rgb(255, 255, 255)">水印</span>', '<i style="display:none">水印</i>',
        '<i style="visibility: hidden">水印</i>', '<i style="font-size:0px">水印</i>',
        '<i style="color:#3330">水印</i>', '<i style="color:rgba(9, 9, 9, 0)">水印</i>',
        '<i style="opacity:0">水印</i>', "<i hidden>水印</i>", "<script>水印</script>",
        "<style>水印</style>", "<!-- 水印 -->", "<nav>水印</nav>", "<button>水印</button>",
        '<i style="color:#333;background:#333">水印</i>', "<figcaption>水印</figcaption>",
    ],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_no_text(tmp_path: Path, hidden: str) -> None:
    assert texts(tmp_path, f"<p>{LONG}{hidden}</p><p>{LONG}{LONG}</p>") == [LONG, LONG + LONG]


@pytest.mark.parametrize(
    "shown",
    [
        '<span style="color:#fff;background:#07c160">要点</span>',
        '<i style="color:#333333ff">要点</i>',
        '<i style="color:#112200">要点</i>',
        '<i style="color:rgba(9, 9, 9, 0.9)">要点</i>',
        '<i style="visibility:hidden"><b style="visibility:visible">要点</b></i>',
        '<section style="font-size:0"><b style="font-size:16px">要点</b></section>',
        '<div id="js_content" style="visibility: hidden; opacity: 0">要点</div>',
        "<script>没有结束标签 要点",
    ],
)
def test_what_a_reader_sees_is_kept(tmp_path: Path, shown: str) -> None:
    assert "要点" in read_one(tmp_path, "a.html", f"<p>{LONG}</p>{shown}").text


def test_a_class_that_the_style_sheet_switches_off_is_hidden(tmp_path: Path) -> None:
    page = f"<style>.w1{{display:none}}</style><p>{LONG}<i class=w1>水印</i></p><p>{LONG}甲</p>"
    assert "水印" not in read_one(tmp_path, "a.html", page).text


def test_a_short_string_that_ends_five_paragraphs_is_a_watermark(tmp_path: Path) -> None:
    body = "".join(f"<p>{LONG}第{i}例。Example.com</p>" for i in range(6))
    assert "Example" not in read_one(tmp_path, "a.html", body).text


def test_headings_that_end_alike_behind_a_quotation_keep_their_end(tmp_path: Path) -> None:
    heads = [f"{i}.云亭“顺达{i}号”电信网络诈骗案" for i in range(6)]
    body = "".join(f"<h3>{head}</h3><p>{LONG}</p>" for head in heads)
    text = read_one(tmp_path, "a.html", body).text
    assert [line for line in text.split("\n") if line != LONG] == heads


def test_the_line_above_the_article_gives_outlet_and_date(tmp_path: Path) -> None:
    page = f"""<!doctype html><html><head><title>卡商落网记</title></head><body>
    <div><span>2020-07-15 09:30</span> <span class=source>来源：甲地日报</span></div>
    <div class=article><p>{LONG}</p><p>{LONG}</p></div><div>来源：乙报</div></body></html>"""
    document = read_one(tmp_path, "a.html", page)
    assert (document.outlet, document.published) == ("甲地日报", "2020-07-15")


def test_a_page_gives_its_article_and_metadata(tmp_path: Path) -> None:
    page = f"""<!doctype html><html><head><title>卡商落网记 - 新闻 - 甲网</title>
    <meta property="og:site_name" content="甲网"><meta name=author content=张记者>
    <link rel="canonical" href="https://a.cn/1">
    <script type="application/ld+json">{{"datePublished": "2021-04-26T08:00:00Z"}}</script>
    </head><body><div class=menu><a href=/>首页</a><a href=/x>社会新闻，时政。</a></div>
    <h1>卡商落网记</h1><div class="info">2021年4月27日 来源：乙报</div>
    <div class="content"><p>{LONG}</p><h2>查获</h2><p>{LONG}{LONG}</p><table>
    <tr><td>171号段<td>11元</table><p>（图片来自网络 ）</p></div>
    <div class="comments"><p>网友：太可怕了，大家当心！</p></div><footer>版权所有，甲网。</footer>
    </body></html>"""
    document = read_one(tmp_path, "a.html", page)
    assert document.text.split("\n") == ["卡商落网记", LONG, "查获", LONG + LONG, "171号段", "11元"]
    assert (document.title, document.outlet, document.author) == ("卡商落网记", "甲网", "张记者")
    assert (document.url, document.published) == ("https://a.cn/1", "2021-04-26")
    headings = [document.text[s.start : s.end] for s in document.sentences if s.heading]
    assert headings == ["卡商落网记", "查获"]
    assert_true_offsets(document, page)


def test_front_matter_and_html_as_site_generators_write_it(tmp_path: Path) -> None:
    source = (
        "\n---\ntitle: '【A】账号: 怎么来的？'\nauthor: 未名\ndate: Mon, 26 Apr 2021 21:36:15 GMT\n"
        f"fetch_date: 2025-01-01\n---\n\n"
        f"<div>\n  <p>{LONG}<br></p><p>成立“3&#8226;15”专案组。</p></div>"
    )
    document = read_one(tmp_path, "a.html.md", source)
    assert document.text.split("\n") == ["【A】账号: 怎么来的？", LONG, "成立“3•15”专案组。"]
    assert (document.author, document.published) == ("未名", "2021-04-26")
    bullet = document.text.index("•")
    start, end = document.source_span(bullet, bullet + 1)
    assert source[start:end] == "&#8226;"
    assert_true_offsets(document, source)


def test_deep_nesting_and_entity_bombs_are_only_text(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    page = f"{bomb}{'<div>' * 30000}<p>{LONG}&b;</p>{'</div>' * 30000}"
    assert LONG in read_one(tmp_path, "a.html", page).text


def test_line_breaks_in_the_source_join_chinese_and_separate_words(tmp_path: Path) -> None:
    assert texts(tmp_path, "<p>出售电\n   话卡给 SIM\n  card 商。</p>") == [
        "出售电话卡给 SIM card 商。"
    ]


def test_a_less_than_sign_before_a_letter_and_chinese_is_text(tmp_path: Path) -> None:
    source = "<p>若a<b时，卡商出售电话卡。</p><p>付给<USDT地址>的钱被号商取走。</p>"
    assert read_one(tmp_path, "a.html", source).text == (
        "若a<b时，卡商出售电话卡。\n付给<USDT地址>的钱被号商取走。"
    )
