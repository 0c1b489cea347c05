"""Another order of weights, and the same model."""

import torch

from model.language.layout import lay_out
from tests.model.conftest import build_llm


def test_weights_lie_column_by_column_and_are_the_same() -> None:
    model, ids = build_llm("llama", 40).eval(), torch.tensor([[3, 4, 5]])
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    with torch.inference_mode():
        expected = model(input_ids=ids).logits
        lay_out(model)
        assert torch.allclose(model(input_ids=ids).logits, expected, atol=1e-5)
    linear = [layer.weight for layer in model.modules() if type(layer) is torch.nn.Linear]
    assert len(linear) == 15
    assert all(weight.t().is_contiguous() for weight in linear)
    assert all(torch.equal(weight, before[name]) for name, weight in model.state_dict().items())
