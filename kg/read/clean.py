"""What is not the article: chrome of pages and posts, watermarks, captions, info lines."""

from __future__ import annotations

import re
from collections import Counter

from kg.read.blocks import Block, tidy
from kg.read.draft import Draft
from kg.read.info import take_info

_END_MARK = re.compile(r"[。！？!?；;：:，,、…]$")
_SENTENCE = re.compile(r"[。！？!?；;]")
_PUNCTUATION = re.compile(r"[\W_]+$")
_URL = re.compile(
    r"(?:[（(\[【<]?\s*(?:https?:|ftp:)?//[!-~]+\s*[)）\]】>]?|www\.[!-~]+|[\w.-]+\.(?:com|cn|net|org|io)/[!-~]*)$"
)
_FINAL = re.compile(
    r"(?:预览时标签不可点|微信扫一扫|继续滑动看下一个|向上滑动看下一个|轻触阅读原文|微信扫一扫可打开此内容，?"
    r"|关注该公众号|使用小程序|在下方留下您的评论.*|友情链接)$"
)
_MORE = re.compile(
    r"[\W_]*(?:阅读推荐|推荐阅读|往期推荐|往期回顾|往期精选|往期文章|往期精彩.*|精彩推荐|精彩回顾|相关阅读|相关文章|相关推荐"
    r"|相关热文|延伸阅读|拓展阅读|更多阅读|热门文章|热文推荐|猜你喜欢|你可能感兴趣的|你可能还喜欢|历史文章|最新文章"
    r"|文章推荐|还有这些值得一看|更多精彩.*|热点文章|近期文章)[\W_]*$"
)
_REFERENCES = re.compile(
    r"[\W_\d一二三四五六七八九十]*(?:参考文献|参考资料|参考链接|参考来源|引用链接|引用|注释|References?|Refernces|REFERENCES?|脚注|参考)[\W_]*$"
)
_REFERENCE = re.compile(
    r"\s*(?:\\?[\[［【〔(（]\s*\d{1,3}\s*\\?[\]］】〕)）]|[①-⑳]|\d{1,2}[.、．]\s|\^|https?://|作者单位)"
)
_CAPTION = re.compile(
    r"(?:[（(【\[]?\s*(?:(?:图片|配图|题图|插图|视频|截图|头图|封面)?\s*(?:来自|来源于?|源自|取自)\s*[:：]?\s*(?:网络|互联网|视频截图|视觉中国)"
    r"|图\s*源|资料图|示意图|图片说明|图片来源|图片来自|图\s*[/／|｜丨])[^。]{0,30}"
    r"|[▲△▼↑↓]\s*[^。]{1,40}"
    r"|图\s*(?:[\d一二三四五六七八九十]{1,3}(?:[-.－]\d{1,2})?)?\s*[:：.、 \u3000][^。，]{1,40}"
    r"|图\s*\d{1,3}(?:[-.－]\d{1,2})?|cover_image|image\.png|作者头像|跳转二维码|\S{0,30}\.(?:png|jpe?g|gif|webp))$"
)
_CHROME = re.compile(
    r"[\W_]*(?:点击(?:上方|下方|下图|下面|右上角|左下角|顶部|此处|阅读|查看)?[^。]{0,12}(?:蓝字|蓝色字|关注|了解详情|阅读原文|名片|卡片|订阅)[^。]{0,25}"
    r"|(?:欢迎|请|快来|立即|记得)?(?:长按|扫码|扫描|识别|扫一扫|微信扫)[^。，]{0,12}(?:二维码|关注|加入|进群|订阅|咨询|识别|小程序|支持|公众号|分享)[^。]{0,25}"
    r"|(?:欢迎|快来|记得)?(?:关注|订阅|加入|置顶|星标)(?:我们|本公众号|公众号|《)[^。]{0,30}|欢迎扫码[^。]{0,12}"
    r"|向[左右上下]滑动[^。]{0,30}|好看你就分享.{0,20}|支持「[^」]*」?.{0,3}就点个三连吧|网罗圈内热点.{0,12}|实时资讯一手掌握"
    r"|分享网络安全知识.{0,14}|欢迎关注.{0,20}(?:抖音号|公众号|视频号|服务号)|《[^》]{2,12}》杂志\s*倾[情力]推[出荐]|“企业成长计划”"
    r"|邮发代号.{0,12}|(?:征订|订阅)热线.{0,30}|阅读原文|查看原文|原创|授权转载|展开全文|返回首页|返回顶部|下载APP|打开APP.{0,10}"
    r"|END|The End|完|全文完|正文完|收藏|取消|允许|分析|知道了|听过|留言|分享|点赞|在看|赞|转发|评论|关注|视频|小程序|回复|登录|注册|首页|搜索"
    r"|取消回复|提交评论|发表评论|分享至|导读\s*▾|本文作者[^。]{0,20}|使用完整服务|轻点两下取消(?:赞|在看)|点个.{0,3}(?:赞|在看).{0,20}"
    r"|(?:你的)?(?:点赞|转发|在看|分享)[、和与].{0,20}|点亮在看.{0,12}|(?:上一篇|下一篇|上一页|下一页).{0,60}|粉丝福利群开放啦"
    r"|(?:版权|免责)(?:声明|所有).{0,200}|(?:未经(?:授权|许可)|转载请|如若转载|如需转载|如有侵权|如侵权|若有侵权).{0,120}"
    r"|(?:Copyright|©|\(c\)\s*20).{0,120}|[^。]{0,20}ICP[备证].{0,60}|[^。]{0,4}公网安备.{0,60}|All Rights Reserved.{0,40}"
    r"|[（(]?本文(?:刊登|刊载|发表|原载|首发|转自|转载自|转载|系).{0,60})[\W_]*$",
    re.IGNORECASE,
)
_TIMESTAMP = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$")
_MARK_TAIL = re.compile(r"[。！？!?”」…]([^。！？!?”」…，,；;]{2,20})$")
_SPLIT = re.compile(r"(?<=[。！？；：】”」）)])[ \u3000]{2,}+(?=\S)")


def clean(draft: Draft) -> Draft:
    """The draft with the article alone, tidied; what the dropped lines said is in `fields`.

    The blocks keep their order; the title is no longer among them.
    """
    draft.title = _usable(draft.title)
    blocks = [tidy(part) for block in draft.blocks for part in _paragraphs(block)]
    blocks = _unmarked([block for block in blocks if block.text])
    blocks = _without_chrome(blocks)
    if draft.title is None:
        draft.title = _first_heading(blocks)
    blocks = _without_title(blocks, draft.title)
    blocks = _cut_tail(blocks)
    blocks = _without_references(blocks)
    blocks = take_info(draft, blocks)
    draft.blocks = [block for block in blocks if not _is_noise(block)]
    _mark_headings(draft.blocks)
    return draft


def _usable(title: Block | None) -> Block | None:
    title = tidy(title) if title else None
    return title if title and title.text and len(title.text) <= 300 else None


def _paragraphs(block: Block) -> list[Block]:
    """Split where two ideographic spaces are all that is left of a paragraph break."""
    if "\u3000\u3000" not in block.text:
        return [block]
    parts, at = [], 0
    for match in _SPLIT.finditer(block.text):
        if "\u3000\u3000" not in match[0]:
            continue
        parts.append(block.part(at, match.start()))
        at = match.end()
    return [*parts, block.part(at, len(block.text))]


def _unmarked(blocks: list[Block]) -> list[Block]:
    """Without a watermark: a short string after the last sentence of five or more blocks."""
    tails: Counter[str] = Counter()
    for block in blocks:
        if match := _MARK_TAIL.search(block.text, max(len(block.text) - 24, 0)):
            tails[match[1].strip()] += 1
    marks = [tail for tail, count in tails.items() if count >= 5 and not tail.endswith(("）", ")"))]
    if not marks:
        return blocks
    kept = []
    for block in blocks:
        for mark in marks:
            if block.text.endswith(mark):
                block = tidy(block.part(0, len(block.text) - len(mark)))
        if block.text:
            kept.append(block)
    return kept


def _prose(block: Block) -> int:
    return len(block.text) if _SENTENCE.search(block.text) else 0


def _without_chrome(blocks: list[Block]) -> list[Block]:
    """Without what the page itself marks, unless that is most of the prose."""
    marked = sum(_prose(block) for block in blocks if block.chrome)
    if 2 * marked > sum(_prose(block) for block in blocks):
        return blocks
    return [block for block in blocks if not block.chrome]


def _first_heading(blocks: list[Block]) -> Block | None:
    for block in blocks[:6]:
        if (block.heading or _is_bold(block)) and not _is_noise(block):
            return block if len(block.text) <= 120 else None
        if _prose(block) > 30:
            break
    return None


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _without_title(blocks: list[Block], title: Block | None) -> list[Block]:
    if title is None:
        return blocks
    key = _key(title.text)
    return [
        block
        for i, block in enumerate(blocks)
        if block is not title and not ((i < 40 or block.heading) and _key(block.text) == key)
    ]


def _cut_tail(blocks: list[Block]) -> list[Block]:
    """Without what follows the article: the footer of the app, lists of other headlines."""
    for i, block in enumerate(blocks):
        if _FINAL.match(block.text) and i > len(blocks) // 4:
            prose_after = sum(_prose(rest) for rest in blocks[i:])
            if prose_after < 200:
                blocks = blocks[:i]
                break
    kept: list[Block] = []
    skipping = False
    for i, block in enumerate(blocks):
        if _MORE.match(block.text) and 2 * i >= len(blocks) - 6:
            skipping = True
        elif skipping and _prose(block) > 60 and not _is_linked(block):
            skipping = False
        if not skipping:
            kept.append(block)
    return kept


def _is_linked(block: Block) -> bool:
    return 10 * block.linked >= 8 * len(block.text)


def _without_references(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    skipping = False
    for i, block in enumerate(blocks):
        if _REFERENCES.match(block.text) and i > 2:
            following = blocks[i + 1 : i + 3]
            skipping = bool(following) and any(_REFERENCE.match(b.text) for b in following)
            if skipping:
                continue
        elif skipping and not _REFERENCE.match(block.text):
            skipping = False
        if not skipping:
            kept.append(block)
    return kept


def _is_noise(block: Block) -> bool:
    text = block.text
    if len(text) > 260:
        return False
    if _PUNCTUATION.match(text) or _URL.match(text) or _TIMESTAMP.match(text):
        return True
    if _CAPTION.match(text) or _CHROME.match(text) or _FINAL.match(text):
        return True
    return _is_linked(block) and len(text) <= 12 and not _SENTENCE.search(text)


def _is_bold(block: Block) -> bool:
    text = block.text
    whole = block.bold >= len(text.replace(" ", ""))
    return whole and len(text) <= 40 and not _END_MARK.search(text) and "。" not in text


def _mark_headings(blocks: list[Block]) -> None:
    """Headings besides h1 to h6: bold lines, and lone short lines between whole paragraphs.

    The latter only in articles that punctuate: posts that break sentences over lines have
    many lines without an end mark.
    """
    for block in blocks:
        if not block.heading and _is_bold(block):
            block.heading = 6
        elif block.heading and len(block.text) > 80 and _END_MARK.search(block.text):
            block.heading = 0
    long = [block for block in blocks if len(block.text) > 32]
    ended = sum(bool(re.search(r"[。！？!?；：:…”）)]$", block.text)) for block in long)
    bare = [i for i, b in enumerate(blocks) if len(b.text) <= 32 and not _END_MARK.search(b.text)]
    if not long or 10 * ended < 8 * len(long) or 3 * len(bare) > len(blocks):
        return
    for i in bare:
        before = (
            i == 0 or blocks[i - 1].heading or _END_MARK.search(blocks[i - 1].text[-2:-1] + "。")
        )
        if before and i + 1 < len(blocks) and len(blocks[i + 1].text) > 32:
            blocks[i].heading = blocks[i].heading or 6
