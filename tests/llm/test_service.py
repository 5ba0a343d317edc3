"""A service that answers well, badly, slowly and not at all; what is kept; what it will cost."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KGError, ServiceError, UsageError
from kg.llm import LanguageModel, RefusedError, Service
from kg.llm.estimate import tokens
from kg.model import Document

from .conftest import Model, Reply

SAID = '{"mentions": [], "relations": []}'
Make = Callable[..., Document]


@pytest.fixture
def service(extract: LanguageModel) -> Service:
    return extract.service


def test_a_question_goes_to_the_chat_endpoint_with_the_model_and_both_messages(
    model: Model, service: Service
) -> None:
    model.first = [Reply(SAID)]
    assert service.ask("规则", "问题") == SAID
    [asked] = model.asked
    assert model.received[0].startswith("/v1/chat/completions\n")
    assert asked["model"] == "test-model"
    assert [(one["role"], one["content"]) for one in asked["messages"]] == [
        ("system", "规则"),
        ("user", "问题"),
    ]
    assert asked["temperature"] == 0


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_may_pass_is_tried_again(status: int, model: Model, service: Service) -> None:
    model.first = [Reply(status=status, body="later"), Reply(status=status), Reply(SAID)]
    assert service.ask("a", "b") == SAID
    assert len(model.asked) == 3


def test_what_does_not_pass_is_given_up_with_the_message_of_the_server(
    model: Model, service: Service
) -> None:
    busy = Reply(status=500, body='{"error": {"message": "out of\\nmemory"}}')
    model.first = [busy] * 5
    with pytest.raises(ServiceError, match=r"500 out of memory; asked 3 times"):
        service.ask("a", "b")
    assert len(model.asked) == 3


def test_the_server_may_say_how_long_to_wait(
    model: Model, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("kg.llm.service.time.sleep", waits.append)
    model.first = [
        Reply(status=429, headers={"Retry-After": "7"}),
        Reply(status=429, headers={"Retry-After": "99999"}),
        Reply(SAID),
    ]
    service.ask("a", "b")
    assert waits == [0, 7, 60]


def test_a_slow_answer_is_asked_for_again_and_then_given_up(model: Model, service: Service) -> None:
    never = threading.Event()
    model.first = [Reply(SAID, after=never), Reply(SAID, after=never)]
    slow = replace(service, timeout=0.2, tries=2)
    with pytest.raises(ServiceError, match=r"no answer within 0.2 seconds; asked 2 times"):
        slow.ask("a", "b")
    never.set()


def test_an_answer_that_comes_byte_by_byte_has_no_more_time(model: Model, service: Service) -> None:
    model.first = [Reply(body=" " * 40, pause=0.1)]
    with pytest.raises(ServiceError, match="no answer within 1 seconds; asked 1 times"):
        replace(service, timeout=1, tries=1).ask("a", "b")


def test_where_nothing_listens_is_said_at_once(service: Service) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        with pytest.raises(ServiceError, match="nothing answers there") as caught:
            replace(service, url=address, pause=60).ask("a", "b")
    assert caught.value.exit_code == 5


def test_a_text_that_the_service_refuses_is_no_failure_of_the_service(
    model: Model, service: Service
) -> None:
    model.first = [Reply(status=400, body='{"error": {"message": "内容不合规"}}')]
    with pytest.raises(RefusedError, match="400 内容不合规"):
        service.ask("a", "b")
    assert len(model.asked) == 1


def test_a_model_that_minds_a_temperature_is_asked_without(model: Model, service: Service) -> None:
    minds = '{"error": {"message": "Unsupported value", "param": "temperature"}}'
    model.first = [Reply(status=400, body=minds), Reply(SAID)]
    assert service.ask("a", "b") == SAID
    assert "temperature" not in model.asked[1]


@pytest.mark.parametrize(
    ("status", "advice"), [(401, "Set KG_LLM_KEY"), (403, "Set KG_LLM_KEY"), (404, "test-model")]
)
def test_no_entry_and_no_such_model_say_what_to_do(
    status: int, advice: str, model: Model, service: Service
) -> None:
    model.first = [Reply(status=status, body='{"error": "no"}')]
    with pytest.raises(ServiceError, match=advice):
        service.ask("a", "b")
    assert len(model.asked) == 1


@pytest.mark.parametrize("body", ["<html>", "[]", '{"choices": []}', '{"choices": 1}', "null",
                                  '{"choices": [{"message": {"content": null}}]}',
                                  "[" * 100_000])  # fmt: skip
def test_a_server_that_speaks_another_protocol_is_told_apart(
    body: str, model: Model, service: Service
) -> None:
    model.first = [Reply(body=body)]
    with pytest.raises(ServiceError, match="not as OpenAI's chat protocol"):
        service.ask("a", "b")


@pytest.mark.parametrize("status", [400, 404, 429])
def test_an_error_that_is_nested_too_deeply_is_still_that_error(
    status: int, model: Model, service: Service
) -> None:
    model.first = [Reply(body="[" * 100_000, status=status)] * 3
    with pytest.raises(KGError, match=str(status)):
        replace(service, tries=3).ask("a", "b")


@pytest.mark.parametrize("reason", ["content_filter", "length"])
def test_a_model_that_ends_without_a_word_refuses_this_text_only(
    reason: str, model: Model, service: Service
) -> None:
    said = {"message": {"role": "assistant", "content": None}, "finish_reason": reason}
    model.first = [Reply(body=json.dumps({"choices": [said]})), Reply(SAID)]
    with pytest.raises(RefusedError, match=reason):
        service.ask("a", "b")
    assert service.ask("a", "c") == SAID


def test_a_redirect_is_not_followed(model: Model, service: Service) -> None:
    model.first = [Reply(status=307, headers={"Location": f"{model.url}/elsewhere"})]
    with pytest.raises(ServiceError, match="307"):
        service.ask("a", "b")
    assert len(model.asked) == 1


def test_the_key_comes_from_the_environment_and_stands_in_no_message(
    model: Model, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_LLM_KEY", "secret-key\n")
    model.first = [Reply(status=401, body='{"error": {"message": "bad key secret-key"}}')]
    with pytest.raises(ServiceError) as caught:
        service.ask("a", "b")
    assert model.heads[0]["Authorization"] == "Bearer secret-key"
    assert "secret-key" not in str(caught.value)
    assert "***" in str(caught.value)


def test_the_key_of_openai_goes_to_its_own_address_only(
    model: Model, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "openai-key")
    model.first = [Reply(SAID), Reply(SAID)]
    service.ask("a", "b")
    assert "Authorization" not in model.heads[0]
    monkeypatch.setenv("OPENAI_BASE_URL", f"{model.url}/")
    service.ask("a", "b")
    assert model.heads[1]["Authorization"] == "Bearer openai-key"


def test_a_key_that_cannot_be_sent_is_not_printed(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_LLM_KEY", "密钥")
    with pytest.raises(UsageError) as caught:
        service.ask("a", "b")
    assert "密钥" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALL_PROXY", "socks://127.0.0.1:1"), ("SSL_CERT_FILE", "/no/such/file")],
)
def test_an_environment_that_lets_nothing_be_sent_is_no_fault_of_the_article(
    name: str, value: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ServiceError, match=rf"nothing can be sent there .*{name}"):
        service.ask("a", "b")


def test_a_body_that_does_not_unpack_is_asked_for_again(model: Model, service: Service) -> None:
    model.first = [Reply(body="no gzip", headers={"Content-Encoding": "gzip"}), Reply(SAID)]
    assert service.ask("a", "b") == SAID


@pytest.mark.parametrize("url", ["http://[::1/v1", "http://localhost:abc/v1", "http://x:99999/v1"])
def test_an_address_with_a_broken_host_or_port_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="no address of a model service"):
        Service(url, "m")


@pytest.mark.parametrize("url", ["", "localhost:11434", "ftp://x/v1", "http://", "https://k@x/v1"])
def test_an_address_that_is_none_or_holds_a_key_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        Service(url, "m")


def test_an_answer_is_asked_for_once(model: Model, extract: LanguageModel, document: Make) -> None:
    first = extract(document("卡商卖卡。"))
    assert extract(document("卡商卖卡。")) == first
    assert len(model.asked) == 1
    replace(extract, service=replace(extract.service, model="other"))(document("卡商卖卡。"))
    extract(document("号商卖卡。"))
    assert len(model.asked) == 3


def test_an_answer_that_was_cut_on_the_disk_is_asked_for_again(
    model: Model, extract: LanguageModel, document: Make
) -> None:
    first = extract(document("卡商卖卡。"))
    [kept] = (path for path in extract.cache.folder.rglob("*") if path.is_file())
    for cut in (b"", kept.read_bytes()[:-1]):
        kept.write_bytes(cut)
        assert extract.estimate([document("卡商卖卡。")]).requests == 1
        assert extract(document("卡商卖卡。")) == first
    assert len(model.asked) == 3


def test_a_cache_is_shared_whole_or_not_at_all(extract: LanguageModel, tmp_path: Path) -> None:
    cache = extract.cache
    assert cache.get("m", "a", "b") is None
    cache.put("说\r\n了", "m", "a", "b")
    assert cache.get("m", "a", "b") == "说\r\n了"
    assert cache.get("m", "ab", "") is None
    assert not list(cache.folder.rglob("*.part"))
    blocked = replace(cache, folder=tmp_path / "file")
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="--llm-cache"):
        blocked.put("x", "m", "a", "b")


def test_an_estimate_asks_nothing_and_knows_what_is_kept(
    model: Model, extract: LanguageModel, document: Make
) -> None:
    old, new = document("卡商卖卡。"), document("号商卖号。")
    extract(old)
    estimate = extract.estimate([old, new])
    assert len(model.asked) == 1
    assert (estimate.documents, estimate.requests, estimate.cached) == (2, 1, 1)
    extract(new)
    sent = sum(tokens(one["content"]) for one in model.asked[1]["messages"])
    assert estimate.prompt_tokens == sent
    assert estimate.price(1_000_000, 0) == sent
    assert estimate.completion_tokens > len("号商卖号。")
    assert json.loads(model.asked[1]["messages"][1]["content"]) == {"1": "号商卖号。"}
