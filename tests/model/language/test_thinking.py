"""Thoughts: where they end, which are still open, and what closes one that the template opened."""

import pytest

from model.language.thinking import closing_of, is_mark, is_thinking, spoken


@pytest.mark.parametrize(
    ("prompt", "closing"),
    [
        ("<|im_start|>assistant\n", ""),
        ("<|im_start|>assistant\n<think>\n", "\n</think>\n\n"),
        ("<|im_start|>assistant\n<think>\n\n</think>\n\n", ""),
        ("you may think with <think> or not\nassistant:", ""),
        ("[/INST][THINK]", "\n[/THINK]\n\n"),
        ("<turn|>\n<|turn>model\n<|channel>thought\n", "\n<channel|>\n\n"),
    ],
)
def test_a_thought_that_the_template_opens_is_closed(prompt: str, closing: str) -> None:
    assert closing_of(prompt) == closing
    assert not is_thinking(prompt + closing) or not closing


@pytest.mark.parametrize(
    ("so_far", "thinking"),
    [
        ("a house", False),
        ("<think>a house", True),
        ("<think>a</think> house", False),
        ("<|channel|>analysis<|message|>a house", True),
        ("<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>fin", True),
        ("<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>a", False),
    ],
)
def test_whether_an_answer_is_still_in_its_thoughts(so_far: str, thinking: bool) -> None:
    assert is_thinking(so_far) is thinking
    assert not (thinking and spoken(so_far).strip())


def test_marks_are_told_from_other_special_tokens() -> None:
    marks = ("<think>", "</think>", "[THINK]", "<|channel|>", "<|message|>", "<|channel>", "<channel|>")
    assert all(map(is_mark, marks))
    assert not any(map(is_mark, ("<|im_end|>", "</s>", "<pad>", "<|start|>")))
