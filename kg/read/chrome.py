"""Lines that are chrome of posts and pages: follow-us calls, captions, lists of other headlines.

Each expression is for a whole line. They were read off real posts; a new one goes into the
group that says what it is. Lines of one word are in schemas/words/page-line.yaml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.schema import Schema, load_schema

_CALLS = (
    # follow us, scan, subscribe
    r"点击(?:上方|下方|下图|下面|右上角|左下角|顶部|此处|阅读|查看)?[^。]{0,12}"
    r"(?:蓝字|蓝色字|关注|了解详情|阅读原文|名片|卡片|订阅)[^。]{0,25}",
    r"(?:欢迎|请|快来|立即|记得)?(?:长按|扫码|扫描|识别|扫一扫|微信扫)[^。，]{0,12}"
    r"(?:二维码|关注|加入|进群|订阅|咨询|识别|小程序|支持|公众号|分享)[^。]{0,25}",
    r"(?:欢迎|快来|记得)?(?:关注|订阅|加入|置顶|星标)(?:我们|本公众号|公众号|《)[^。]{0,30}",
    r"欢迎扫码[^。]{0,12}",
    r"欢迎关注.{0,20}(?:抖音号|公众号|视频号|服务号)",
    r"向[左右上下]滑动[^。]{0,30}",
    # like, share
    r"好看你就分享.{0,20}",
    r"支持「[^」]*」?.{0,3}就点个三连吧",
    r"点个.{0,3}(?:赞|在看).{0,20}",
    r"(?:你的)?(?:点赞|转发|在看|分享)[、和与].{0,20}",
    r"点亮在看.{0,12}",
    # slogans and subscriptions of particular outlets
    r"网罗圈内热点.{0,12}",
    r"分享网络安全知识.{0,14}",
    r"《[^》]{2,12}》杂志\s*倾[情力]推[出荐]",
    r"邮发代号.{0,12}",
    r"(?:征订|订阅)热线.{0,30}",
    # paging, rights
    r"打开APP.{0,10}",
    r"(?:上一篇|下一篇|上一页|下一页).{0,60}",
    r"本文作者[^。]{0,20}",
    r"(?:版权|免责)(?:声明|所有).{0,200}",
    r"(?:未经(?:授权|许可)|转载请|如若转载|如需转载|如有侵权|如侵权|若有侵权).{0,120}",
    r"(?:Copyright|©|\(c\)\s*20).{0,120}",
    r"[^。]{0,20}ICP[备证].{0,60}",
    r"[^。]{0,4}公网安备.{0,60}",
    r"All Rights Reserved.{0,40}",
    r"本文(?:(?:为|由|系|是|翻译自).{0,20}(?:原创|发布|转载|翻译|链接)"
    r"|刊登|刊载|发表|原载|首发|转自|转载自|转载|系).{0,60}",
)
_CAPTIONS = (
    r"[（(【\[]?\s*(?:图片|配图|题图|插图|视频|截图|头图|封面)?\s*(?:来自|来源[于：:]?|源自|取自)"
    r"\s*[:：]?\s*(?:网络|互联网|视频截图|视觉中国)[^。]{0,30}",
    r"[（(【\[]?\s*(?:图\s*源|资料图|示意图|图片说明|图片来源|图片来自|图\s*[/／|｜丨])[^。]{0,30}",
    r"[▲△▼↑↓]\s*[^。]{1,40}",
    r"图\s*(?:[\d一二三四五六七八九十]{1,3}(?:[-.－]\d{1,2})?)?\s*[:：.、 \u3000][^。，]{1,40}",
    r"图\s*\d{1,3}(?:[-.－]\d{1,2})?",
    r"cover_image|作者头像|跳转二维码|\S{0,30}\.(?:png|jpe?g|gif|webp)",
)
_ADDRESSES = (
    r"[（(\[【<]?\s*(?:https?:|ftp:)?//[!-~]+\s*[)）\]】>]?",
    r"www\.[!-~]+",
    r"[\w.-]{1,60}\.(?:com|cn|net|org|io)/[!-~]*",
)
_TIMES = (r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?",)
_CALL = re.compile(rf"[\W_]*(?:{'|'.join(_CALLS)})[\W_]*$", re.IGNORECASE)
_OTHER = re.compile(rf"[*＊]?(?:{'|'.join(_CAPTIONS + _ADDRESSES + _TIMES)})$")
_BARE = re.compile(r"[\W_]+")
_LONGEST = 260  # characters of the longest rights notice seen

FINAL = re.compile(
    r"(?:预览时标签不可点|微信扫一扫|继续滑动看下一个|向上滑动看下一个|轻触阅读原文|关注该公众号|使用小程序"
    r"|微信扫一扫可打开此内容，?|在下方留下您的评论.*|友情链接)$"
)
"""A line after which comes only the footer of the app."""

MORE = re.compile(
    r"[\W_]*(?:阅读推荐|推荐阅读|往期(?:推荐|回顾|精选|文章|精彩.*)|精彩(?:推荐|回顾)|相关(?:阅读|文章|推荐|热文)"
    r"|(?:延伸|拓展|更多)阅读|热门文章|热文推荐|猜你喜欢|你可能(?:感兴趣的|还喜欢)|(?:历史|最新|热点|近期)文章"
    r"|文章推荐|还有这些值得一看|更多精彩.*)[\W_]*$"
)
"""The heading of a list of other headlines."""

REFERENCES = re.compile(
    r"[\W_\d一二三四五六七八九十]*(?:参考(?:文献|资料|链接|来源)?|引用(?:链接)?|注释|脚注|References?|Refernces)"
    r"[\W_]*$",
    re.IGNORECASE,
)
"""The heading of a list of references."""

REFERENCE = re.compile(
    r"\s*(?:\\?[\[［【〔(（]\s*\d{1,3}\s*\\?[\]］】〕)）]|[①-⑳]|\d{1,2}[.、．]\s|\^|https?://|作者单位)"
)
"""The beginning of an entry in such a list."""


def is_chrome(line: str, schema: Schema | None = None) -> bool:
    """Whether the whole line is chrome, a caption, an address, a time or punctuation; by the words
    of `schema`, None for the one that ships with kg."""
    if len(line) > _LONGEST:
        return False
    bare = _BARE.sub("", line)
    if not bare or bare in _words(schema):
        return True
    return bool(_CALL.match(line) or _OTHER.match(line) or FINAL.match(line))


@lru_cache(maxsize=4)
def _words(schema: Schema | None) -> frozenset[str]:
    return frozenset((schema or load_schema()).words.get("page-line", ()))
