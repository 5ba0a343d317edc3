from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.mask import PLACEHOLDER, id_card, luhn, mask, mask_url

HIDDEN = [
    ("电话13812345678联系", "13812345678"),
    ("电话138-1234-5678。", "138-1234-5678"),
    ("电话138 1234 5678。", "138 1234 5678"),
    ("电话1381 234 5678。", "1381 234 5678"),
    ("拨打+86 13812345678即可", "+86 13812345678"),
    ("拨打8613812345678即可", "8613812345678"),
    ("拨打013812345678即可", "013812345678"),
    ("电话１３８１２３４５６７８", "１３８１２３４５６７８"),
    ("电话①③⑧①②③④⑤⑥⑦⑧", "①③⑧①②③④⑤⑥⑦⑧"),
    ("电话一三八一二三四五六七八", "一三八一二三四五六七八"),
    ("1 3 8 1 2 3 4 5 6 7 8", "1 3 8 1 2 3 4 5 6 7 8"),
    ("whatsapp:+60178432939小红书", "+60178432939"),
    ("报警0851-86797110转801", "0851-86797110转801"),
    ("报警（010）66266114", "66266114"),
    ("电话：66266114", "66266114"),
    ("身份证号11010519491231002X，男", "11010519491231002X"),
    ("身份证110105194912310021。", "110105194912310021"),
    ("身份证 110105 19491231 002X。", "110105 19491231 002X"),
    ("身份证号：1101051949****1234", "1101051949****1234"),
    ("身份证号是1101051949****1234", "1101051949****1234"),
    ("其身份证号码为：110105194912310021", "110105194912310021"),
    ("银行账户为12345678901234", "12345678901234"),
    ("证件11010519491231****号", "11010519491231****"),
    ("旧证110105491231002。", "110105491231002"),
    ("卡6222 0212 3456 7890 128转账", "6222021234567890128"),
    ("银行卡号：6222 0200 1111 2222", "6222 0200 1111 2222"),
    ("收款账号：12345678901234", "12345678901234"),
    ("邮箱zhang_san@example.com.cn发送", "zhang_san@example.com.cn"),
    ("邮箱：zhangsan＠qq.com", "zhangsan＠qq.com"),
    ("邮箱admin#unsafe.sh.com", "admin#unsafe.sh.com"),
    ("加QQ：12345678聊", "12345678"),
    ("QQ号123456", "123456"),
    ("扣扣 7654321", "7654321"),
    ("q号：7654321", "7654321"),
    ("加Q7654321", "7654321"),
    ("QQ：1234567、7654321", "7654321"),
    ("微信号：abc_123", "abc_123"),
    ("微信：zhangsan", "zhangsan"),
    ("V信：kk520xx", "kk520xx"),
    ("vx:qwerty88", "qwerty88"),
    ("加微kefu8888办卡", "kefu8888"),
    ("薇信 lisi_008", "lisi_008"),
    ("QQ/微信：87654321", "87654321"),
    ("手机/微信同号：13912345678", "13912345678"),
    ("客服小蜜蜂（微信：freebee1024）", "freebee1024"),
    ("微信wxid_abc123def456", "wxid_abc123def456"),
    ("编号12345678901234567等", "12345678901234567"),
    ("使用QQ号“12345678”发布广告", "12345678"),
    ("老周（QQ号（12345678））", "12345678"),
    ("其QQ账号分别为：12345678和87654321", "87654321"),
    ("QQ号“12345678”、“87654321”", "87654321"),
    ("微信号为“lisi_008”的卖家", "lisi_008"),
    ("微信号“kefu8888”", "kefu8888"),
    ("微信：“kefu8888”", "kefu8888"),
    ("微信（账号kefu8888）", "kefu8888"),
    ("微信账号kefu8888", "kefu8888"),
    ("微信号为lisifour的卖家", "lisifour"),
    ("微信号“lisifour”", "lisifour"),
    ("微信号：kefu8888、wang_66和zhao77", "wang_66"),
    ("微信号分别为kefu8888、wang_66", "wang_66"),
    ("WeChat ID: kefu8888", "kefu8888"),
    ("汇入账号032178701名为某店的账户", "032178701"),
    ("账号栏为59601234567409。", "59601234567409"),
    ("QQ号12345678名叫老周", "12345678"),
    ("账号6222　0200　1111　2222", "6222　0200　1111　2222"),
    ("卡6222　0212　3456　7890　128", "6222　0212　3456　7890　128"),
]
KEPT = [
    "虚拟运营商旗下的170、167等号段的手机卡",
    "171号段的卖11元，165号段12元",
    "发送1069短信，拨打110、12321、96110或95588",
    "客服热线400-811-8888",
    "涉案金额1.2亿余元，获利12345678.90元",
    "2021年4月26日21:36，2021-04-26 21:36:15，20210426",
    "（2017）苏1322刑初1327号",
    "微信号3元一个，QQ号1200000余个",
    "查获QQ号12000个、微信号30000个",
    "微信昵称“悠悠141319”",
    "微信Android版和微信公众号anquanquan",
    "【201926018】为他人诈骗发布信息",
    "手机黑卡近70吨，1800余万张（重约70吨）",
    "净网2019专项行动，“3•15”专案组",
    "中国移动10086客户服务中心",
    "1 20 300 4000 50000",
    "2019-2020-2021年数据",
    "账号1800余万个",
    "扣押银行卡17400余张、手机卡11400余张",
    "电话138****5678",
    "国内wechat: https://a.cn/x",
    "13、14、15、16、17、18号段",
    "微信（WeChat）和QQ（腾讯）",
    "微信“小号”、QQ“靓号”2020款",
    "微信号“Tony”1200000余个",
    "QQ号：20000组，微信号：12345枚，银行账户12345678户",
    "账户余额12345678元，账户123456789.50元",
]


@pytest.mark.parametrize(("text", "secret"), HIDDEN)
def test_an_identifier_is_overwritten_at_the_same_length(text: str, secret: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    digits = secret.replace(" ", "")
    assert secret not in masked and digits not in masked.replace(" ", "")
    assert PLACEHOLDER in masked


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_identifier_stays(text: str) -> None:
    assert mask(text) == text


def test_words_around_an_identifier_stay() -> None:
    assert mask("联系微信：abc_123，或13812345678。") == "联系微信：███████，或███████████。"


@given(st.text(alphabet="0123456789０１２-. x微信号QQ:：@a张\n", max_size=80))
def test_no_bare_run_of_identifier_length_is_left(text: str) -> None:
    import re

    masked = mask(text)
    assert len(masked) == len(text)
    assert not re.search(r"(?<!\d)(?:\d{11}|\d{15,19})(?!\d)", masked)
    assert masked.count("\n") == text.count("\n")


@given(st.text(alphabet="138 -０é文。", max_size=300), st.integers(0, 9999))
def test_a_number_is_found_wherever_it_stands(padding: str, number: int) -> None:
    phone = f"1391234{number:04}"
    assert phone not in mask(f"{padding}，{phone}，{padding}")


def test_a_url_stays_usable_and_loses_only_identifiers() -> None:
    assert mask_url("https://a.cn/u/13812345678?id=2652029816") == (
        "https://a.cn/u/***********?id=2652029816"
    )


def test_check_digits() -> None:
    assert id_card("11010519491231002X") and not id_card("110105194912310021")
    assert luhn("4111111111111111") and not luhn("4111111111111112")
