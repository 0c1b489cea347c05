"""An exported model: whole weights that transformers alone loads, and that write what the bot wrote."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedTokenizerBase

from model.engine import EditRequest, Step
from model.language.adapter import prompt_version, save_adapter
from model.language.conversation import CONVERSATION_VERSION, format_conversation
from model.language.llm import DiffChatLLM
from model.language.messages import conversation_messages
from model.language.prompt import PROMPT_VERSION, chat_messages, format_edit
from model.settings import CHECKPOINTS, LLMSettings
from tests.model.conftest import learn_rows
from training.__main__ import main
from training.errors import CheckpointError
from training.recipes.export import chat_template, export

BASE = str(CHECKPOINTS / "diffchat")
EDITS = (("a red house in a meadow", "make it night"), ("a fox in the snow", "add a lantern"))

ALONE = """
import json, sys
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
answers = []
for messages in json.loads(sys.argv[2]):
    inputs = tokenizer.apply_chat_template(
        messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
    )
    answer = model.generate(**inputs, max_new_tokens=64)[0, inputs["input_ids"].shape[1] :]
    answers.append(tokenizer.decode(answer, skip_special_tokens=True).strip())
assert not {"model", "training", "peft"} & set(sys.modules)
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def lora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter that changes what the embedded model writes; its folder is that of a run's best."""
    torch.manual_seed(0)
    model = get_peft_model(
        AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.float32),
        LoraConfig(task_type="CAUSAL_LM", r=4, target_modules="all-linear"),
    )
    tokenizer = AutoTokenizer.from_pretrained(BASE)
    rows = [
        (
            tokenizer(format_edit(source, wish))["input_ids"],
            tokenizer(f" {source}, sharp focus", add_special_tokens=False)["input_ids"]
            + [tokenizer.eos_token_id],
        )
        for source, wish in EDITS
    ]
    learn_rows(model, rows, most_steps=40)
    folder = tmp_path_factory.mktemp("run") / "best"
    folder.mkdir()
    save_adapter(model, folder, PROMPT_VERSION)
    (folder.parent / "config.toml").write_text('output = "runs/x"\n')
    return folder


@pytest.fixture(scope="module")
def exported(lora: Path) -> Path:
    return export(str(lora), lora.parent / "merged", dtype="float32")


def greedy(settings: LLMSettings) -> list[str]:
    asked = [EditRequest(source, wish) for source, wish in EDITS]
    return [result.target_prompt for result in DiffChatLLM.load(settings).edit(asked)]


@pytest.mark.slow
def test_transformers_alone_and_the_bot_write_what_the_bot_wrote_with_the_adapter(
    lora: Path, exported: Path, tmp_path: Path
) -> None:
    # variants keep the adapter unmerged, so that the sum is compared with what it stands for
    before = greedy(LLMSettings(model=BASE, adapter=str(lora), device="cpu", variants={"bare": ""}))
    assert before != greedy(LLMSettings(model=BASE, device="cpu"))
    assert greedy(LLMSettings(model=str(exported), device="cpu")) == before
    script = tmp_path / "alone.py"
    script.write_text(ALONE)
    asked = [chat_messages(source, wish) for source, wish in EDITS]
    done = subprocess.run(
        [sys.executable, str(script), str(exported), json.dumps(asked)],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == before


@pytest.mark.parametrize("begins", [True, False], ids=["with begin token", "without"])
def test_the_chat_template_writes_the_template_of_training(
    exported: Path, tokenizer: PreTrainedTokenizerBase, begins: bool
) -> None:
    if begins:
        tokenizer = AutoTokenizer.from_pretrained(exported)
        assert tokenizer("x")["input_ids"][0] == tokenizer.bos_token_id
    ids = tokenizer.apply_chat_template(
        chat_messages("a fox", "make it night"),
        chat_template=chat_template(tokenizer, PROMPT_VERSION),
        add_generation_prompt=True,
        return_dict=False,
    )
    assert ids == tokenizer(format_edit("a fox", "make it night"))["input_ids"]


HISTORY = tuple(Step(f"a fox, number {n}", f"one more than {n}") for n in range(4))


@pytest.mark.parametrize(("steps", "left_out"), [(0, 0), (1, 0), (4, 0), (4, 1), (4, 3)])
def test_the_chat_template_writes_a_conversation_as_in_training(
    tokenizer: PreTrainedTokenizerBase, steps: int, left_out: int
) -> None:
    asked = ("a fox, number 4", "make it night", HISTORY[4 - steps :], left_out)
    written = tokenizer.apply_chat_template(
        conversation_messages(*asked),
        chat_template=chat_template(tokenizer, CONVERSATION_VERSION),
        add_generation_prompt=True,
        tokenize=False,
    )
    begins = tokenizer("x")["input_ids"][0] == tokenizer.bos_token_id
    assert written == (str(tokenizer.bos_token) if begins else "") + format_conversation(*asked)


def test_the_folder_is_complete_and_has_no_pickle(exported: Path) -> None:
    names = {path.name for path in exported.iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json", "README.md", "diffchat.json"} <= names
    assert not {path for path in names if path.endswith((".bin", ".pt"))}
    assert prompt_version(str(exported)) == PROMPT_VERSION
    card = (exported / "README.md").read_text()
    assert "adapter best added into diffchat" in card
    assert 'output = "runs/x"' in card
    assert "vllm serve" in card


def test_by_itself_the_stored_format_is_the_base_models(lora: Path, tmp_path: Path) -> None:
    assert main(["export", str(lora), "--out", str(tmp_path / "half")]) == 0
    assert json.loads((tmp_path / "half" / "config.json").read_text())["dtype"] == "float16"


def test_a_folder_that_exists_is_not_replaced(lora: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(CheckpointError, match="exists"):
        export(str(lora), tmp_path)
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_base_for_what_is_no_adapter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="is no adapter"):
        export(BASE, tmp_path / "out", base=BASE)
