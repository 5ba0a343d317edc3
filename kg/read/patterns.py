"""What personal identifiers look like in folded text: one regular expression a form.

`kg.read.mask` says what is masked and what is not; these are its patterns and the pieces that
they are made of.
"""

from __future__ import annotations

import re

_SEP = r"(?: ?[\-–—.·] ?|[ \u3000])?"
_AT = r"[（(\[【{]\s?(?:at|艾特|#)\s?[)）\]】}]"
_PREFIXES = r"\s?(?:等?号?段|[字开]头)"
_NOT_PREFIX = rf"(?!{_PREFIXES})"
_MARK = r"(?:[^\w\n]{1,3}|_)"
_LOCAL = r"[2-8]\d{2,3}[ -]?\d{4}(?!\d)"
_NO_NAME = r"(?!某|经理|先生|女士|小姐|老师|[姐哥])"
# "QQ号12000余个" counts accounts and names none; nobody counts to nine digits but money.
_NOT_COUNT = (
    rf"(?![\d.]*[ \u3000]*(?:[余万]{_NO_NAME}|[亿元]))"
    rf"(?:(?<=\d{{9}})|(?![\d.]*[ \u3000]*(?:名(?![为叫称])|张{_NO_NAME}"
    r"|多(?!次)|条(?!件)|部(?!分)|[年月日](?![入薪赚])|[几个人次套台组枚户通件份笔起]|分钟)))"
)
_NOT_MONEY = r"(?!(?:\.\d\d?)? ?余?[万亿]?余?[美日欧港]?元)"
# A line break inside a number: not behind a whole card, nor before a date or a hotline.
_BREAK = (
    r"(?<![\dx]{15})(?<!x)(?<!\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4})\n(?=\d{3})"
    r"(?!(?:19|20)\d\d(?:[-/.年]|[01]\d[0-3]\d(?!\d))"
    r"|(?:1[12]\d|9[56]\d{3}|[48]00\d{7})(?!\d))"
)
_ENDS = rf"(?![\dx]| ?[|\d]){_NOT_COUNT}{_NOT_MONEY}"
_NOT_PRICE = r"(?<![$¥￥€£])(?<!人民币)(?<!rmb)(?<!usd)"
_QQ = (
    r"(?:QQ|扣扣|企鹅|抠抠|叩叩|球球|秋秋|ⓠ|(?<=加)[q扣]|(?<=客服)q|(?<=咨询)q|(?<=联系)q"
    r"|(?<![a-z])[q扣](?=\s*(?:号|群|[:：])))"
)
_WECHAT = (
    r"(?:微[\s.·_-]?信|[薇威徽维]信|[微薇]芯|V信"
    r"|(?<![a-z])(?:[vw] ?x|we\s?chat|weixin|wei\s?信|we信|w信)"
    r"|(?:加|➕|\+|＋)\s?[v微薇]|[v微薇威][❤♥]\ufe0f?)"
)
# Words that mean something else as well: only in front of an id that looks like one.
_ALIKE = r"(?:[围卫徵]信|绿泡泡|绿色?软件?|(?<![a-z])v号|微x|[微薇](?=\s?[:：])|(?<=[加➕+])卫星)"
_KIND = (
    r"(?:号码|账号|帐号|群号|客服|号|群|ID)?(?:[/／、&和]?(?:手机|电话|QQ|微信|vx)(?:同?号)?){0,4}"
    r"\s*(?:同号)?\s*[)）]?"
)
_IS = r"\s?(?:分别)?[是为]?\s?(?:[:：;；=➕+|→>-]\s?)?"
_OPEN = r"[“”\"'‘「『（(\[【@]?\s?"
_NEXT = r"[”\"'’」』）)\]】]?\s*[、,，/或和及]\s*" + _OPEN
_MORE_LOCAL = rf"(?:\s?[、/或和及]\s?{_LOCAL}(?![ -]?\d))*"
_QQ_ID = r"[1-9]\d{4,10}(?!\d)"
_QQ_GROUPED = (
    r"[1-9](?:\d{1,4}(?:[ -]\d{3,4}){1,2}|(?:[ -]\d){4,10}|\d(?:[ -]\d\d){2,4})(?![ -]?\d)"
)
_SYSTEM = r"(?:windows|android|iphone|ipad|ios|macos|mac_os|harmonyos|sdk|web)[\d_-]"
_WECHAT_ID = rf"(?!{_SYSTEM})(?=[a-z_-]*\d|[a-z]+[_-][a-z])[a-z][a-z0-9_-]{{5,19}}(?![a-z0-9])"
_MORE_IDS = rf"(?:{_NEXT}{_WECHAT_ID})*"

_IN_URL = (
    r"(?:[?&;](?:qq|uin|wx|vx|weixin|wechat|tel|phone|mobile)=|qzone\.qq\.com/"
    # what goes on behind the name is a post of a channel, and + an invitation to a group
    r"|(?<![\w.-])(?:t|telegram)\.me/(?!\+|\w+/|joinchat))(?P<id>[\w%+-]{5,40})"
)


_MAIL = (
    # e-mail; the guard in front keeps the search linear
    rf"(?<![a-z0-9.%+_-])[a-z0-9._%+-]{{1,64}}\s?(?:@|{_AT})\s?"
    r"[a-z0-9-]{1,63}(?:(?:\.|\s?[（(\[【]dot[)）\]】]\s?)[a-z0-9-]{1,63}){1,4}",
    r"(?<![a-z0-9.%+_-])[a-z0-9._%+-]{1,64}#(?:[a-z0-9-]{1,30}\.){1,3}(?:com|cn|net|org)\b",
    r"(?<![a-z0-9.%+_-])[a-z0-9._%+-]{1,64}\s?(?:@|艾特)\s?[a-z0-9-]{1,63}"
    r"(?:\s?[.。]\s?[a-z0-9-]{1,63}){0,2}\s?[.。]\s?(?:com|cn|net|org|edu|gov)(?![a-z0-9])",
    r"(?<![a-z0-9.%+_-])[a-z0-9._%+-]{1,64} at [a-z0-9-]{1,63}(?: dot [a-z0-9-]{2,63}){1,3}",
)
_NUMBERS = (
    # mobile numbers, 3-4-4 and 4-3-4, with 0, 86, +86 or 0086 in front; over lines, but two years
    # below a figure are no number; single digits, those of emoji too; three or fewer hidden
    rf"(?<!\d)(?<!(?<!\d)0\.){_NOT_PRICE}(?!\d{{4}}\.\d{{7}}(?!\d))(?:\+?\s?(?:00)?86{_SEP}|0)?1[3-9]\d"
    rf"(?:{_SEP}\d{{4}}{_SEP}\d{{4}}|\d{_SEP}\d{{3}}{_SEP}\d{{4}})(?!\d){_NOT_MONEY}",
    r"(?:(?<!\d)1[3-9]\d(?:_|--)\d{4}(?:_|--)|[(（]1[3-9]\d[)）] ?\d{4}[ -]?)\d{4}(?!\d)",
    r"(?<![\d.])1[3-9]\d\n(?!(?:19|20)\d\d\n(?:19|20))\d{4}\n\d{4}(?!\d)",
    r"(?<!\d)1[ .\u20e3-][3-9](?:[ .\u20e3-]\d){9}(?!\d)",
    rf"(?<!\d)1(?P<one>{_MARK})[3-9](?:(?P=one)\d){{9}}(?!\d|(?P=one)\d)",
    # the same sign twice; an address on the web has dates and ids between its slashes
    r"(?<![\d/])(?:\+?(?:00)?86)?1[3-9]\d(?P<two>[/／\\~～_•‧・∙―ー⁃﹣]|--|__|\*\*|[.…]{2,3})"
    rf"(?!(?:19|20)\d\d(?P=two)[01]\d[0-3]\d)\d{{4}}(?P=two)\d{{4}}(?![\d/])"
    rf"{_NOT_PREFIX}{_NOT_MONEY}",
    r"(?<![\d*×●])1[3-9](?=\d*[*x×●])(?=(?:[*x×●]*\d){6})[\d*x×●]{9}(?![\da-z*×●])",
    # other countries
    r"(?<![\d+])\+\s?(?!86[ -]?[48]00)[1-9]\d{0,2}(?:[ -]?\(?\d\)?){7,12}(?![\d%])(?!\s*[元万亿])",
    r"(?<!\d)(?:00[1-9]\d{0,2}|852|853|886)-\d(?:[ -]?\d){6,10}(?!\d)",
    # landlines: 0851-12345678转801, (010)12345678, without any mark, by cue word
    rf"(?<!\d)[(（]?0[1-9]\d{{1,2}}[)）]?\s?[-–— ]\s?{_LOCAL}(?:(?:转|-)\d{{1,5}})?{_MORE_LOCAL}",
    rf"(?<!\d)[(（]0[1-9]\d{{1,2}}[)）]\s?{_LOCAL}{_MORE_LOCAL}",
    r"(?<!\d)0[3-9]\d{2}[2-8]\d{7}(?!\d)",
    rf"0(?<![\d/.]0)(?:10|2\d|[3-9]\d{{2}})\s?[/／、.·]\s?{_LOCAL}(?![/.]?\d)",
    rf"(?:电话|热线|座机|固话|传真|(?<![a-z])tel)(?:号码?)?{_IS}{_OPEN}"
    rf"(?P<id>(?!20[0-2]\d(?:[ -]|[01]\d[0-3]\d)|[48]00[ -]){_LOCAL}(?![ -]?\d){_MORE_LOCAL})"
    rf"{_NOT_COUNT}",
    # by cue word, grouped in any way
    rf"(?:电话|手机|热线|联系方式|致电|拨打)(?:号码?)?{_IS}{_OPEN}"
    r"(?P<id>1[3-9](?:[ \n.-]?\d){9})(?!\d)",
    rf"(?:电话|手机|热线|联系方式|致电|拨打)(?:号码?)?{_IS}{_OPEN}"
    rf"(?P<id>1[3-9]\d(?:{_MARK}\d{{4}}){{2}})(?!\d|{_MARK}\d){_NOT_PREFIX}{_NOT_COUNT}",
    # ID cards: with X, in groups, half hidden, by cue word
    r"(?<!\d)[1-9]\d{5}[ \n-](?:18|19|20)\d{2}[ \n-]?\d{4}[ \n-]?\d{3}[\dx](?![a-z0-9])",
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d[*x]{4}",
    rf"(?:身份证|身份号码|证件)(?:号码?)?{_IS}{_OPEN}(?P<id>[\dx*](?:[ -]?[\dx*]){{9,19}})"
    rf"(?![\dx]){_NOT_COUNT}",
    # both, and accounts, broken over lines
    rf"(?:身份证|身份号码|证件|[卡账帐]号|账户|帐户|户头)(?:号码?|[码栏])?(?=[^\n\d]{{0,8}}\d){_IS}{_OPEN}"
    rf"(?P<id>\d(?:(?:[ \u3000-]?|{_BREAK})\d){{7,18}}x?){_ENDS}",
    # accounts by cue word
    rf"(?:[卡账帐]号|账户|帐户|户头)[码栏]?{_IS}{_OPEN}"
    rf"(?P<id>\d(?:[ \u3000-]?\d){{7,22}})(?!\d){_NOT_COUNT}",
)
_QQ_IDS = (
    rf"{_QQ}{_KIND}\s?[:：]\s?(?P<id>(?!20[0-2]\d[ -]){_QQ_GROUPED}){_NOT_COUNT}",
    rf"{_QQ}(?:好友|空间|邮箱)?{_OPEN}{_KIND}{_IS}{_OPEN}"
    rf"(?P<id>(?<!\d){_QQ_ID}(?:{_NEXT}{_QQ_ID})*){_NOT_COUNT}",
)
_WECHAT_IDS = (
    rf"{_ALIKE}{_KIND}{_IS}{_OPEN}(?P<id>{_WECHAT_ID})",
    rf"{_WECHAT}{_OPEN}{_KIND}[是为]?\s*[:：=➕+]\s*{_OPEN}(?!https?:|www\.)"
    rf"(?P<id>(?:[a-z][a-z0-9_-]{{4,19}}(?![a-z0-9]|公众号)|\d[a-z0-9_-]{{4,19}}(?![a-z0-9]){_NOT_COUNT})"
    rf"{_MORE_IDS})",
    rf"{_WECHAT}{_OPEN}{_KIND}(?:分别)?[是为]?\s?(?:[|→>]\s?)?{_OPEN}(?P<id>{_WECHAT_ID}{_MORE_IDS})",
    rf"(?<![a-z0-9])v\s?[:：]\s?(?P<id>{_WECHAT_ID})",
    rf"{_WECHAT}(?:号码?|[账帐]号|ID)(?:[是为]|[是为]?\s?[“\"「『])\s?(?P<id>[a-z]{{6,20}}(?![a-z0-9_-]))",
    rf"{_WECHAT}(?:号码?|[账帐]号|ID){_IS}{_OPEN}(?P<id>[1-9]\d{{5,10}})(?!\d){_NOT_COUNT}",
    r"(?<![a-z0-9_])wxid_[a-z0-9]{6,24}",
)
_ACCOUNT = r"(?:用户名|号码|[账帐]号|号|ID)"
_PLANE = r"(?:telegram|(?<![a-z0-9])tg|电报|飞机|蝙蝠(?:app|聊天)?|potato|batchat)"
_MESSENGER = (
    rf"(?:{_PLANE}|土豆|陌陌|钉钉|旺旺|支付宝|(?<![a-z])(?:skype|whats\s?app|signal|line"
    r"|facebook|twitter|instagram|discord)|脸书|推特|淘宝|闲鱼|抖音|快手|小红书|微博)"
)
_APP = r"(?!(?:telegram|whatsapp|signal|skype|wechat|facebook|twitter|potato|batchat|https?|www)\b)"
_MARKED_ID = r"(?=[a-z_.]*\d|[a-z]+[_.][a-z])[a-z][a-z0-9_.]{4,31}(?![a-z0-9_])"
_HANDLES = (
    # a channel or group is nobody
    rf"{_MESSENGER}\s?(?:{_ACCOUNT}|用户|好友|客服)?{_IS}[“\"'（(\[【]?\s?@(?P<id>[a-z][a-z0-9_]{{3,31}})",
    rf"{_MESSENGER}\s?{_ACCOUNT}{_IS}{_OPEN}(?P<id>{_MARKED_ID}|[1-9]\d{{4,11}}(?!\d){_NOT_COUNT})",
    rf"{_MESSENGER}\s?{_ACCOUNT}(?:\s?[:：]\s?|[是为]\s?|[是为]?\s?[“\"「『]\s?)"
    rf"(?P<id>{_APP}[a-z]{{5,32}}(?![a-z0-9_]))",
    rf"(?:{_PLANE}|(?<![a-z])skype|旺旺)\s?[:：]\s?(?P<id>{_APP}(?:{_MARKED_ID}|[a-z]{{5,32}}(?![a-z0-9_]|\s?[a-z])))",
    rf"skype\s?{_ACCOUNT}?{_IS}{_OPEN}(?P<id>live:[a-z0-9_.-]{{4,40}}(?<![.-]))",
    rf"whats\s?app\s?(?P<id>[1-9]\d{{6,11}}(?!\d){_NOT_COUNT})",
    rf"蝙蝠(?:app|聊天)?\s?[:：]\s?(?P<id>[1-9]\d{{4,11}}(?!\d){_NOT_COUNT})",
)
_PLATE = (
    r"[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵云滇藏陕甘青宁新][a-z][ ·•.・-]?"
    r"(?=[a-z]{0,3}\d)(?:[a-z0-9]{5,6}|[a-z0-9]{4}[学挂港澳])(?![a-z0-9])"
    r"(?![^，。；、\n]{0,6}(?:警|公交|公务|救护|消防)车)"
)
_PASS = r"(?:护照|通行证|台胞证|回乡证|居留证|[军警士][官兵]证)"
_PAPERS = (
    rf"{_PASS}{_OPEN}(?:号码?|编号)?{_IS}{_OPEN}"
    r"(?P<id>(?:[\u4e00-\u9fff]{1,2}字第?)?(?:[a-z]{1,2} ?\d{4} ?\d{3,6}(?![a-z0-9])"
    rf"|\d{{8,10}}(?!\d){_NOT_COUNT}))",
    # the number of a SIM card
    r"(?<![a-z0-9])(?=(?:[ -]?[a-z0-9]){19,20}(?![a-z0-9]))8986\d\d(?:[ -]?\d){0,2}[ -]?[a-z0-9]"
    r"(?:[ -]?\d){10,13}[a-z]?(?![a-z0-9])",
    # cars; those of the police (京A1234警) are nobody's
    rf"(?:车牌|号牌|牌照|车号|牌号)(?:号码?|照)?{_IS}{_OPEN}(?P<id>{_PLATE}(?:{_NEXT}{_PLATE})*)",
    rf"{_PLATE}(?=[^，。；、\n]{{0,12}}(?:车(?![站间展次队])|摩托))",
)
# Of cars, phones, drivers, the insured and students, by cue word.
_SERIALS = (
    r"(?:(?:车架|车辆识别|发动机|机身|学籍|学|驾照|(?:社保|社会保障|医保|医疗保险)(?:卡|账户|个人)?"
    r"|驾驶?证(?:档案)?编?|串)(?:号码?|代号|代码|码)"
    r"|(?<![a-z])(?:vin|imei|imsi|iccid|meid)\d?(?:号码?|码)?)"
    rf"{_IS}{_OPEN}(?P<id>(?=(?:[a-z-]*\d){{5}})"
    rf"(?:\d{{4,8}}(?: \d{{1,8}}){{1,4}}|[a-z0-9-]{{5,23}})(?![a-z0-9])){_NOT_COUNT}",
)
# Where a person lives, from the number of the house to that of the room.
_HOMES = (
    r"(?:家住|现住(?:址|地)?|(?<!公司)住址|家庭[住地]址|户籍(?:所在地|地址?|地)|户口所在地|暂住(?:地|址)?"
    r"|居住地|身份证地址|(?:收货|收件|邮寄)地址|(?<=[，,。；;、（(])住(?![所院房宅户宿]))[:：是为在于\s]{0,2}"
    r"(?:(?!宾馆|酒店|旅[馆店])[^\d，。；、\n]){2,40}(?P<id>\d{1,5}(?![\d年月岁人万名个])"
    r"(?:(?:[^，。；、\n]{0,30}?\d{1,5})?(?:室|房(?![东屋产]))|[^，。；、\n]{0,20}?[幢栋楼号元门组]\d{1,5}户"
    r"|[^，。；、\n]{0,20}?单元\d{3,4}(?!\d)|-\d{1,2}-\d{3,4}(?![\d-])))",
)

LONG = r"\d(?:\D{0,3}\d){6}|[\dxX*](?:[ -]?[\dxX*]){9}"
"""What all long numbers hold, whatever stands between their parts."""

GROUPS = (
    (r"[=/]", (_IN_URL,)),
    (rf"[@#]|艾特|(?i:{_AT}| dot )", _MAIL),
    # one class in front lets the search run
    (
        r"[tTpPbBsSwWlLfFiIdD电飞蝙土陌钉旺支脸推淘闲抖快小微](?i:(?<=t)(?:elegram|g|witter)|(?<=电)报|(?<=飞)机|(?<=蝙)蝠"
        r"|(?<=p)otato|(?<=b)atchat|(?<=土)豆|(?<=陌)陌|(?<=钉)钉|(?<=旺)旺|(?<=支)付宝"
        r"|(?<=s)(?:kype|ignal)|(?<=w)hats|(?<=l)ine|(?<=f)acebook|(?<=i)nstagram|(?<=d)iscord"
        r"|(?<=脸)书|(?<=推)特|(?<=淘)宝|(?<=闲)鱼|(?<=抖)音|(?<=快)手|(?<=小)红书|(?<=微)博)",
        _HANDLES,
    ),
    (rf"{_PASS}|8986|[\u4e00-\u9fff][a-zA-Z][ ·•.・-]?[a-zA-Z0-9]{{4}}", _PAPERS),
    (
        r"[车识机学驾保障疗串vViImM](?:(?<=车)架|(?<=识)别|(?<=机)身|(?<=学)[号籍]|(?<=驾)[照证驶]"
        r"|(?<=[保障疗])[卡号账个保险]|(?<=串)[号码]|(?<=机)号|(?i:(?<=v)in|(?<=i)(?:m[es]i|ccid)|(?<=m)eid))",
        _SERIALS,
    ),
    (r"[\d元](?:(?<=\d)(?:[室户房]|-\d{1,2}-\d)|(?<=单元)\d)", _HOMES),
    (LONG, _NUMBERS),
    (r"[qQⓠ扣抠叩]|企鹅|球球|秋秋", _QQ_IDS),
    (
        r"[信芯微薇vVwW绿卫❤♥](?i:(?<=[微薇威徽维围卫徵vwei][信芯❤♥])|(?<=[微i][\s.·_-]信)|(?<=绿)[泡色]|(?<=卫)星|(?<=微)x|(?<=v)号"
        r"|(?<=[微薇])\s?[:：]|(?<=[vw]) ?x|(?<=w)(?:e\s?chat|eixin)|(?<=[加➕+][v微薇])"
        r"|(?<=[加➕+]\s[v微薇])|(?<=(?<![a-z0-9])v)\s?[:：])",
        _WECHAT_IDS,
    ),
)
"""Patterns, each group behind what all of its finds hold: one quick search spares the others."""

PREFIXES = re.compile(_PREFIXES)
"""What says that figures in front are the first digits of many numbers: 170、171号段."""

# Anything that long is a number of somebody.
BARE = re.compile(
    rf"(?<!\d)(?:{_NOT_PRICE}(?<!(?<!\d)0\.)\d{{11}}(?!\d){_NOT_MONEY}|\d{{17}}x(?![a-z0-9])|\d{{15,19}}(?!\d))",
    re.IGNORECASE,
)
# In groups, with any one sign between them, or begun as the bank's and parted anywhere.
CARD = re.compile(
    r"(?<!\d)\d{4}(?P<sign>[ \u3000./／_,·•*-])\d{4}(?:(?P=sign)\d{4}){2}"
    r"(?:(?P=sign)?\d{1,3})?(?!\d)"
    r"|(?<!\d)\d{6}[ \u3000-]\d{10,13}(?!\d)"
    r"|(?<![\d.])62(?=[\d \u3000-]*\d{5})\d(?:[ \u3000-]?\d){13,16}(?![ -]?\d)"
)
IDENTITY = re.compile(
    r"(?<![\da-z])(?:[1-9]\d{5}(?:[ -]?\d){11}[ -]?|[1-9]\d{3}(?:[ -]\d{4}){3}[ -]\d)[\dx]"
    r"(?![a-z\d])",
    re.IGNORECASE,
)
BROKEN = re.compile(
    rf"(?<![\d.])(?:1[3-9]\d-?{_BREAK}\d{{4}}[ -]?\d{{4}}|1[3-9]\d[ -]\d{{4}}-?{_BREAK}\d{{4}}"
    rf"|1[3-9](?=(?:\n?\d){{9}}(?!\d))\d+{_BREAK}\d+){_ENDS}"
    rf"|(?<![\d.])[3-69](?:[ -]?\d){{2,14}}-?{_BREAK}\d(?:[ -]?\d){{2,14}}{_ENDS}",
    re.IGNORECASE,
)
BROKEN_IDENTITY = re.compile(
    r"(?<![\da-z])[1-9](?:(?:[ -]?|-?\n)\d){16}(?:[ -]?|-?\n)[\dx](?![a-z\d])", re.IGNORECASE
)
# Grouped in any way, or with other signs, between which stand other figures more often.
GROUPED_IDENTITY = re.compile(
    r"[1-9](?<![\da-z.-].)(?:(?:[ -]?\d){16}[ -]?[\dx]"
    r"|\d{5}(?P<sign>[./／·,，、])(?:18|19|20)\d{6}(?P=sign)\d{3}[\dx])(?![a-z\d]|-\d)",
    re.IGNORECASE,
)
BORN = re.compile(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d")
URL_RUN = re.compile(
    r"(?<!\d)(?:\d{11}|\d{15,19})(?!\d)|(?<!\d)\d{17}x(?![a-z0-9])"
    r"|(?<!\d)(?:0086|86|0)?1[3-9]\d(?:[-+ ]|%20)?\d{4}(?:[-+ ]|%20)?\d{4}(?!\d)"
    rf"|{_IN_URL}"
    r"|(?<![\w.%+-])[a-z0-9._%+-]{1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z]{2,10})+",
    re.IGNORECASE,
)
