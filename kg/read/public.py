"""Long numbers that are nobody's: codes of firms, senders of text messages, cases, orders, pages.

Such a number looks like a card or an account. What it is show its form (a check digit, its
beginning) and the words around it together.
"""

from __future__ import annotations

import re

_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FIRM = re.compile(
    r"代码|识别号|税号|执照|注册|登记|公司|企业|集团|[店厂社]|中心|协会|学校|机关|单位"
)
_SENDER = re.compile(
    r"短信|端口|通道|号段|信息|验证码|发送|发来|来自|接收|开头|平台|[来去]电|拨打|客服"
)
_NUMBERED = re.compile(
    r"(?:(?:案件|立案|文书|案|订单|运单|快递|物流|单据|流水|批次|合同|发票|许可证?|备案|登记|注册|批准|执照"
    r"|标准|专利|项目|招标|手册|决定书)(?:编号|文号|单号|号码?|码)|单号|许可证)[是为]?\s?[:：]?\s?[“\"（(]?[A-Z]{0,3}\Z",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[〔\[【（(](?:19|20)\d\d[〕\]】）)]第?\Z")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*[/_=-][a-z]?\Z", re.IGNORECASE)
_OF_PERSON = re.compile(
    r"(?:/u|/users?|/home|/space|/people|/profile|/member|uid|user_?id|openid|uin|qq|wx|weixin|tel"
    r"|phone|mobile|card|acc(?:oun)?t|idno|weibo\.c(?:om|n))[/=_-][a-z]?\Z",
    re.IGNORECASE,
)
_HEX_END = re.compile(r"[0-9a-f]*\Z", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]*", re.IGNORECASE)
_DIGEST = 28  # characters; the shortest in use, MD5, has 32


def credit_code(code: str) -> bool:
    """Whether the check character is that of a firm's unified social credit code (GB 32100)."""
    code = code.upper()
    if not re.fullmatch(rf"[159AN][1-9]\d{{6}}[{_CODE}]{{10}}", code):
        return False
    total = sum(_CODE.index(char) * pow(3, place, 31) for place, char in enumerate(code[:-1]))
    return _CODE.index(code[-1]) == -total % 31


def is_firm(text: str, start: int) -> bool:
    """Whether the 18 characters from `start` on are the code of a firm that is spoken of."""
    return credit_code(text[start : start + 18]) and bool(_FIRM.search(_before(text, start)))


def is_sender(text: str, start: int, end: int) -> bool:
    """Whether the number sends text messages (106…) or calls for a firm (950…)."""
    number, around = text[start:end], _before(text, start) + text[end : end + 12]
    served = number.startswith("106") or (number.startswith("950") and len(number) == 11)
    return served and bool(_SENDER.search(around))


def is_numbered(text: str, start: int, end: int) -> bool:
    """Whether it is the number of a case, an order, a licence: what is in front says so."""
    before = _before(text, start)
    return bool(_NUMBERED.search(before)) or (
        bool(_YEAR.search(before)) and text[end : end + 1] == "号"
    )


def is_page(text: str, start: int) -> bool:
    """Whether the number at `start` is an address's id of a page, and not of a person."""
    before = text[max(start - 300, 0) : start]
    weibo = text.startswith("100505", start)  # in front of the number of a user
    return bool(_ADDRESS.search(before)) and not _OF_PERSON.search(before) and not weibo


def in_digest(text: str, start: int, end: int) -> bool:
    """Whether the digits are a part of a long hexadecimal number: a digest or key."""
    before = _HEX_END.search(text[max(start - 64, 0) : start])
    after = _HEX.match(text, end, end + 64)
    rest = ((before[0] if before else "") + (after[0] if after else "")).lower()
    return len(set(rest) & set("abcdef")) > 2 and len(rest) + end - start >= _DIGEST


def _before(text: str, start: int) -> str:
    return text[max(start - 24, 0) : start]
