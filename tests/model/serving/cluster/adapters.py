"""LoRA adapters for TinyWorld's two models: those for words change nothing, those for pictures a lot."""

from pathlib import Path

import torch

from model.language.adapter import save_adapter
from model.language.prompt import PROMPT_VERSION
from model.settings import CHECKPOINTS


def words_adapter(folder: Path) -> str:
    """As it is before training, so that answers stay good and only the model's name shows it."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    config = LoraConfig(r=2, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(CHECKPOINTS / "diffchat"), config)
    save_adapter(model, folder, PROMPT_VERSION)
    return str(folder)


def picture_lora(folder: Path, seed: int) -> str:
    """Random weights, as diffusers' trainers save them."""
    from diffusers import StableDiffusionPipeline
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    pipe = StableDiffusionPipeline.from_pretrained(CHECKPOINTS / "sd")
    torch.manual_seed(seed)
    config = LoraConfig(r=2, init_lora_weights=False, target_modules=["to_q", "to_v"])
    pipe.unet.add_adapter(config, adapter_name="look")
    layers = get_peft_model_state_dict(pipe.unet, adapter_name="look")
    StableDiffusionPipeline.save_lora_weights(
        folder, unet_lora_layers={key: 20 * value for key, value in layers.items()}
    )
    return str(folder)
