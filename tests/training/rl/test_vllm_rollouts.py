"""Samples written by vLLM: which weights it has, whether its probabilities are the policy's, what it refuses.

vLLM itself needs a GPU. The stand-in has the calls that are made of it, over a real model of its own, and
takes weights by name alone, as vLLM does: a name that it does not know is an error.
"""

import sys
from collections.abc import Callable, Iterable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import torch
from pydantic import ValidationError
from transformers import AutoModelForCausalLM

from tests.training.rl.making import collected, trainer_of, weights_of
from training.config.rl_settings import RlConfig
from training.errors import ConfigError, Diverged
from training.rl.rollout import rollout_metrics
from training.rl.vllm_rollouts import VllmWriter, check_mismatch

RLOO: dict[str, object] = {"algorithm": "rloo", "vllm": {"context": 64}}
PPO: dict[str, object] = {"adm": {"positive": 0, "hard_negative": 0}, "vllm": {"context": 64}}


class StandIn:
    """`vllm.LLM`."""

    def __init__(self, model: str, **asked: Any) -> None:
        assert asked["logprobs_mode"] == "processed_logprobs"
        assert asked["distributed_executor_backend"] == "external_launcher"
        assert not asked["trust_remote_code"]
        self.model = AutoModelForCausalLM.from_pretrained(model).eval()
        self.generator = torch.Generator().manual_seed(asked["seed"])
        self.forgotten = 0
        runner = SimpleNamespace(model=self)
        worker = SimpleNamespace(model_runner=runner)
        self.llm_engine = SimpleNamespace(model_executor=SimpleNamespace(driver_worker=worker))

    @torch.no_grad()
    def load_weights(self, weights: Iterable[tuple[str, torch.Tensor]]) -> None:
        own = self.model.state_dict()
        for name, weight in weights:
            own.pop(name).copy_(weight)
        assert not own, "all weights are given"

    def reset_prefix_cache(self) -> None:
        self.forgotten += 1

    @torch.no_grad()
    def generate(self, asked: list[dict[str, list[int]]], how: Any, *, use_tqdm: bool) -> list[Any]:
        assert not use_tqdm
        return [SimpleNamespace(outputs=[self._one(one["prompt_token_ids"], how)]) for one in asked]

    def _one(self, prompt: list[int], how: Any) -> Any:
        written: list[int] = []
        told: list[dict[int, Any]] = []
        while len(written) < how.max_tokens and not set(written) & set(how.stop_token_ids):
            logits = self.model(torch.tensor([[*prompt, *written]])).logits[0, -1]
            logprobs = torch.log_softmax(logits / how.temperature, dim=-1)
            token = int(torch.multinomial(logprobs.exp(), 1, generator=self.generator))
            written.append(token)
            told.append({token: SimpleNamespace(logprob=float(logprobs[token]))})
        return SimpleNamespace(token_ids=tuple(written), logprobs=told)


@pytest.fixture
def vllm(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("vllm")
    module.__dict__.update(LLM=StandIn, SamplingParams=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "vllm", module)


@pytest.mark.usefixtures("vllm")
@pytest.mark.parametrize("method", ["full", "lora"])
@pytest.mark.parametrize("algorithm", [RLOO, PPO])
def test_it_has_the_policys_weights_at_every_step(
    configure: Callable[..., RlConfig], algorithm: dict[str, object], method: str
) -> None:
    settings = configure(temperature=1.5, **algorithm)
    policy = settings.policy.model_copy(update={"method": method})
    trainer = trainer_of(settings.model_copy(update={"policy": policy}))
    began = weights_of(trainer)
    for step in range(3):
        numbers = trainer.advance()
        assert numbers["rollout/mismatch"] < 1e-4
        assert numbers["rollout/ended"] > 0
        assert trainer.collector.vllm is not None
        assert trainer.collector.vllm._llm.forgotten == step + 1, "what it kept was of other weights"
    assert not torch.equal(weights_of(trainer), began)


@pytest.mark.usefixtures("vllm")
def test_the_policy_is_as_it_was_after_its_adapter_was_read(configure: Callable[..., RlConfig]) -> None:
    settings = configure(**RLOO)
    policy = settings.policy.model_copy(update={"method": "lora"})
    trainer = trainer_of(settings.model_copy(update={"policy": policy}))
    trainer.advance()
    weights = {name: weight.clone() for name, weight in trainer.policy.model.state_dict().items()}
    collected(trainer)
    for name, weight in trainer.policy.model.state_dict().items():
        torch.testing.assert_close(weight, weights[name], atol=1e-6, rtol=0, msg=name)


@pytest.mark.usefixtures("vllm")
def test_weights_that_did_not_arrive_stop_the_run(
    configure: Callable[..., RlConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = trainer_of(configure(**RLOO))
    monkeypatch.setattr(VllmWriter, "_take_weights", lambda _: None)
    with torch.no_grad():
        for weight in trainer.policy.trainable().values():
            weight.mul_(0.7)
    assert rollout_metrics(collected(trainer))["rollout/mismatch"] > 0.2
    with pytest.raises(Diverged, match=r"vLLM's log-probabilities differ .* by .* nats a token"):
        trainer.advance()
    with pytest.raises(Diverged):
        check_mismatch(float("nan"))


def test_without_vllm_the_sentence_says_what_to_do(
    configure: Callable[..., RlConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vllm", None)
    with pytest.raises(ConfigError, match="vLLM is not installed here"):
        trainer_of(configure(**RLOO))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"adm": {"positive": 0.25, "hard_negative": 0}, "vllm": {}}, "plain samples alone"),
        ({**PPO, "policy": {"model": "m", "method": "qlora"}}, "weights in NF4"),
    ],
)
def test_what_it_cannot_do_is_refused(
    configure: Callable[..., RlConfig], changes: dict[str, object], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        configure(**changes)
