"""One question to a service that speaks OpenAI's chat protocol, and what its errors mean.

httpx, not urllib: it follows no redirect, so that neither a text nor a key ends up with another
host, and tells a refused connection from a slow answer. Only what every such service takes is
sent: some refuse `response_format`, some a temperature.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import KGError, ServiceError, UsageError

if TYPE_CHECKING:
    from httpx import Response

_PASSING = frozenset({408, 409, 425, 429, *range(500, 600)})
_ABOUT_THE_TEXT = frozenset({400, 413, 422})
_LONGEST_WAIT = 60.0
_CONNECT = 10.0
_OTHER_JSON = (ValueError, LookupError, TypeError, RecursionError)
"""What is raised where the body of a response is not the JSON that is looked for."""


class RefusedError(KGError):
    """The service does not take this one text (too long, or its filter minds the content)."""


@dataclass(frozen=True, slots=True)
class Service:
    """Where a model answers. `url` ends before `/chat/completions`; times are in seconds.

    What may pass (too many requests, errors of the server, no answer in time) is tried again,
    `tries` times in all, first after `pause`, then after twice as long each time, or when the
    server says. The key is read from the environment at each call and never kept.
    """

    url: str
    model: str
    timeout: float = 300.0
    tries: int = 5
    pause: float = 1.0

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:  # brackets without an end, a port that is no number
            fits = False
        if not fits:
            raise UsageError(
                f"{self.url!r} is no address of a model service. It looks like "
                "http://localhost:11434/v1 (Ollama) or https://api.openai.com/v1"
            )
        if "@" in parts.netloc:
            raise UsageError("no key in the address, where others can read it: set KG_LLM_KEY.")

    def ask(self, instructions: str, question: str) -> str:
        """What the model says.

        Raises ServiceError where no answer can be had, RefusedError where none can be had for
        this text, and UsageError where httpx is not installed.
        """
        body: dict[str, object] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": question},
            ],
            "temperature": 0,
        }
        problem, wait = "", 0.0
        for turn in range(self.tries):
            time.sleep(wait)
            answered = self._post(body)
            if isinstance(answered, str):
                problem, wait = answered, self.pause * 2**turn
            elif answered.status_code in _PASSING:
                problem = _said(answered)
                wait = max(self.pause * 2**turn, _asked_to_wait(answered))
            elif _minds_temperature(answered) and "temperature" in body:
                del body["temperature"]
                problem, wait = _said(answered), 0.0
            else:
                return self._content(answered)
        raise ServiceError(
            f"{self.url}: {problem}; asked {self.tries} times. Run the command again later: what "
            "was answered is kept."
        )

    def _post(self, body: dict[str, object]) -> Response | str:
        """The response, or what went wrong where trying again may help."""
        try:
            import httpx
        except ImportError:
            raise UsageError("httpx is not installed: pip install 'fraudchain-kg[llm]'") from None
        key = key_for(self.url)
        try:
            with httpx.stream(
                "POST",
                f"{self.url.rstrip('/')}/chat/completions",
                json=body,
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=httpx.Timeout(self.timeout, connect=_CONNECT),
            ) as response:
                return self._whole(response)
        except httpx.TimeoutException:
            return f"no answer within {self.timeout:g} seconds"
        except httpx.ConnectError as error:
            raise ServiceError(
                f"{self.url}: nothing answers there ({error}). Does the service run, and is the "
                "address right? Ollama's is http://localhost:11434/v1"
            ) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            return f"the connection broke ({error})"
        except (httpx.InvalidURL, ImportError, OSError, ValueError) as error:
            raise ServiceError(
                f"{self.url}: nothing can be sent there ({error}). Is the address right, and are "
                "the proxy (ALL_PROXY, HTTP_PROXY, HTTPS_PROXY) and the certificates "
                "(SSL_CERT_FILE) of the environment? A service on this machine needs neither: "
                "unset them."
            ) from error

    def _whole(self, response: Response) -> Response:
        """The response with its body. httpx bounds the wait for each piece of it only, and some
        gateways send blanks for as long as the model thinks. Raises httpx.ReadTimeout."""
        import httpx

        until = time.monotonic() + self.timeout
        pieces = []
        for piece in response.iter_raw():
            if time.monotonic() > until:
                raise httpx.ReadTimeout("too slow")
            pieces.append(piece)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            content=b"".join(pieces),
            request=response.request,
        )

    def _content(self, response: Response) -> str:
        status = response.status_code
        if status in _ABOUT_THE_TEXT:
            raise RefusedError(f"{self.model} does not take this text: {_said(response)}")
        if status in (401, 403):
            raise ServiceError(f"{self.url}: no entry ({_said(response)}). Set KG_LLM_KEY.")
        if status != 200:
            raise ServiceError(
                f"{self.url}: {_said(response)}. Does the address end before /chat/completions "
                f"(as in http://localhost:11434/v1), and is there a model {self.model}?"
            )
        try:
            choice = response.json()["choices"][0]
            content = choice["message"]["content"]
            ended = choice.get("finish_reason") if content is None else None
        except _OTHER_JSON:
            content = ended = None
        if isinstance(ended, str):  # a filter, or thoughts that took all tokens
            raise RefusedError(f"{self.model} says nothing about this text ({ended})")
        if not isinstance(content, str):
            raise ServiceError(
                f"{self.url}: answers, but not as OpenAI's chat protocol has it. Is it the address "
                "of a model service?"
            )
        return content.encode("utf-8", "replace").decode()  # a lone surrogate cannot be kept


def key_for(url: str) -> str:
    """The key for a service, empty where there is none.

    KG_LLM_KEY goes to whatever address the user names, OPENAI_API_KEY only to OpenAI's own and
    to that of OPENAI_BASE_URL. Raises UsageError for one that cannot be sent.
    """
    key = os.environ.get("KG_LLM_KEY", "").strip()
    known = ("https://api.openai.com/v1", os.environ.get("OPENAI_BASE_URL", ""))
    if not key and url.rstrip("/") in {address.rstrip("/") for address in known}:
        key = os.environ.get("OPENAI_API_KEY", "").strip()
    if not (key.isascii() and key.isprintable()):
        raise UsageError("the key of the model service holds a character that no key has.")
    return key


def _said(response: Response) -> str:
    """Status and message of an error, in one short line that holds no key."""
    try:
        text = str(response.json()["error"]["message"])
    except _OTHER_JSON:
        text = response.text
    key = response.request.headers.get("Authorization", "").removeprefix("Bearer ")
    if key:
        text = text.replace(key, "***")
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return f"{response.status_code} {line[:200]}".strip()


def _asked_to_wait(response: Response) -> float:
    """Seconds of `Retry-After`; 0 where it is missing or a date."""
    value = response.headers.get("Retry-After", "")
    return min(float(value), _LONGEST_WAIT) if value.isascii() and value.isdigit() else 0.0


def _minds_temperature(response: Response) -> bool:
    """Whether the model only takes its own temperature, as those that reason do."""
    try:
        return response.status_code == 400 and response.json()["error"]["param"] == "temperature"
    except _OTHER_JSON:
        return False
