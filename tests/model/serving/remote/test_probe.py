"""What `check` asks of servers elsewhere."""

from typing import Any

from model.serving.remote.probe import Probed, probe
from tests.model.serving.remote.servers import KEY, OURS, Server, at, completion, serving, status


async def asked(kind: Any, *servers: Any, **settings: Any) -> list[Probed]:
    return [found async for found in probe(kind, at(*servers, **settings))]


async def test_a_server_for_words_does_an_edit():
    server = Server(models=[{"id": "Qwen/Qwen3-8B"}], key=KEY)
    async with serving(server):
        [found] = await asked("words", server)
        assert (found.good, found.url) == (True, server.url)
        assert found.text.startswith("Qwen/Qwen3-8B: an edit took ")
        [unlisted] = await asked("words", server, model="other")
        assert unlisted.good, "the edit worked"
        assert "other, which is not listed (there are Qwen/Qwen3-8B)" in unlisted.text


async def test_every_address_is_asked_by_itself():
    good, locked, broken = Server(key=KEY), Server(key="another"), Server(words=[status(500)])
    async with serving(good), serving(locked), serving(broken):
        away = "http://127.0.0.1:1/v1"
        found = await asked("words", good, locked, broken, away)
    assert [one.good for one in found] == [True, False, False, False]
    for one, said in zip(
        found[1:], ("Incorrect API key", "busy or failing", "cannot be reached"), strict=True
    ):
        assert said in one.text
        assert KEY not in one.text


async def test_which_model_is_meant_must_be_clear():
    server = Server(models=[{"id": "a"}, {"id": "b"}])
    async with serving(server):
        [found] = await asked("words", server)
    assert not found.good
    assert "set model to its name (there are a, b)" in found.text


async def test_what_a_server_for_pictures_can_do_is_told():
    ours = Server(models=[{"id": "sd", "capabilities": {**OURS, "safety": False}}])
    other = Server(models=[{"id": "Qwen/Qwen-Image"}])
    async with serving(ours), serving(other):
        found = await asked("pictures", ours, other)
        [wrong] = await asked("pictures", other, model="sdxl")
    assert found[0] == Probed(
        True, ours.url, "sd: seeds, strength, previews, progress, cancel, negative_prompt; not safety"
    )
    assert found[1].good
    assert "says nothing of strength, negative_prompt and progress: no variations" in found[1].text
    assert not wrong.good, "without a picture nobody knows whether it is there all the same"


async def test_an_arm_or_a_lora_that_is_not_listed_is_no_good():
    server = Server(models=[{"id": "m"}, {"id": "a", "parent": "m"}])
    async with serving(server):
        [arms] = [found async for found in probe("words", at(server, model="m"), ("a", "b"))]
        [loras] = [found async for found in probe("pictures", at(server, model="m"), ("comic",))]
    assert not arms.good
    assert "m: b of [experiment] is not listed: serve it there" in arms.text
    assert not loras.good
    assert "comic of [image] loras or [models]" in loras.text
    assert server.asked == []


async def test_a_captioner_describes_a_picture():
    server = Server(models=[{"id": "Qwen/Qwen3-VL-8B"}], words=[completion("<think>hm</think>a red square")])
    async with serving(server):
        [found] = await asked("captions", server)
        server.words = [completion("")]
        [silent] = await asked("captions", server)
    assert found == Probed(True, server.url, 'Qwen/Qwen3-VL-8B: a red square is "a red square"')
    assert not silent.good
    assert "said nothing" in silent.text
