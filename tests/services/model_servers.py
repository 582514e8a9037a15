"""Servers of one's own model that speak the Messages API, as four were read to behave.

Each is a function for `AnthropicServer.answer`. They know one thing, the color of the lamp, when
its sentence is in what they read.
"""

from collections.abc import Callable

from tests.services.anthropic_replies import Reply, late, refused, says, thinks
from tests.services.anthropic_server import Request

CHARACTERS_PER_TOKEN = 4
BLUE = "The lamp is blue, as blue as the sea."
UNKNOWN = "I do not know that."

Server = Callable[[Request], Reply]


def ollama(context: int) -> Server:
    """Joins the blocks without a gap, and reads only the last `context` tokens, silently."""

    def answer(request: Request) -> Reply:
        read = joined(request)[-context * CHARACTERS_PER_TOKEN :]
        return _says(read)

    return answer


def llama_cpp(context: int) -> Server:
    """Answers 400 past its context."""

    def answer(request: Request) -> Reply:
        tokens = len(joined(request)) // CHARACTERS_PER_TOKEN
        if tokens > context:
            said = (
                f"request ({tokens} tokens) exceeds the available context size ({context} tokens)"
            )
            return refused(400, "exceed_context_size_error", said)
        return _says(joined(request))

    return answer


def vllm(context: int) -> Server:
    """Answers 400 where what it reads and what it may write are past its context together."""

    def answer(request: Request) -> Reply:
        tokens = len(joined(request)) // CHARACTERS_PER_TOKEN
        if tokens + request.body["max_tokens"] > context:
            said = f"This model's maximum context length is {context} tokens."
            return refused(400, "BadRequestError", said)
        return _says(joined(request))

    return answer


def lm_studio(seconds_per_1000_tokens: float) -> Server:
    """Reads slowly, and reports no tokens before the end."""

    def answer(request: Request) -> Reply:
        tokens = len(joined(request)) / CHARACTERS_PER_TOKEN
        known = BLUE if "lamp" in joined(request) else UNKNOWN
        return late(seconds_per_1000_tokens * tokens / 1000, says(known, usage={}))

    return answer


def thinking_model(request: Request) -> Reply:
    """Thinks until its output is used up, unless it was told not to."""
    if request.body.get("thinking") == {"type": "disabled"}:
        return _says(joined(request))
    return thinks("The child asks about a lamp. ", "Let me think. ")


def joined(request: Request) -> str:
    """Role and message as one text, the blocks as they are."""
    (message,) = request.body["messages"]
    texts = [request.body["system"], *(block["text"] for block in message["content"])]
    return "".join(texts)


def _says(read: str) -> Reply:
    known = "lamp that is as blue as the sea" in read and "<question>" in read
    usage = {"input_tokens": len(read) // CHARACTERS_PER_TOKEN, "output_tokens": 1}
    return says('<concern level="none"/>\n', BLUE if known else UNKNOWN, usage=usage)
