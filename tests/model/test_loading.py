"""What is asked of the model hub before anything is loaded, and what is said of its answers."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import huggingface_hub.constants
import pytest

from model.errors import LoadError
from model.loading import check_folder, check_hub, check_pipeline, is_local, refuse_gguf

OPEN, GATED, MISSING, BROKEN = "maker/open", "maker/gated", "maker/missing", "maker/broken"


class _Hub(BaseHTTPRequestHandler):
    """The two answers of the hub that are asked for: a model's card, and whether its files may be read."""

    def do_GET(self) -> None:
        name = self.path.removeprefix("/api/models/").removesuffix("/auth-check")
        status, code = {MISSING: (404, "RepoNotFound"), BROKEN: (503, "")}.get(name, (200, ""))
        if self.path.endswith("/auth-check"):
            status, code = 403, "GatedRepo"
        body = json.dumps({"id": name, "gated": "auto" if name == GATED else False}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if code:
            self.send_header("X-Error-Code", code)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A hub on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hub) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def hub(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The hub that is asked, with nothing in the cache."""
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", address)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    return address


@pytest.mark.usefixtures("hub")
def test_a_model_that_the_hub_has_is_not_in_the_cache_yet() -> None:
    assert not check_hub(OPEN, "config.json")


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (GATED, "accept its licence"),
        (MISSING, f"no {MISSING}.*no such folder is here.*check the id"),
        (BROKEN, "answers 503"),
    ],
)
def test_what_cannot_be_fetched_is_said_with_what_to_do(name: str, said: str) -> None:
    with pytest.raises(LoadError, match=said):
        check_hub(name, "config.json")


@pytest.mark.usefixtures("hub")
def test_a_hub_that_cannot_be_reached_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(LoadError, match="does not reach the model hub: fetch the model on another"):
        check_hub(OPEN, "config.json")


@pytest.mark.usefixtures("hub")
def test_what_is_in_the_cache_needs_no_hub(tmp_path: Path) -> None:
    cached = tmp_path / "models--maker--missing"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text("abc")
    (cached / "snapshots" / "abc").mkdir(parents=True)
    (cached / "snapshots" / "abc" / "config.json").write_text("{}")
    assert check_hub(MISSING, "config.json")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("~nobody-here/models/llm", "the folder does not exist"),
        ("/" + "x" * 400, "the folder does not exist"),
        ("C:\\models\\llm", "the folder does not exist"),
        (" ", "the folder does not exist"),
        ("https://huggingface.co/owner/name", "write a hub id as owner/name"),
        (__file__, "name the folder that it lies in"),
    ],
)
def test_names_that_are_no_folder_are_told_in_words(name: str, said: str) -> None:
    assert is_local(name)
    refuse_gguf(name)
    with pytest.raises(LoadError, match=said):
        check_folder(name, "config.json", "language model")
    with pytest.raises(LoadError):
        check_pipeline(name)
