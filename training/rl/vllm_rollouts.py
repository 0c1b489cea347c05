"""Plain samples that vLLM writes, in the trainer's own process and on its GPU.

vLLM keeps a copy of the weights. Before each step's samples it takes the policy's as they are now, with a
LoRA merged in, and with each token it tells the log-probability that it drew it with, after the temperature.
Those are compared with the policy's own, from the forward pass that every rollout goes through anyway: the
mean distance is logged as `rollout/mismatch`, and a run stops above `TOLERANCE`, as then the weights did not
arrive or the temperature is another.

This is the way of TRL's "colocate" mode. vLLM has no build for processors without a GPU on PyPI, so it was
never run here: the tests have a stand-in with the same calls (vLLM 0.11 and later), over a real model.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import torch

from training.errors import ConfigError, Diverged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

    from training.config.rl_settings import RlConfig
    from training.core.policy import Policy

TOLERANCE = 0.2
"""Nats a token, on average. bfloat16 in other kernels brings some hundredths; stale weights bring more with
every step."""


class VllmWriter:
    """Writes completions with a policy's weights.

    Raises ConfigError where vLLM is not installed.
    """

    def __init__(self, policy: Policy, settings: RlConfig, *, rank: int = 0, processes: int = 1) -> None:
        try:
            from vllm import LLM, SamplingParams
        except ImportError as error:
            problem = (
                "vllm: vLLM is not installed here. On a machine with a GPU: uv pip install vllm; or leave "
                "the [vllm] section out, and the samples are written without it"
            )
            raise ConfigError("The rollouts cannot be written:", [problem]) from error
        given = settings.vllm
        assert given is not None
        # In processes of its own vLLM's weights would be out of reach: "external_launcher" has none
        os.environ |= {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(processes)}
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        os.environ.setdefault("MASTER_PORT", "29531")
        self._policy = policy
        self._llm = LLM(
            model=settings.policy.model,
            dtype=settings.policy.dtype,
            gpu_memory_utilization=given.gpu_memory,
            max_model_len=given.context,
            seed=settings.seed + rank,
            distributed_executor_backend="external_launcher",
            logprobs_mode="processed_logprobs",  # after the temperature, as the losses have them
            trust_remote_code=False,
        )
        self._parameters = SamplingParams(
            n=1,
            temperature=settings.temperature,
            top_p=1.0,
            top_k=0,
            max_tokens=settings.max_new_tokens,
            stop_token_ids=[policy.tokenizer.eos_token_id],
            logprobs=0,  # that of the drawn token alone
            detokenize=False,
        )

    def write(self, prompts: Sequence[list[int]]) -> list[tuple[list[int], Tensor]]:
        """For each prompt a completion, up to and with the end token, and the log-probabilities [t] that its
        tokens were drawn with."""
        self._take_weights()
        asked = [{"prompt_token_ids": ids} for ids in prompts]
        outputs = [given.outputs[0] for given in self._llm.generate(asked, self._parameters, use_tqdm=False)]
        return [(list(one.token_ids), _drawn_with(one)) for one in outputs]

    def _take_weights(self) -> None:
        """Give vLLM the policy's weights of now."""
        model = self._llm.llm_engine.model_executor.driver_worker.model_runner.model
        model.load_weights(merged(self._policy.model))
        # What it kept of prompts is of the weights before
        self._llm.reset_prefix_cache()


@torch.no_grad()
def merged(model: Any) -> Iterator[tuple[str, Tensor]]:
    """The weights of a model by the base model's names, its LoRA merged in while they are read."""
    adapted = hasattr(model, "merge_adapter")
    if adapted:
        model.merge_adapter()
    try:
        for name, weight in model.state_dict().items():
            if "lora_" in name:
                continue
            yield name.removeprefix("base_model.model.").replace(".base_layer", ""), weight
    finally:
        if adapted:
            model.unmerge_adapter()


def check_mismatch(mismatch: float) -> None:
    """Raises Diverged where vLLM's log-probabilities are not the policy's."""
    if not mismatch <= TOLERANCE:  # written so that NaN is refused too
        raise Diverged(
            f"vLLM's log-probabilities differ from the policy's by {mismatch:.3g} nats a token (allowed: "
            f"{TOLERANCE}): its copy of the weights is not the policy's, or its temperature is another. "
            "Without the [vllm] section the policy itself writes the samples."
        )


def _drawn_with(output: Any) -> Tensor:
    told = zip(output.token_ids, output.logprobs, strict=True)
    return torch.tensor([by_token[token].logprob for token, by_token in told])
