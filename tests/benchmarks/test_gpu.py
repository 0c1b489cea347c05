"""The benchmark for GPUs runs from end to end on tiny networks, here on a CPU."""

import sys

import pytest

from tests.benchmarks import gpu


@pytest.mark.slow
def test_all_of_it_works_on_tiny_networks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["gpu", "--small"])
    gpu.main()
    said = capsys.readouterr().out
    assert said.count("one call of diffusers") == 2 * 4
    assert said.count("of what reading the weights allows") == 2 * 2 * 2


def test_without_a_gpu_it_says_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    monkeypatch.setattr(sys, "argv", ["gpu", "z-image"])
    with pytest.raises(SystemExit):
        gpu.main()
    assert "--small" in capsys.readouterr().err
