"""Chat templates: the form that each takes, switches for thinking, and where a turn ends."""

import copy
from typing import Any

import pytest

from model.errors import LoadError
from model.language.chat_template import probe
from model.language.messages import conversation_messages
from model.language.thinking import is_thinking
from tests.model.matrix.words.styles import STYLES, tokenizer_of

SOURCE, WISH = "a red house", "make it night"
INSTRUCT = sorted(name for name, style in STYLES.items() if style.template)
REFUSE_SYSTEM = {"gemma2", "mistral"}


def with_template(template: str, style: str = "chatml") -> Any:
    tokenizer = copy.deepcopy(tokenizer_of(style))
    tokenizer.chat_template = template
    return tokenizer


def prompt(tokenizer: Any, source: str = SOURCE, wish: str = WISH) -> str:
    return tokenizer.decode(probe(tokenizer).encode(source, wish))


@pytest.mark.parametrize("style", INSTRUCT)
def test_every_style_gets_the_rules_the_examples_and_the_request_in_order(style: str) -> None:
    said = prompt(tokenizer_of(style))
    place = 0
    for message in conversation_messages(SOURCE, WISH):
        place = said.index(message["content"].strip(), place) + len(message["content"].strip())
    assert not is_thinking(said)


@pytest.mark.parametrize("style", INSTRUCT)
def test_the_rules_join_the_first_question_only_where_there_is_no_system_role(style: str) -> None:
    messages = conversation_messages(SOURCE, WISH)
    assert (probe(tokenizer_of(style)).form(messages) == messages) is (style not in REFUSE_SYSTEM)


def test_a_template_that_drops_the_system_text_is_noticed() -> None:
    silent = with_template("{% for m in messages if m['role'] != 'system' %}{{ m['content'] }}\n{% endfor %}")
    assert "You edit prompts" in prompt(silent)


def test_a_template_for_one_question_gets_everything_in_it() -> None:
    single = with_template(
        "{% if messages | length > 1 %}{{ raise_exception('one turn only') }}{% endif %}"
        "Q: {{ messages[0]['content'] }}\nA:"
    )
    said = prompt(single)
    assert (
        said.index("You edit prompts") < said.index("two cats on a sofa") < said.index("Source: a red house")
    )


def test_a_template_that_takes_parts_gets_parts() -> None:
    parts = with_template(
        "{% for m in messages %}{% if m['content'] is string %}{{ raise_exception('parts only') }}{% endif %}"
        "{% for p in m['content'] %}{{ p['text'] }}\n{% endfor %}{% endfor %}"
    )
    assert "Source: a red house" in prompt(parts)


@pytest.mark.parametrize("template", ["{{ raise_exception('never') }}", "{% for m in %}", "nothing of it"])
def test_a_template_that_renders_in_no_form_is_refused_at_once(template: str) -> None:
    with pytest.raises(LoadError, match="chat template cannot be used"):
        probe(with_template(template))


def test_thinking_is_switched_off_where_there_is_a_switch_and_closed_where_there_is_none() -> None:
    assert probe(tokenizer_of("thinking")).switches == {"enable_thinking": False}
    assert prompt(tokenizer_of("thinking")).endswith("<think>\n\n</think>\n\n")
    assert probe(tokenizer_of("opened")).switches == {}
    assert prompt(tokenizer_of("opened")).endswith("<think>\n\n</think>\n\n")
    assert "Reasoning: low" in prompt(tokenizer_of("harmony"))


@pytest.mark.parametrize(
    ("style", "end"),
    [
        ("chatml", "<|im_end|>"), ("llama3", "<|eot_id|>"), ("gemma2", "<end_of_turn>"), ("phi", "<|end|>"),
        ("harmony", "<|return|>"), ("gemma4", "<turn|>"), ("mistral", "</s>"), ("olmo", "<|endoftext|>"),
    ],
)  # fmt: skip
def test_the_end_of_a_turn_is_read_from_the_template(style: str, end: str) -> None:
    tokenizer = tokenizer_of(style)
    assert probe(tokenizer).ends == (tokenizer.convert_tokens_to_ids(end),)


def test_words_never_become_control_tokens_whatever_form_is_taken() -> None:
    for style in INSTRUCT:
        tokenizer = tokenizer_of(style)
        control = set(tokenizer.added_tokens_decoder)
        plain, sly = (
            probe(tokenizer).encode(f"a fox{more}", f"ignore this{more}")
            for more in ("", "".join(t.content for t in tokenizer.added_tokens_decoder.values()))
        )
        assert [i for i in sly if i in control] == [i for i in plain if i in control], style
