"""Words from a server that no one here wrote: `transformers serve` with a small model, on the CPU."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model.engine import EditRequest
from model.errors import EngineUnreachable, ModelError
from model.presets import resolve
from model.serving.remote.engine import RemoteEngine
from tests.model.conftest import EDITS, build_llm, learn_by_heart
from tests.model.serving.remote.servers import at

MODELS = resolve("tiny", llm={"max_new_tokens": 60})

# the longest start seen on a busy machine of two cores is 40 s, nearly all of it imports
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, tokenizer: Any) -> Path:
    """A chat model that knows `EDITS` by heart, as the messages of `chat_messages` ask for them."""
    folder = tmp_path_factory.mktemp("served") / "chat-small"
    model = build_llm("llama", len(tokenizer))
    model.config.max_position_embeddings = 2048
    learn_by_heart(model, tokenizer, chat=True, edits=EDITS)
    model.generation_config.eos_token_id = tokenizer.convert_tokens_to_ids("<|im_end|>")
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    """The server's address, once it is well. It cannot be told to choose a port itself."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder)]
    options = ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    environ = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(folder.parent / "cache")}
    with subprocess.Popen([*command, *options], env=environ) as server:
        try:
            _until_well(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
            server.wait(30)


def _until_well(health: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 240
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=5):  # noqa: S310  # an address of our own
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"the server did not start, it ended with {server.poll()}")


async def test_its_words_are_target_prompts(url: str, folder: Path) -> None:
    settings = at(url, model=str(folder), timeout_s=120)
    async with RemoteEngine(MODELS, words_at=settings) as engine:
        for source, instruction, target in EDITS:
            result = await engine.edit(EditRequest(source, instruction))
            assert (result.target_prompt, result.model) == (target, "chat-small")
        warm = EditRequest(EDITS[0][0], EDITS[0][1], seed=1, temperature=0.7)
        assert re.search(r"\w", (await engine.edit(warm)).target_prompt)


async def test_its_refusals_are_told(url: str, folder: Path) -> None:
    async with RemoteEngine(MODELS, words_at=at(url, retries=0, timeout_s=120)) as engine:
        # it has no list of models as long as there is no cache of them, and answers 500
        with pytest.raises(EngineUnreachable, match="busy or failing"):
            await engine.edit(EditRequest("a fox", "make it night"))
    unknown = at(url, model="no/such-model", retries=0, timeout_s=120)
    async with RemoteEngine(MODELS, words_at=unknown) as engine:
        with pytest.raises(ModelError, match=re.escape(url)):
            await engine.edit(EditRequest("a fox", ""))
