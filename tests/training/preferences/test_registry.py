"""A promoted adapter and the serving process: taken up by a reload, with everything under way answered."""

import asyncio
from dataclasses import asdict
from pathlib import Path

import torch

from model.engine import EditRequest
from model.serving.wire import edit_result
from model.serving.worker_queue import WorkerQueue
from model.settings import CHECKPOINTS, LLMSettings
from training.config.settings import PolicySettings
from training.core.policy import Policy
from training.preferences import registry

BASE = PolicySettings(model=str(CHECKPOINTS / "diffchat"), method="lora", lora_rank=2)


async def test_a_reload_takes_up_what_was_promoted_and_drops_nothing(tmp_path: Path) -> None:
    root = tmp_path / "adapters"
    Policy.load(BASE, torch.device("cpu")).export(tmp_path / "new")
    first = registry.promote(root, tmp_path / "new", "kto", "abc", BASE, [])
    llm = LLMSettings(model=BASE.model, adapter=str(root / registry.CURRENT), device="cpu", threads=1)
    queue = WorkerQueue(["-m", "model.serving.worker", "llm"], llm.model_dump(), batch=llm.batch, grace=15.0)
    await queue.start()
    try:
        assert queue.worker.name == f"diffchat+{first.name}"
        second = registry.promote(root, tmp_path / "new", "dpo", "def", BASE, [])
        colours = ["red", "blue", "green", "pink", "black", "white"]
        asked = [EditRequest(f"a {colour} fox") for colour in colours]
        waiting = [
            asyncio.create_task(queue.ask("edit", asdict(request), read=edit_result)) for request in asked
        ]
        await queue.reload()
        answers = await asyncio.gather(*waiting)
        assert [answer.target_prompt.split()[1] for answer in answers] == colours
        assert queue.worker.name == f"diffchat+{second.name}"
        result = await queue.ask("edit", asdict(EditRequest("a red fox")), read=edit_result)
        assert result.model == f"diffchat+{second.name}"
    finally:
        await queue.close()
