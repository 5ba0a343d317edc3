from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings

from kg.model import Entity, Extraction, Graph, Level, Modality, Relation, Way, mention_rule
from kg.resolve import Decision, Verdict, together
from kg.resolve import resolve as resolve_with
from kg.resolve.decision import Subject, parse_subject
from kg.resolve.kinds import kinds_of
from kg.resolve.lexicon import Lexicon
from kg.resolve.names import is_short_for
from kg.resolve.reposts import origins
from kg.schema import load_schema
from kg.text import fold

from ..strategies import SCHEMA, Article, Fact, Named, article, collections

YAFEIDA = Named("Organization", "山东亚飞达信息科技股份有限公司")
SHORT = Named("Organization", "亚飞达公司")
OTHER = Named("Organization", "云南亚飞达贸易有限公司")
WANG = Named("Person", "王某", scoped=True)
CARD = Named("Good", "手机黑卡", level=Level.TYPE)
DEALER = Named("Role", "卡商", level=Level.TYPE)


def resolve(extractions: Iterable[Extraction], decisions: Sequence[Decision] = ()) -> Graph:
    return resolve_with(extractions, decisions, SCHEMA)


def named(graph: Graph, *names: str) -> list[Entity]:
    return [entity for entity in graph.entities if entity.name in names]


def only(graph: Graph, name: str) -> Entity:
    (entity,) = named(graph, name)
    return entity


def relation(graph: Graph) -> Relation:
    (found,) = graph.relations
    return found


# Inside a document


def test_a_defined_short_name_is_an_alias() -> None:
    graph = resolve([Article([Fact(SHORT, "SELLS", CARD)], links=[(YAFEIDA, SHORT)]).extraction()])
    entity = only(graph, YAFEIDA.text)
    assert entity.aliases == (SHORT.text,)
    assert len(entity.places) == 3


def test_a_short_form_that_its_own_document_leaves_open_is_no_firm_of_another_document() -> None:
    firm, short = Named("Organization", "扬州青桥集团有限公司"), Named("Organization", "青桥公司")
    trade, pay = (Named("Organization", f"扬州青桥{name}有限公司") for name in ("科技", "支付"))
    known = Article([Fact(short, "SELLS", CARD)], links=[(firm, short)])
    facts = [Fact(item, "SELLS", CARD) for item in (trade, pay, short)]
    graph = resolve([known.extraction(), article(*facts)])
    assert len(named(graph, firm.text, trade.text, pay.text, short.text)) == 4
    assert only(graph, firm.text).aliases == (short.text,)
    unite = Decision(Verdict.MERGE, (firm.text, f"{short.text}@{only_place(graph, short.text)}"))
    again = resolve([known.extraction(), article(*facts)], [unite])
    assert not named(again, short.text)


def only_place(graph: Graph, name: str) -> str:
    (place,) = only(graph, name).places
    return place.document


def test_a_firm_of_an_unknown_place_is_not_taken_for_one_of_a_known_place() -> None:
    here, there = (Named("Organization", f"{at}晨曦科技有限公司") for at in ("昆明", "云泽"))
    short = Named("Organization", "晨曦科技")
    texts = [
        article(Fact(firm, "SELLS", CARD), Fact(short, "SELLS", CARD)) for firm in (here, there)
    ]
    graph = resolve(texts)
    assert only(graph, here.text).aliases == (short.text,)
    assert len(named(graph, there.text, short.text)) == 2


@pytest.mark.parametrize("name", ["“7·08”专案", "“3·15”特大电信网络诈骗案", "0315专案"])
def test_a_case_that_is_called_by_its_day_is_one_of_its_document(name: str) -> None:
    case = Named("Case", name)
    graph = resolve([article(Fact(case, "INVOLVES", who)) for who in (CARD, DEALER)])
    assert len([entity for entity in graph.entities if entity.type == "Case"]) == 2
    subjects = tuple(item.id for item in graph.entities if item.type == "Case")
    merged = resolve(
        [article(Fact(case, "INVOLVES", who)) for who in (CARD, DEALER)],
        [Decision(Verdict.MERGE, subjects)],
    )
    assert len([entity for entity in merged.entities if entity.type == "Case"]) == 1


def test_a_case_with_its_place_is_one_in_all_documents() -> None:
    case = Named("Case", "扬州“7·08”专案")
    graph = resolve([article(Fact(case, "INVOLVES", who)) for who in (CARD, DEALER)])
    assert len([entity for entity in graph.entities if entity.type == "Case"]) == 1


@pytest.mark.parametrize("type_", ["Report", "Law"])
def test_a_report_that_is_called_only_that_is_one_of_its_document(type_: str) -> None:
    report = Named(type_, "《报告》")
    texts = [
        article(Fact(Named("Organization", who), "USES", report)) for who in ("甲地网", "乙地网")
    ]
    assert len([entity for entity in resolve(texts).entities if entity.type == type_]) == 2


def test_a_short_form_joins_the_only_full_form_of_its_document() -> None:
    graph = resolve([article(Fact(SHORT, "SELLS", CARD), Fact(YAFEIDA, "SUPPLIES", DEALER))])
    assert len(graph.entities) == 3
    assert only(graph, YAFEIDA.text).aliases == (SHORT.text,)


def test_a_short_form_with_two_full_forms_stays_alone() -> None:
    facts = [Fact(who, "SELLS", CARD) for who in (SHORT, YAFEIDA, OTHER)]
    graph = resolve([article(*facts)])
    assert len(named(graph, SHORT.text, YAFEIDA.text, OTHER.text)) == 3


def test_a_short_form_is_compared_with_those_alone_that_it_may_stand_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0

    def counted(type_: str, short: str, full: str, lexicon: Lexicon) -> bool:
        nonlocal asked
        asked += 1
        return is_short_for(type_, short, full, lexicon)

    monkeypatch.setattr(together, "is_short_for", counted)
    cores = [f"青{one}{other}" for one in "桥鹭禾石" for other in "东西南北中"]
    firms = [Named("Organization", f"江州{core}科技有限公司") for core in cores]
    shorts = [Named("Organization", f"{core}公司") for core in cores]
    graph = resolve([article(*(Fact(who, "SELLS", CARD) for who in (*firms, *shorts)))])
    assert len([entity for entity in graph.entities if entity.type == "Organization"]) == len(cores)
    assert asked == len(cores)


def test_quotation_marks_make_no_other_name() -> None:
    studio = Named("Group", "“黑兔子”工作室")
    graph = resolve(
        [article(Fact(studio, "SELLS", CARD), Fact(Named("Group", "黑兔子工作室"), "SELLS", CARD))]
    )
    assert only(graph, "黑兔子工作室").aliases == ("“黑兔子”工作室",)


def test_the_canonical_form_of_a_term_is_the_name_and_what_is_printed_an_alias() -> None:
    slang = Named("Role", "卡贩子", level=Level.TYPE, name="卡商")
    graph = resolve([article(Fact(slang, "SELLS", CARD))])
    assert only(graph, "卡商").aliases == ("卡贩子",)


def test_what_stands_for_a_name_is_no_alias() -> None:
    bureau = Named("Agency", "江州市公安局")
    police = Named("Agency", "警方", name=bureau.text)
    extraction = article(Fact(bureau, "SEIZES", CARD), Fact(police, "ARRESTS", WANG))
    mentions = tuple(
        replace(m, rule="nodes/Agency.yaml#anaphor") if m.text == "警方" else m
        for m in extraction.mentions
    )
    graph = resolve([replace(extraction, mentions=mentions)])
    assert only(graph, bureau.text).aliases == ()
    assert {r.subject for r in graph.relations} == {only(graph, bureau.text).id}


def test_sister_types_of_one_name_are_one_entity() -> None:
    service, platform = Named("Service", "接码平台"), Named("Platform", "接码平台")
    graph = resolve([article(Fact(DEALER, "SELLS", service), Fact(platform, "LEADS_TO", CARD))])
    assert only(graph, "接码平台").type == "Service"  # SELLS has no platform as its object


def test_an_end_of_an_edge_allows_what_its_own_side_does_unless_it_has_no_direction() -> None:
    kinds = kinds_of(SCHEMA)
    assert kinds.allow([("SELLS", "subject")], "Role")
    assert kinds.allow([("SELLS", "object")], "Good")
    assert not kinds.allow([("SELLS", "subject")], "Good")
    assert not kinds.allow([("SELLS", "object")], "Role")
    assert kinds.allow([("COLLUDES_WITH", "subject"), ("COLLUDES_WITH", "object")], "Person")
    assert kinds.allow([("UNHEARD_OF", "subject")], "Good")


def test_a_price_and_a_statistic_that_read_alike_are_two() -> None:
    price, total = (Named(kind, "11元", scoped=True) for kind in ("Price", "Statistic"))
    graph = resolve([article(Fact(CARD, "LEADS_TO", price), Fact(CARD, "LEADS_TO", total))])
    assert len(named(graph, "11元")) == 2


def test_a_person_does_not_become_the_role_that_a_link_gives_him() -> None:
    graph = resolve(
        [Article([Fact(WANG, "HAS_ROLE", DEALER)], links=[(WANG, DEALER)]).extraction()]
    )
    assert len(graph.entities) == 2


def test_two_people_with_one_masked_name_and_two_titles_are_not_taken_for_one() -> None:
    accused, witness = (Named("Person", f"{t}王某", scoped=True) for t in ("被告人", "证人"))
    facts = [Fact(who, "SELLS", CARD) for who in (WANG, accused, witness)]
    assert len(resolve([article(*facts)]).entities) == 4
    assert only(resolve([article(*facts[:2])]), "王某").aliases == ("被告人王某",)


def test_somebody_is_not_named_by_what_he_is_called_besides() -> None:
    nickname = Named("Person", "飞天老鹰", scoped=True)
    facts = [Fact(WANG, "SELLS", CARD), *[Fact(nickname, "SELLS", CARD)] * 3]
    extraction = Article(facts, links=[(nickname, WANG)]).extraction()
    introduced = tuple(
        replace(m, rule=mention_rule("alias", Way.INTRODUCED)) if m.name == nickname.text else m
        for m in extraction.mentions
    )
    person = only(resolve([replace(extraction, mentions=introduced)]), "王某")
    assert person.aliases == ("飞天老鹰",)


def test_one_person_with_two_titles_of_one_side_is_one() -> None:
    suspect, accused = (Named("Person", f"{t}王某", scoped=True) for t in ("嫌疑人", "被告人"))
    facts = [Fact(who, "SELLS", CARD) for who in (suspect, WANG, accused)]
    assert len(only(resolve([article(*facts)]), "王某").places) == 3


def test_a_number_makes_no_other_thing_where_only_one_is_in_the_text() -> None:
    den, six, two = (Named("Group", name) for name in ("犯罪窝点", "6个犯罪窝点", "2个犯罪窝点"))
    facts = [Fact(who, "SELLS", CARD) for who in (den, six, two)]
    assert only(resolve([article(*facts[:2])]), "犯罪窝点").aliases == ("6个犯罪窝点",)
    assert len(resolve([article(*facts)]).entities) == 4


def test_as_many_accused_are_one_in_their_document() -> None:
    names = ("31名犯罪嫌疑人", "犯罪嫌疑人31人", "31名被害人", "5名犯罪嫌疑人")
    graph = resolve([article(*(Fact(Named("Person", name), "SELLS", CARD) for name in names))])
    people = sorted(len(entity.aliases) for entity in graph.entities if entity.type == "Person")
    assert people == [0, 0, 1]


def test_properties_with_two_values_have_both() -> None:
    facts = [
        Fact(DEALER, "SELLS", CARD, attrs=(("quantity", "3张"),)),
        Fact(DEALER, "SELLS", CARD, attrs=(("quantity", "5张"), ("price", "11元"))),
    ]
    assert relation(resolve([article(*facts)])).attrs == {"price": "11元", "quantity": "3张；5张"}


# Claims


def test_a_claim_about_itself_is_dropped() -> None:
    graph = resolve([article(Fact(SHORT, "SUPPLIES", YAFEIDA))])
    assert graph.relations == ()
    assert [entity.name for entity in graph.entities] == [YAFEIDA.text]


def test_a_relation_without_direction_is_one_both_ways() -> None:
    graph = resolve(
        [article(Fact(WANG, "COLLUDES_WITH", DEALER), Fact(DEALER, "COLLUDES_WITH", WANG))]
    )
    assert len(relation(graph).evidence) == 2


def test_a_negated_claim_is_no_edge() -> None:
    graph = resolve([article(Fact(WANG, "SELLS", CARD, Modality.NEGATED))])
    assert not graph.relations
    assert len(graph.negated) == 1
    assert len(graph.entities) == 2


def test_each_modality_is_a_relation_of_its_own() -> None:
    facts = [Fact(WANG, "SELLS", CARD, modality) for modality in Modality]
    graph = resolve([article(*facts)])
    assert {item.modality for item in graph.relations} == set(Modality) - {Modality.NEGATED}


def test_an_entity_without_relation_stays_only_where_a_mention_is_sure() -> None:
    for confidence, found in [(0.9, 1), (0.5, 1), (0.3, 0)]:
        dealer = replace(DEALER, confidence=confidence)
        graph = resolve([Article([Fact(WANG, "SELLS", CARD)], also=[dealer]).extraction()])
        assert len(named(graph, "卡商")) == found


def test_a_form_with_half_a_pair_of_quotation_marks_is_no_alias() -> None:
    forms = [Named("Good", name, level=Level.TYPE) for name in ("“微信号", "微信号", "“微信”号")]
    graph = resolve([article(*(Fact(DEALER, "SELLS", form) for form in forms))])
    assert only(graph, "微信号").aliases == ("“微信”号",)


# Across documents


def test_one_name_is_one_entity_in_all_documents() -> None:
    graph = resolve(article(Fact(DEALER, "SELLS", CARD), opening=text) for text in ("昨日", "今天"))
    assert len(graph.entities) == 2
    assert len(relation(graph).evidence) == 2
    oracle = Fact(Named("Organization", "甲骨文公司"), "SELLS", CARD)
    graph = resolve(article(oracle, opening=text) for text in ("昨日", "今天"))
    assert len(named(graph, "甲骨文公司")) == 1


def test_masked_people_never_merge_across_documents() -> None:
    graph = resolve(article(Fact(WANG, "SELLS", CARD), opening=text) for text in ("昨日", "今天"))
    assert len(named(graph, "王某")) == 2


def test_what_has_no_name_never_merges_across_documents_even_where_nobody_scoped_it() -> None:
    unnamed = [("Organization", name) for name in ("一家网络科技公司", "A公司", "甲公司")]
    for who in itertools.starmap(Named, [*unnamed, ("Agency", "B市人民法院"), ("Person", "王某")]):
        facts = Fact(who, "SELLS", CARD)
        graph = resolve(article(facts, opening=text) for text in ("昨日", "今天"))
        assert len(named(graph, who.text)) == 2


def test_a_name_that_says_only_what_kind_is_meant_holds_in_its_document() -> None:
    for type_, name in (("Law", "《解释》"), ("Agency", "专案组")):
        fact = Fact(Named(type_, name), "SELLS", CARD)
        graph = resolve(article(fact, opening=text) for text in ("昨日", "今天"))
        assert len(named(graph, name.strip("《》"))) == 2


def test_a_firm_or_agency_of_which_only_the_kind_is_said_holds_in_its_document() -> None:
    firms = ("分公司", "全资子公司", "上市公司", "话务公司", "通讯店", "工作室", "律师事务所")
    agencies = ("市公安局", "县反诈中心", "当地派出所")
    several = [
        *(("Organization", name) for name in firms),
        *(("Agency", name) for name in agencies),
    ]
    for type_, name in several:
        fact = Fact(Named(type_, name), "SELLS", CARD)
        graph = resolve(article(fact, opening=text) for text in ("昨日", "今天"))
        assert len(named(graph, name)) == 2


@pytest.mark.parametrize(
    "name",
    ["《解释》第六条", "意见第11条", "第十条", "本法第二百三十四条", "《解释（二）》", "本解释"],
)
def test_what_is_cited_of_a_law_that_is_not_named_is_of_the_law_of_its_document(name: str) -> None:
    texts = [
        article(Fact(DEALER, "LEADS_TO", Named("Law", name)), opening=text)
        for text in ("昨日", "今天")
    ]
    assert len([e for e in resolve(texts).entities if e.type == "Law"]) == 2


def test_a_law_is_one_with_its_issuer_in_front_and_without() -> None:
    bare, court, police = (
        Named("Law", f"《{issuer}关于审理号卡案件的意见》")
        for issuer in ("", "最高人民法院", "公安部")
    )

    def laws(*texts: tuple[Named, ...]) -> int:
        articles = [article(*(Fact(DEALER, "LEADS_TO", law) for law in of)) for of in texts]
        graph = resolve_with(articles, [], load_schema())
        return len([entity for entity in graph.entities if entity.type == "Law"])

    assert laws((bare, court)) == 1
    assert laws((bare, court), (bare,)) == 1
    assert laws((bare, court, police)) == 3
    assert laws((bare, court), (bare, police), (bare,)) == 3


def test_what_is_cited_of_a_named_law_is_one_in_all_documents() -> None:
    for name in ("刑法第六条", "《号卡管理办法》第十条", "刑法修正案（二）"):
        fact = Fact(DEALER, "LEADS_TO", Named("Law", name))
        graph = resolve(article(fact, opening=text) for text in ("昨日", "今天"))
        assert len([e for e in graph.entities if e.type == "Law"]) == 1


@pytest.mark.parametrize(
    ("kind", "level"), [("证券公司", Level.INSTANCE), ("航空公司", Level.TYPE)]
)
def test_a_kind_of_firm_is_not_the_firm_that_another_document_calls_so_for_short(
    kind: str, level: Level
) -> None:
    full, short = (Named("Organization", name) for name in (f"青桥省{kind}股份有限公司", kind))
    defines = Article([Fact(full, "SELLS", CARD)], links=[(full, short)]).extraction()
    elsewhere = article(Fact(Named("Organization", kind, level=level), "SUPPLIES", DEALER))
    assert len(named(resolve([defines, elsewhere]), full.text, kind)) == 2


def test_a_named_firm_or_agency_is_one_in_all_documents() -> None:
    firms = ("移动公司", "青鹭通信公司", "六六集团", "江州银行", "江州分公司")
    agencies = ("市场监管总局", "江州市公安局", "青桥派出所")
    several = [
        *(("Organization", name) for name in firms),
        *(("Agency", name) for name in agencies),
    ]
    for type_, name in several:
        fact = Fact(Named(type_, name), "SELLS", CARD)
        graph = resolve(article(fact, opening=text) for text in ("昨日", "今天"))
        assert len(named(graph, name)) == 1


def test_a_short_name_means_the_company_that_other_documents_say() -> None:
    defines = Article([Fact(YAFEIDA, "SELLS", CARD)], links=[(YAFEIDA, SHORT)]).extraction()
    uses = article(Fact(SHORT, "SUPPLIES", DEALER))
    graph = resolve([defines, uses])
    assert len(only(graph, YAFEIDA.text).places) == 4
    assert len(graph.relations) == 2


def test_a_branch_has_the_name_of_its_company_in_its_document_only() -> None:
    branch, company = (Named("Organization", f"青鹭通信{part}") for part in ("江州分公司", ""))
    here = Article([Fact(branch, "SELLS", CARD)], links=[(branch, company)]).extraction()
    graph = resolve([here, article(Fact(company, "SUPPLIES", DEALER))])
    assert only(graph, branch.text).aliases == (company.text,)
    assert len(named(graph, branch.text, company.text)) == 2


def test_a_short_name_of_two_companies_means_neither_elsewhere() -> None:
    graph = resolve(
        [
            Article([Fact(YAFEIDA, "SELLS", CARD)], links=[(YAFEIDA, SHORT)]).extraction(),
            Article([Fact(OTHER, "SELLS", CARD)], links=[(OTHER, SHORT)]).extraction(),
            article(Fact(SHORT, "SUPPLIES", DEALER)),
        ]
    )
    assert len(named(graph, YAFEIDA.text, OTHER.text, SHORT.text)) == 3


def test_a_court_that_two_documents_call_by_its_district_is_that_of_each_city() -> None:
    short = Named("Agency", "青桥法院")
    courts = [Named("Agency", f"{city}青桥区人民法院") for city in ("昆明市", "海州市")]
    graph = resolve(
        article(Fact(court, "INVESTIGATES", WANG), Fact(short, "INVESTIGATES", CARD))
        for court in courts
    )
    assert {entity.aliases for entity in named(graph, *(c.text for c in courts))} == {(short.text,)}
    assert not named(graph, short.text)


def test_a_part_of_the_police_is_one_under_three_names() -> None:
    names = ("昆明市公安局五华分局", "昆明市五华区公安分局", "五华公安分局")
    facts = [Fact(Named("Agency", name), "INVESTIGATES", CARD) for name in names]
    assert len(named(resolve([article(*facts)]), *names)) == 1


def test_initials_of_a_company_mean_it_only_where_the_text_says_so() -> None:
    initials = Named("Organization", "YF")
    defines = Article([Fact(YAFEIDA, "SELLS", CARD)], links=[(YAFEIDA, initials)]).extraction()
    graph = resolve([defines, article(Fact(initials, "SUPPLIES", DEALER))])
    assert only(graph, YAFEIDA.text).aliases == (initials.text,)
    assert len(named(graph, initials.text)) == 1


def test_an_agency_short_form_that_was_inferred_holds_in_its_document_only() -> None:
    squad, full = Named("Agency", "网安支队"), Named("Agency", "昆明市公安局网安支队")
    here = article(Fact(squad, "INVESTIGATES", WANG), Fact(full, "INVESTIGATES", DEALER))
    elsewhere = article(Fact(squad, "INVESTIGATES", CARD))
    assert len(named(resolve([here, elsewhere]), squad.text, full.text)) == 2
    assert len(named(resolve([here]), squad.text, full.text)) == 1


# Origins

STORY = "".join(
    f"第{n}名嫌疑人在{place}租房，用{tool}接收验证码，再卖给{buyer}。"
    for n, (place, tool, buyer) in enumerate(
        [("昆明", "猫池", "号商"), ("大理", "卡池", "水军"), ("曲靖", "群控软件", "打粉团队"),
         ("玉溪", "旧手机", "网店"), ("保山", "语音网关", "境外团伙"), ("昭通", "软件", "同伙")]
    )
)  # fmt: skip


def test_reposts_count_as_one_origin() -> None:
    fact = Fact(DEALER, "SELLS", CARD, confidence=0.5)
    texts = [STORY, "转载：" + STORY.replace("租房", "租屋"), "编者按。" * 9 + STORY]
    found = relation(resolve(article(fact, opening=text) for text in texts))
    assert len(found.evidence) == 3
    assert (found.origins, found.confidence) == (1, 0.5)


ELSEWHERE = [
    "江州警方昨日通报近期侦办的一起案件", "据介绍该平台以充值返利为名吸引大批用户",
    "被害人报案后资金已流向境外账户", "办案人员提醒公众切勿出借身份证件",
    "目前已有多名成员到案并作出供述", "涉案设备均被依法扣押等待进一步鉴定",
    "检察机关随后提前介入引导取证工作", "相关企业表示将全面配合并整改漏洞",
]  # fmt: skip


def test_texts_are_of_one_origin_where_most_is_common_or_one_lies_in_the_other() -> None:
    sentences = STORY.split("。")[:6]
    most = "。".join([*sentences[:4], *ELSEWHERE[:2]])
    assert origins({"a": STORY, "b": most}) == {"a": "a", "b": "a"}
    part = "。".join(sentences[:3])
    longer = "。".join([*ELSEWHERE, part])
    assert origins({"a": part, "b": longer}) == {"a": "a", "b": "a"}
    half = "。".join([*sentences[:3], *ELSEWHERE[:3]])
    assert origins({"a": STORY, "b": half}) == {"a": "a", "b": "b"}


def test_independent_documents_count_each_and_raise_the_confidence() -> None:
    fact = Fact(DEALER, "SELLS", CARD, confidence=0.5)
    other = (
        "检察机关指控，该平台以充值返利为名吸引用户注册，骗取保证金后关闭服务器，涉案资金流向境外账户。"
        * 2
    )
    found = relation(resolve([article(fact, opening=STORY), article(fact, opening=other)]))
    assert (found.origins, found.confidence) == (2, 0.75)


def test_identical_evidence_counts_once() -> None:
    item = article(Fact(DEALER, "SELLS", CARD))
    twice = replace(item, claims=item.claims * 2)
    assert len(relation(resolve([twice])).evidence) == 1


def test_a_sentence_that_says_it_of_two_mentions_is_one_piece_of_evidence() -> None:
    item = article(Fact(DEALER, "SELLS", CARD, confidence=0.4))
    (claim,) = item.claims
    surer = replace(claim, confidence=0.7, rule="surer", attrs={"price": "50元"})
    here = replace(item, claims=(replace(claim, attrs={"quantity": "3张"}), surer))
    (evidence,) = relation(resolve([here])).evidence
    assert (evidence.confidence, evidence.rule) == (0.7, "surer")
    assert evidence.attrs == {"price": "50元", "quantity": "3张"}


def test_the_surest_sentence_stands_first() -> None:
    facts = [Fact(DEALER, "SELLS", CARD, confidence=one) for one in (0.3, 0.8, 0.5)]
    found = relation(resolve([article(*facts)])).evidence
    assert [one.confidence for one in found] == [0.8, 0.5, 0.3]


# Decisions


def decision(verdict: str, *subjects: str) -> Decision:
    return Decision(Verdict(verdict), subjects, "分析员", "2024-01-01", "核对过")


def two_wangs() -> list[Extraction]:
    return [article(Fact(WANG, "SELLS", CARD), opening=text) for text in ("昨日", "今天")]


def test_a_merge_makes_one_entity_even_of_masked_people_and_keeps_the_first_id() -> None:
    first, second = named(resolve(two_wangs()), "王某")
    graph = resolve(two_wangs(), [decision("merge", second.id, first.id)])
    assert only(graph, "王某").id == second.id
    assert len(only(graph, "王某").places) == 2


def test_a_merge_by_name_and_document_names_one_of_several() -> None:
    extractions = two_wangs()
    subjects = [f"Person:王某@{item.document.id}" for item in extractions]
    assert len(named(resolve(extractions, [decision("merge", *subjects)]), "王某")) == 1


def test_what_stands_behind_an_at_sign_is_a_document_only_where_it_looks_like_one() -> None:
    document = "d" + "abcdefghijklmnop"
    assert parse_subject(f"Person:王某@{document}").document == document
    for name in ("王某@abcdefghijklmnopq", f"王某@{document}q", f"@{document}"):
        assert parse_subject(name).document == ""


def test_a_subject_means_its_name_and_the_type_and_document_that_it_tells() -> None:
    document = "d" + "abcdefghijklmnop"
    uses = [
        ("王某", "Person", document), ("王某", "Person", "elsewhere"),
        ("王某", "Role", document), ("李某", "Person", document),
    ]  # fmt: skip
    meant = {
        text: [use for use in uses if parse_subject(text).matches(*use)]
        for text in ("王某", "Person:王某", f"王某@{document}", f"Person:王某@{document}")
    }
    assert list(meant.values()) == [uses[:3], uses[:2], [uses[0], uses[2]], uses[:1]]


def test_a_rejection_is_held_against_entities_of_its_name_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0
    matches = Subject.matches

    def counted(self: Subject, name: str, type_: str, document: str) -> bool:
        nonlocal asked
        asked += 1
        return matches(self, name, type_, document)

    goods = [Named("Good", f"{kind}黑卡", level=Level.TYPE) for kind in "甲乙丙丁戊己庚辛"]
    item = article(*(Fact(DEALER, "SELLS", good) for good in goods))
    rejections = [decision("reject", f"Good:{good.text}") for good in goods[1:]]
    monkeypatch.setattr(Subject, "matches", counted)
    assert {entity.name for entity in resolve([item], rejections).entities} == {
        DEALER.text,
        goods[0].text,
    }
    assert asked < 3 * len(goods)


def test_a_merge_keeps_the_name_of_its_first_subject() -> None:
    nick = Named("Person", "阿强", scoped=True)
    item = article(Fact(WANG, "SELLS", CARD), Fact(nick, "SELLS", CARD))
    graph = resolve([item], [decision("merge", "王某", "阿强")])
    assert only(graph, "王某").aliases == ("阿强",)


def test_a_split_takes_an_inferred_merge_back() -> None:
    item = article(Fact(SHORT, "SELLS", CARD), Fact(YAFEIDA, "SUPPLIES", DEALER))
    merged = only(resolve([item]), YAFEIDA.text)
    for subjects in [(SHORT.text, YAFEIDA.text), (merged.id,)]:
        graph = resolve([item], [decision("split", *subjects)])
        assert len(named(graph, SHORT.text, YAFEIDA.text)) == 2


def test_a_split_parts_one_name_of_two_documents() -> None:
    person = Named("Person", "李强")
    extractions = [article(Fact(person, "SELLS", CARD), opening=text) for text in ("昨日", "今天")]
    subjects = [f"李强@{item.document.id}" for item in extractions]
    graph = resolve(extractions, [decision("split", *subjects)])
    assert len(named(graph, "李强")) == 2


def test_the_parts_of_a_split_have_ids_of_their_own() -> None:
    person = Named("Person", "李强")
    texts = ("昨日", "今天", "日前")
    extractions = [article(Fact(person, "SELLS", CARD), opening=text) for text in texts]
    subjects = [f"李强@{item.document.id}" for item in extractions]
    graph = resolve(extractions, [decision("split", *subjects)])
    assert len({entity.id for entity in named(graph, "李强")}) == 3


def test_what_a_split_parts_no_third_name_brings_together_again() -> None:
    facts = [Fact(who, "SELLS", CARD) for who in (SHORT, YAFEIDA, OTHER)]
    links = [(SHORT, YAFEIDA), (SHORT, OTHER)]
    item = Article(facts, links=links).extraction()
    assert len(named(resolve([item]), SHORT.text, YAFEIDA.text, OTHER.text)) == 1
    graph = resolve([item], [decision("split", YAFEIDA.text, OTHER.text)])
    assert len(named(graph, YAFEIDA.text, OTHER.text)) == 2


def test_of_a_merge_and_a_split_the_later_one_holds() -> None:
    extractions = two_wangs()
    subjects = [f"王某@{item.document.id}" for item in extractions]
    merge, split = decision("merge", *subjects), decision("split", *subjects)
    assert len(named(resolve(extractions, [split, merge]), "王某")) == 1
    assert len(named(resolve(extractions, [merge, split]), "王某")) == 2


def test_a_rejected_entity_is_gone_with_its_relations() -> None:
    graph = resolve(two_wangs(), [decision("reject", "王某")])
    assert graph.relations == ()
    assert [entity.name for entity in graph.entities] == [CARD.text]


def test_a_rejected_relation_is_gone_alone() -> None:
    item = article(Fact(WANG, "SELLS", CARD), Fact(DEALER, "SELLS", CARD))
    first, second = resolve([item]).relations
    assert resolve([item], [decision("reject", first.id)]).relations == (second,)


def test_a_decision_about_what_is_not_there_is_passed_over() -> None:
    decisions = [decision(verdict, "无名氏", "eaaaa") for verdict in Verdict]
    assert resolve(two_wangs(), decisions) == resolve(two_wangs())
    merge = decision("merge", *(f"王某@{item.document.id}" for item in two_wangs()))
    assert len(named(resolve(two_wangs(), [merge, *decisions]), "王某")) == 1


@settings(max_examples=60)
@given(collections)
def test_the_name_is_a_form_that_stands_in_the_documents(extractions: list[Extraction]) -> None:
    graph = resolve(extractions)
    texts = {document.id: fold(document.text) for document in graph.documents}
    for entity in graph.entities:
        assert any(fold(entity.name) in texts[place.document] for place in entity.places)


def test_many_copies_of_a_text_are_not_each_compared_with_each() -> None:
    text = "".join(chr(0x4E00 + 37 * at % 2003) for at in range(600))
    texts = {f"d{at:04}": f"{text}{at}" for at in range(1500)}
    begun = time.process_time()
    assert set(origins(texts).values()) == {"d0000"}
    assert time.process_time() - begun < 8  # each with each: 20
