"""A promoted adapter and the serving engine: taken up by a reload, with everything under way answered."""

import asyncio
from pathlib import Path

import torch

from model.config import CHECKPOINTS, CaptionerSettings, ImageSettings, LLMSettings, ModelSettings
from model.engine import EditRequest, Engine, Supervised
from model.local import LocalEngine
from training import promote
from training.policy import Policy
from training.settings import PolicySettings

BASE = PolicySettings(model=str(CHECKPOINTS / "diffchat"), method="lora", lora_rank=2)


async def test_a_reload_takes_up_what_was_promoted_and_drops_nothing(tmp_path: Path) -> None:
    root = tmp_path / "adapters"
    Policy.load(BASE, torch.device("cpu")).export(tmp_path / "new")
    first = promote.promote(root, tmp_path / "new", "kto", "abc", BASE, [])
    llm = LLMSettings(model=BASE.model, adapter=str(root / promote.CURRENT), device="cpu", threads=1)
    image = ImageSettings(
        model=str(CHECKPOINTS / "sd"), steps=2, guidance=3.0, width=64, height=64, device="cpu", threads=1
    )
    engine: Engine
    nobody = CaptionerSettings(model=str(tmp_path / "nowhere"))
    settings = ModelSettings(preset="tiny", llm=llm, image=image, captioner=nobody, styles={})
    async with LocalEngine(settings) as engine:
        assert isinstance(engine, Supervised)
        assert (await engine.edit(EditRequest("a red fox"))).model == f"diffchat+{first.name}"
        second = promote.promote(root, tmp_path / "new", "dpo", "def", BASE, [])
        waiting = [asyncio.create_task(engine.edit(EditRequest(f"{n} red foxes"))) for n in range(2, 8)]
        await engine.reload_llm()
        answers = await asyncio.gather(*waiting)
        assert [answer.target_prompt[0] for answer in answers] == list("234567")
        assert {answer.model for answer in answers} <= {f"diffchat+{first.name}", f"diffchat+{second.name}"}
        assert (await engine.edit(EditRequest("a red fox"))).model == f"diffchat+{second.name}"
        promote.rollback(root)
        await engine.reload_llm()
        assert (await engine.edit(EditRequest("a red fox"))).model == f"diffchat+{first.name}"
