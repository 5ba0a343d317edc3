"""How claims are put: every sentence here is made up."""

from __future__ import annotations

import pytest

from kg.model import Document, Level, Mention, Modality
from kg.relate.modality import Stance
from kg.schema import Schema, load_schema

from ..strategies import split_document

ACTORS = {
    "王某": "Person", "赵某": "Person", "李律师": "Person", "某团伙": "Group", "费可心": "Person",
    "星河公司": "Organization", "电诈团伙": "Group", "犯罪团伙": "Group", "“水军”团伙": "Group",
}  # fmt: skip
TYPES = {
    **ACTORS, "电话卡": "Good", "微信号": "Good", "诈骗": "Activity", "实名制": "Control",
    "用户": "Role", "平台": "Platform", "养号": "Activity", "卡商": "Role", "诈骗罪": "Offence",
    "警方": "Agency", "加强防范": "Control", "猫池": "Tool", "专案": "Case",
    "江州法院": "Agency", "七成": "Statistic",
}  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def put(
    schema: Schema, text: str, subject: str, edge: str, target: str, fixed: Modality | None = None
) -> str:
    """The modality of the claim whose ends are the last `subject` and `target` in `text`."""
    document, mentions = read(text)
    ends = [[m for m in mentions if m.name == name][-1] for name in (subject, target)]
    start, end = min(m.start for m in ends), max(m.end for m in ends)
    sentence = next(s for s in document.sentences if s.start <= start < s.end)
    stance = Stance(document, mentions, schema)
    return stance.modality(sentence, start, end, ends[0], schema.edges[edge], ends[1], fixed)


def read(text: str) -> tuple[Document, list[Mention]]:
    mentions = []
    for name, kind in TYPES.items():
        level = Level.INSTANCE if name in ACTORS else Level.TYPE
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(at, at + len(name), name, kind, name, level, "test"))
            at = text.find(name, at + 1)
    mentions.sort(key=lambda m: (m.start, -m.end))
    return split_document(text), mentions


@pytest.mark.parametrize(
    ("text", "edge", "expected"),
    [
        ("电话卡用于诈骗。", "USED_FOR", "asserted"),
        ("电话卡会被用于诈骗。", "USED_FOR", "asserted"),
        ("电话卡可以用于诈骗。", "USED_FOR", "hypothetical"),
        ("电话卡可能被用于诈骗。", "USED_FOR", "hypothetical"),
        ("电话卡因验证码可复用而用于诈骗。", "USED_FOR", "asserted"),
        ("一旦电话卡流出，就会用于诈骗。", "USED_FOR", "hypothetical"),
        ("电话卡无法用于诈骗。", "USED_FOR", "negated"),
        ("电话卡并未用于诈骗。", "USED_FOR", "negated"),
        ("电话卡险些用于诈骗。", "USED_FOR", "negated"),
        ("电话卡差点被用于诈骗。", "USED_FOR", "negated"),
        ("电话卡不断用于诈骗。", "USED_FOR", "asserted"),
        ("电话卡不仅用于诈骗。", "USED_FOR", "asserted"),
        ("电话卡非法用于诈骗。", "USED_FOR", "asserted"),
        ("电话卡的功能是诈骗。", "USED_FOR", "asserted"),
    ],
)
def test_the_words_before_the_verb_decide(
    schema: Schema, text: str, edge: str, expected: str
) -> None:
    assert put(schema, text, "电话卡", edge, "诈骗") == expected


@pytest.mark.parametrize(
    "text",
    [
        "平台应当采取实名制。",
        "平台需警惕，落实实名制。",
        "建议平台完善实名制。",
        "平台务必启用实名制。",
    ],
)
def test_advice_and_duty_are_prescriptive(schema: Schema, text: str) -> None:
    assert put(schema, text, "平台", "USES", "实名制") == "prescriptive"


def test_a_need_is_no_duty(schema: Schema) -> None:
    assert put(schema, "卡商需要猫池来养号。", "卡商", "USES", "猫池") == "asserted"


def test_a_measure_under_a_heading_of_advice_is_prescriptive(schema: Schema) -> None:
    text = "警方提醒：\n对此可加强防范，远离诈骗。"
    assert put(schema, text, "加强防范", "COUNTERS", "诈骗") == "prescriptive"


def test_all_under_a_heading_of_advice_is_advice_also_below_a_tip_that_says_so(
    schema: Schema,
) -> None:
    told = "实名制防范诈骗。"
    assert put(schema, told, "实名制", "COUNTERS", "诈骗") == "asserted"
    for text in (f"警方提醒：\n{told}", f"警方提醒：\n建议用户保管电话卡。\n{told}"):
        assert put(schema, text, "实名制", "COUNTERS", "诈骗") == "prescriptive"


def test_the_conduct_of_a_suspect_is_alleged(schema: Schema) -> None:
    text = "警方抓获犯罪嫌疑人王某。经查，王某购买了电话卡。"
    assert put(schema, text, "王某", "OBTAINS", "电话卡") == "alleged"


def test_the_conduct_of_a_convict_is_asserted(schema: Schema) -> None:
    text = "王某购买了电话卡。法院以诈骗罪判处王某有期徒刑三年。"
    assert put(schema, text, "王某", "OBTAINS", "电话卡") == "asserted"


def test_a_verdict_on_one_person_says_nothing_of_another(schema: Schema) -> None:
    text = "赵某购买了电话卡，目前在逃。被告人王某犯诈骗罪，判处有期徒刑三年。"
    assert put(schema, text, "赵某", "OBTAINS", "电话卡") == "alleged"


@pytest.mark.parametrize(
    "threat",
    ["情节严重的，处三年以下有期徒刑。", "王某可能被判处有期徒刑三年。", "王某涉嫌诈骗罪被起诉。"],
)
def test_a_threat_of_punishment_is_no_conviction(schema: Schema, threat: str) -> None:
    text = f"犯罪嫌疑人王某出售电话卡。{threat}"
    assert put(schema, text, "王某", "SELLS", "电话卡") == "alleged"


@pytest.mark.parametrize(
    "before", ["王某曾因盗窃被判处有期徒刑一年。", "王某2010年因盗窃被判刑，2011年刑满释放。"]
)
def test_an_earlier_conviction_says_nothing_of_what_is_told_now(
    schema: Schema, before: str
) -> None:
    told = f"{before}王某使用猫池，被警方抓获。"
    assert put(schema, told, "王某", "USES", "猫池") == "alleged"
    judged = f"{told}江州法院判处王某有期徒刑三年。"
    assert put(schema, judged, "王某", "USES", "猫池") == "asserted"


@pytest.mark.parametrize(
    "verdict",
    [
        "王某被判处有期徒刑三年，赵某另案处理。",
        "法院判处多人有期徒刑三年。赵某在逃。",
        "法院判处王某有期徒刑三年。赵某、李某（均另案处理）曾与其联系。",
        "法院判决王某有期徒刑三年，判决赵某无罪。",
    ],
)
def test_who_is_judged_apart_or_acquitted_is_no_convict(schema: Schema, verdict: str) -> None:
    text = f"警方抓获王某。{verdict}赵某使用猫池。"
    assert put(schema, text, "赵某", "USES", "猫池") == "alleged"


def test_nobody_was_sentenced_who_is_not_caught(schema: Schema) -> None:
    text = "江州法院判处王某有期徒刑三年，赵某在逃。"
    assert put(schema, text, "赵某", "SENTENCED_BY", "江州法院") == "negated"
    assert put(schema, text, "王某", "SENTENCED_BY", "江州法院") == "asserted"


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("江州法院以洗钱罪判处王某有期徒刑一年。", "alleged"),
        ("江州法院以诈骗罪判处王某有期徒刑一年。", "asserted"),
        ("江州法院判处王某有期徒刑一年。", "asserted"),
    ],
)
def test_a_charge_stays_one_where_the_court_found_another_offence(
    schema: Schema, verdict: str, expected: str
) -> None:
    text = f"{verdict}此前，检察院指控王某犯诈骗罪。"
    assert put(schema, text, "王某", "CONVICTED_OF", "诈骗罪") == expected


def test_what_an_opinion_calls_an_act_is_no_conviction(schema: Schema) -> None:
    text = "江州法院以洗钱罪判处王某有期徒刑一年。第二种意见认为，王某构成诈骗罪。"
    assert put(schema, text, "王某", "CONVICTED_OF", "诈骗罪") == "alleged"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("警方抓捕王某。", "asserted"),
        ("警方将抓捕王某。", "hypothetical"),
        ("警方拟对王某采取刑事强制措施。", "hypothetical"),
        ("警方计划于6月上旬抓捕王某。", "hypothetical"),
        ("警方不排除对王某刑事拘留。", "hypothetical"),
        ("王某即将被警方依法逮捕。", "hypothetical"),
        ("警方应当依法逮捕王某。", "prescriptive"),
        ("警方随即将王某抓获。", "asserted"),
        ("警方将抓获的王某带回。", "asserted"),
        ("警方将逮捕归案的王某带回。", "asserted"),
        ("警方还将王某抓获。", "asserted"),
        ("警方将被告人王某抓获。", "asserted"),
        ("警方将在逃人员王某抓获。", "asserted"),
        ("警方将于某、王某抓获。", "asserted"),
        ("警方抓获准备出境的王某。", "asserted"),
        ("警方按计划抓捕王某。", "asserted"),
    ],
)
def test_an_arrest_to_come_is_none_that_was_made(schema: Schema, text: str, expected: str) -> None:
    assert put(schema, text, "警方", "ARRESTS", "王某") == expected


def test_what_a_rule_lets_an_agency_do_it_has_not_done(schema: Schema) -> None:
    text = "买卖猫池的，由警方没收猫池。"
    assert put(schema, text, "警方", "SEIZES", "猫池") == "prescriptive"
    text = "卡商买卖猫池，警方没收猫池。"
    assert put(schema, text, "警方", "SEIZES", "猫池") == "asserted"


def test_to_confiscate_is_no_denial(schema: Schema) -> None:
    text = "警方到场，并没收猫池。"
    assert put(schema, text, "警方", "SEIZES", "猫池") == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "不能认定王某的行为构成诈骗罪。",
        "不应认定王某的行为构成诈骗罪。",
        "不宜以诈骗罪对王某定罪处罚。",
        "现有证据不足以认定王某犯诈骗罪。",
        "难以认定王某构成诈骗罪。",
    ],
)
def test_guilt_that_cannot_be_found_is_denied(schema: Schema, text: str) -> None:
    assert put(schema, text, "王某", "CONVICTED_OF", "诈骗罪") == "negated"


def test_what_is_forbidden_to_somebody_is_not_said_of_him(schema: Schema) -> None:
    text = "平台禁止卡商出售猫池。"
    assert put(schema, text, "卡商", "SELLS", "猫池") == "prescriptive"


def test_an_acquittal_is_no_conviction(schema: Schema) -> None:
    text = "江州法院认定王某犯诈骗罪的事实不清，宣告王某无罪。"
    assert put(schema, text, "王某", "CONVICTED_OF", "诈骗罪") != "asserted"


def test_an_earlier_conviction_is_one(schema: Schema) -> None:
    text = "王某曾因犯诈骗罪被判处有期徒刑一年，近日又被警方抓获。"
    assert put(schema, text, "王某", "CONVICTED_OF", "诈骗罪") == "asserted"


def test_the_cases_of_a_notice_are_judged_apart(schema: Schema) -> None:
    text = (
        "一、甲地公安机关破获王某侵犯公民个人信息案\n王某出售电话卡，被法院判处有期徒刑三年。\n"
        "二、乙地公安机关破获赵某侵犯公民个人信息案\n犯罪嫌疑人赵某出售微信号。"
    )
    assert put(schema, text, "王某", "SELLS", "电话卡") == "asserted"
    assert put(schema, text, "赵某", "SELLS", "微信号") == "alleged"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("被告人王某、赵某购买了电话卡。", "asserted"),
        ("王某、赵某（均已判决）购买了电话卡。", "asserted"),
        ("被告人王某与赵某购买了电话卡。", "alleged"),
        ("赵某（另案处理）购买了电话卡。", "alleged"),
        ("被告人王某、赵某购买了电话卡。法院宣告赵某无罪。", "alleged"),
    ],
)
def test_where_there_is_a_verdict_it_is_on_those_called_defendants(
    schema: Schema, told: str, expected: str
) -> None:
    text = f"{told}法院以诈骗罪判处王某有期徒刑三年。"
    assert put(schema, text, "赵某", "OBTAINS", "电话卡") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("警方抓获多人，星河公司购买电话卡。", "alleged"),
        ("警方立案侦查该团伙。星河公司购买电话卡。", "alleged"),
        ("诈骗团伙仍在活动。星河公司购买电话卡，以测试产品。", "asserted"),
    ],
)
def test_a_firm_is_a_suspect_where_the_police_have_to_do_with_it(
    schema: Schema, text: str, expected: str
) -> None:
    assert put(schema, text, "星河公司", "OBTAINS", "电话卡") == expected


def test_to_belong_to_a_gang_is_a_charge_and_to_work_for_a_firm_is_none(schema: Schema) -> None:
    caught = "警方抓获犯罪嫌疑人王某。"
    member = put(schema, f"{caught}王某加入某团伙。", "王某", "AFFILIATED_WITH", "某团伙")
    staff = put(schema, f"{caught}王某在星河公司工作。", "王某", "AFFILIATED_WITH", "星河公司")
    assert (member, staff) == ("alleged", "asserted")


def test_to_have_a_firm_is_a_charge_only_where_it_is_said_to_be_unlawful(schema: Schema) -> None:
    text = "警方抓获犯罪嫌疑人王某。王某控制星河公司"
    assert put(schema, f"{text}。", "王某", "CONTROLS", "星河公司") == "asserted"
    assert put(schema, f"{text}非法牟利。", "王某", "CONTROLS", "星河公司") == "alleged"


def test_a_verb_of_an_edge_is_denied_by_a_bare_no(schema: Schema) -> None:
    for told, expected in (("卡商不转卖电话卡。", "negated"), ("卡商转卖电话卡。", "asserted")):
        assert put(schema, told, "卡商", "SELLS", "电话卡") == expected


def test_what_some_of_many_do_is_asserted(schema: Schema) -> None:
    text = "警方抓获犯罪嫌疑人。不少某团伙购买电话卡。"
    assert put(schema, text, "某团伙", "OBTAINS", "电话卡") == "asserted"


def test_what_a_gang_does_that_is_any_of_its_kind_is_asserted(schema: Schema) -> None:
    text = "警方抓获犯罪嫌疑人。电诈团伙购买电话卡。"
    assert put(schema, text, "电诈团伙", "OBTAINS", "电话卡") == "asserted"


def test_what_the_police_found_of_the_gang_of_the_case_is_alleged(schema: Schema) -> None:
    text = "江州警方立案侦查。民警查明，犯罪团伙购买电话卡。"
    assert put(schema, text, "犯罪团伙", "OBTAINS", "电话卡") == "alleged"
    assert put(schema, text + "犯罪团伙购买微信号。", "犯罪团伙", "OBTAINS", "微信号") == "asserted"


def test_what_somebody_first_meant_to_sell_is_not_sold(schema: Schema) -> None:
    text = "王某本想把电话卡卖给赵某，价钱没有谈拢。"
    assert put(schema, text, "王某", "SUPPLIES", "赵某") == "negated"
    text = "王某本想靠电话卡赚钱。"
    assert put(schema, text, "王某", "USES", "电话卡") != "negated"


def test_what_is_done_to_be_able_to_is_done(schema: Schema) -> None:
    assert put(schema, "卡商为了能养号购买电话卡。", "卡商", "OBTAINS", "电话卡") == "asserted"


def test_some_gang_is_a_particular_one(schema: Schema) -> None:
    text = "警方抓获犯罪嫌疑人。某“水军”团伙购买电话卡。"
    assert put(schema, text, "“水军”团伙", "OBTAINS", "电话卡") == "alleged"


def test_what_one_of_many_says_that_he_can_do_makes_no_deed_of_the_next_possible(
    schema: Schema,
) -> None:
    text = "卡商花样不少，有的声称可以养号，有的购买电话卡。"
    assert put(schema, text, "卡商", "OBTAINS", "电话卡") == "asserted"


def test_the_word_all_parts_nobody(schema: Schema) -> None:
    text = "卡商可以把所有的电话卡用于养号。"
    assert put(schema, text, "卡商", "ENGAGES_IN", "养号") == "hypothetical"


def test_what_a_citizen_bought_is_no_deed_of_a_suspect(schema: Schema) -> None:
    text = "警方抓获犯罪嫌疑人王某。市民赵某购买电话卡。"
    assert put(schema, text, "赵某", "OBTAINS", "电话卡") == "asserted"


def test_a_character_of_a_name_says_nothing_of_what_may_be(schema: Schema) -> None:
    text = "法院以诈骗罪判处费可心、王某有期徒刑三年。费可心与王某购买电话卡。"
    assert put(schema, text, "王某", "OBTAINS", "电话卡") == "asserted"


def test_what_others_may_do_makes_no_deed_of_ones_own_possible(schema: Schema) -> None:
    text = "法院判处王某有期徒刑三年。王某明知他人可能用于诈骗仍出售电话卡。"
    assert put(schema, text, "王某", "SELLS", "电话卡") == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "各互联网企业要压实责任。一是要求平台采取实名制。",
        "第十二条 平台采取实名制，核验用户身份。",
    ],
)
def test_what_institutions_have_to_do_is_prescriptive(schema: Schema, text: str) -> None:
    assert put(schema, text, "平台", "USES", "实名制") == "prescriptive"


def test_what_is_done_against_a_duty_is_none(schema: Schema) -> None:
    text = "第十二条 卡商购买电话卡的，平台停止服务。"
    assert put(schema, text, "卡商", "OBTAINS", "电话卡") == "asserted"


@pytest.mark.parametrize("text", ["平台主要采取实名制。", "卡商要求平台采取实名制。"])
def test_what_matters_most_or_is_asked_for_is_no_duty(schema: Schema, text: str) -> None:
    assert put(schema, text, "平台", "USES", "实名制") == "asserted"


def test_what_a_kind_of_actor_does_is_asserted(schema: Schema) -> None:
    text = "警方抓获王某。卡商出售电话卡。"
    assert put(schema, text, "卡商", "SELLS", "电话卡") == "asserted"


def test_what_a_suspect_used_a_thing_for_is_alleged(schema: Schema) -> None:
    text = "警方抓获犯罪嫌疑人。某团伙购买电话卡，电话卡用于诈骗。"
    assert put(schema, text, "电话卡", "USED_FOR", "诈骗") == "alleged"


def test_an_official_act_is_asserted(schema: Schema) -> None:
    assert put(schema, "警方抓获犯罪嫌疑人王某。", "警方", "ARRESTS", "王某") == "asserted"


def test_an_offence_that_somebody_is_only_suspected_of_is_said_to_be_banned_no_more_than_alleged(
    schema: Schema,
) -> None:
    ends = "平台", "PROHIBITS", "诈骗罪"
    assert put(schema, "平台认定其涉嫌诈骗罪。", *ends) == "alleged"
    assert put(schema, "平台规定了诈骗罪。", *ends) == "asserted"


def test_an_arrest_on_suspicion_is_a_fact(schema: Schema) -> None:
    text = "警方以涉嫌诈骗罪抓获王某。"
    assert put(schema, text, "警方", "ARRESTS", "王某") == "asserted"


def test_a_charge_without_a_verdict_is_alleged(schema: Schema) -> None:
    text = "王某因涉嫌诈骗罪被刑事拘留。"
    assert put(schema, text, "王某", "CONVICTED_OF", "诈骗罪") == "alleged"


def test_what_was_not_done_to_somebody_is_denied(schema: Schema) -> None:
    for denied in ("尚未被抓获", "至今没有被抓获", "未被逮捕"):
        text = f"警方通报，王某{denied}。"
        assert put(schema, text, "警方", "ARRESTS", "王某") == "negated"
    assert put(schema, "警方通报，王某已被抓获。", "警方", "ARRESTS", "王某") == "asserted"


def test_a_sentence_is_denied_where_its_punishment_is(schema: Schema) -> None:
    courts = "SENTENCED_BY", "江州法院"
    assert put(schema, "江州法院未对王某判处刑罚。", "王某", *courts) == "negated"
    assert put(schema, "江州法院没有认定王某有罪。", "王某", *courts) == "negated"
    assert put(schema, "江州法院不能认定王某系自首。", "王某", *courts) == "asserted"
    assert put(schema, "江州法院对王某不予从轻处罚。", "王某", *courts) == "asserted"


def test_to_have_no_control_is_to_get_past_it(schema: Schema) -> None:
    ends = "电话卡", "CIRCUMVENTS", "实名制"
    assert put(schema, "这批电话卡没有实名制。", *ends) == "asserted"
    assert put(schema, "这批电话卡无法绕过实名制。", *ends) == "negated"


def test_what_describes_the_counted_denies_no_figure(schema: Schema) -> None:
    text = "用户中没有电话卡的占七成。"
    assert put(schema, text, "七成", "MEASURES", "用户") == "asserted"
    assert put(schema, "用户没有七成。", "七成", "MEASURES", "用户") == "negated"


@pytest.mark.parametrize(
    ("text", "edge", "target", "denied"),
    [
        ("警方未抓获卡商赵某。", "HAS_ROLE", "卡商", False),
        ("警方未抓获卡商“赵某”。", "HAS_ROLE", "卡商", False),
        ("没有证据证明赵某是卡商。", "HAS_ROLE", "卡商", True),
        ("没有证据证明卡商是赵某。", "HAS_ROLE", "卡商", True),
        ("没有证据证明星河公司负责人赵某卖卡。", "CONTROLS", "星河公司", False),
        ("没有证据证明星河公司员工赵某卖卡。", "AFFILIATED_WITH", "星河公司", False),
        ("没有证据证明星河公司雇佣赵某。", "AFFILIATED_WITH", "星河公司", True),
    ],
)
def test_what_is_denied_of_somebody_is_not_denied_of_his_title(
    schema: Schema, text: str, edge: str, target: str, denied: bool
) -> None:
    assert (put(schema, text, "赵某", edge, target) == "negated") is denied


def test_who_did_not_tell_may_have_dealt(schema: Schema) -> None:
    text = "赵某向王某购买电话卡时并未告诉王某用途。"
    assert put(schema, text, "王某", "SUPPLIES", "赵某") != "negated"
    assert put(schema, "王某并未向赵某提供电话卡。", "王某", "SUPPLIES", "赵某") == "negated"


def test_a_confiscated_good_is_no_denial(schema: Schema) -> None:
    assert put(schema, "电话卡被罚没前用于诈骗。", "电话卡", "USED_FOR", "诈骗") == "asserted"


@pytest.mark.parametrize(
    "text", ["养号不算诈骗。", "养号不应认定为诈骗。", "养号不属诈骗。", "养号谈不上诈骗。"]
)
def test_what_is_not_to_be_called_so_is_denied(schema: Schema, text: str) -> None:
    assert put(schema, text, "养号", "IS_A", "诈骗") == "negated"


@pytest.mark.parametrize("verb", ["不倒卖", "不向王某出售", "否认向王某出售", "拒不承认曾卖过"])
def test_what_is_not_done_or_not_owned_up_to_is_denied(schema: Schema, verb: str) -> None:
    assert put(schema, f"王某被抓获。赵某{verb}电话卡。", "赵某", "SELLS", "电话卡") == "negated"


@pytest.mark.parametrize("verb", ["没有否认倒卖", "不断开发", "不法倒卖"])
def test_what_is_not_denied_stands(schema: Schema, verb: str) -> None:
    assert put(schema, f"王某被抓获。赵某{verb}电话卡。", "赵某", "SELLS", "电话卡") == "alleged"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("网传星河公司出售电话卡，系谣言。", "negated"),
        ("星河公司出售电话卡的说法不属实。", "negated"),
        ("星河公司出售电话卡一事纯属捏造。", "negated"),
        ("网传星河公司出售电话卡。", "asserted"),
        ("星河公司出售电话卡，又发布不实消息。", "asserted"),
        ("星河公司出售电话卡时发布的消息不实。", "asserted"),
    ],
)
def test_a_rumour_that_the_text_calls_untrue_is_denied(
    schema: Schema, text: str, expected: str
) -> None:
    assert put(schema, text, "星河公司", "SELLS", "电话卡") == expected


def test_a_ban_on_what_nobody_is_told_to_do_is_a_denial(schema: Schema) -> None:
    assert put(schema, "电话卡不得用于诈骗。", "电话卡", "USED_FOR", "诈骗") == "negated"
    assert put(schema, "用户不得使用猫池。", "用户", "USES", "猫池") == "prescriptive"


def test_what_the_frame_fixes_yields_only_to_a_denial(schema: Schema) -> None:
    fixed = Modality.PRESCRIPTIVE
    assert put(schema, "电话卡用于诈骗。", "电话卡", "USED_FOR", "诈骗", fixed) == fixed
    assert put(schema, "电话卡没有用于诈骗。", "电话卡", "USED_FOR", "诈骗", fixed) == "negated"


@pytest.mark.parametrize(
    "text",
    [
        "电话卡会不会用于诈骗？",
        "电话卡用于诈骗吗？",
        "电话卡为什么用于诈骗。",
        "网友调侃电话卡用于诈骗。",
    ],
)
def test_questions_and_jokes_claim_nothing(schema: Schema, text: str) -> None:
    document, mentions = read(text)
    stance = Stance(document, mentions, schema)
    assert not stance.speaks(document.sentences[0], mentions[0].start, mentions[-1].end)


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("电话卡用于诈骗，此事登上《你的卡在谁手里？》专栏。", True),
        ("电话卡用于诈骗，他却问“你们有证据吗？”，没有交代。", True),
        ("有人问“电话卡用于诈骗吗？”，没有回答。", False),
        ("《电话卡怎么就用于诈骗？》一文刊出。", False),
        ("他说：“电话卡用于诈骗。是谁干的？”", True),
    ],
)
def test_a_question_that_is_quoted_asks_nothing_beside_it(
    schema: Schema, text: str, *, speaks: bool
) -> None:
    document, mentions = read(text)
    stance = Stance(document, mentions, schema)
    said = stance.speaks(document.sentences[0], mentions[0].start, mentions[-1].end)
    assert said == speaks


def test_a_statement_claims_something(schema: Schema) -> None:
    document, mentions = read("非必要不要出售电话卡。")
    assert Stance(document, mentions, schema).speaks(document.sentences[0], 5, 10)


def test_what_is_taken_besides_is_nothing_to_come(schema: Schema) -> None:
    assert (
        put(schema, "星河公司还将自己的电话卡出售。", "星河公司", "SELLS", "电话卡") == "asserted"
    )
    assert put(schema, "星河公司还将出售电话卡。", "星河公司", "SELLS", "电话卡") == "hypothetical"


def test_a_word_that_begins_like_a_condition_is_none(schema: Schema) -> None:
    text = "卡商按统一的话术出售电话卡。"
    assert put(schema, text, "卡商", "SELLS", "电话卡") == "asserted"
    text = "如果说早年有人炫技，那么卡商出售电话卡。"
    assert put(schema, text, "卡商", "SELLS", "电话卡") == "asserted"
