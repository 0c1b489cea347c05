"""Every sentence in every language: whole, the same placeholders, rightly called, within Discord's limits."""

import ast
import re
import unicodedata
from dataclasses import fields
from pathlib import Path
from string import Formatter

import discord
import pytest
from discord import ui
from discord.app_commands import TranslationContext, TranslationContextLocation, locale_str

from bot.chat.pictures.actions import PictureState
from bot.chat.pictures.reference_form import ReferenceForm
from bot.chat.pictures.views import RefineModal, more_view, picture_row, status_view
from bot.chat.reports.report_views import ReportForm, decision_view
from bot.client.command_translator import CommandTranslator
from bot.i18n import TRANSLATED, Language, Text, translations
from bot.settings import DiscordSettings
from bot.texts import settings, slash
from tests.bot.texts.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[3]
EN, DE = Language.ENGLISH, Language.GERMAN


def placeholders(sentence: str) -> dict[str, str | None]:
    """The names in braces, with how their values are formatted."""
    return {name: how for _, name, how, _ in Formatter().parse(sentence) if name is not None}


def test_the_catalogue_is_found() -> None:
    assert len(CATALOGUE) > 150
    assert {"slash.IMAGINE", "errors.PERMISSIONS[attach_files]", "pictures.REFINE"} <= CATALOGUE.keys()
    assert [*(field.name for field in fields(Text)), *TRANSLATED] == list(Language)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_text_is_there_in_every_language_with_the_same_placeholders(name: str) -> None:
    text = CATALOGUE[name]
    said = [text.raw(language) for language in Language]
    assert all(text.en in translations(language) for language in TRANSLATED), "make translations"
    assert all(sentence.strip() for sentence in said)
    assert all(placeholders(sentence) == placeholders(text.en) for sentence in said)
    assert all(re.fullmatch(r"[a-z_]+", field) for field in placeholders(text.en))


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name.startswith("slash.")])
def test_what_stands_in_commands_is_within_discords_limits(name: str) -> None:
    text = CATALOGUE[name]
    for said in (text.raw(language) for language in Language):
        assert len(said) <= 100
        if name.startswith("slash.OPTIONS"):
            assert re.fullmatch(r"[-_\w]{1,32}", said)
            assert said == said.lower()


def test_texts_of_commands_can_be_looked_up_by_their_english() -> None:
    found: dict[str, str] = {}
    for name, text in CATALOGUE.items():
        if name.startswith("slash.") and "OPTIONS" not in name:
            assert found.setdefault(text.en, text.de) == text.de


@pytest.mark.parametrize("language", Language)
async def test_buttons_menus_and_forms_are_within_discords_limits(language: Language) -> None:
    views = (
        more_view(PictureState(1, 4, edited=True, reports=True), language),
        ui.LayoutView().add_item(picture_row(PictureState(1), language)),
        status_view(1, language),
        decision_view(1, language),
    )
    for view in views:
        for row in view.to_components():
            for part in row.get("components", ()):
                assert len(part.get("label", "")) <= 38, "longer ones are cut on a phone"
                assert len(part.get("placeholder", "")) <= 150
                options = part.get("options", [])
                assert all(len(o["label"]) <= 100 and len(o["description"]) <= 100 for o in options)
    for form in (RefineModal(1, 1000, language), ReportForm(1, language), ReferenceForm(1, 1000, language)):
        modal = form.to_dict()
        assert len(modal["title"]) <= 45
        assert all(len(label["label"]) <= 45 for label in modal["components"])
        assert len(modal["components"][0]["component"]["placeholder"]) <= 100


@pytest.mark.parametrize("language", Language)
def test_entries_of_the_settings_are_read_whole_on_a_phone(language: Language) -> None:
    """A menu shows only the chosen entry, cut where it does not fit; kana and kanji take twice the room."""
    entries = {name: text for name, text in vars(settings).items() if isinstance(text, Text)}
    panels = {"PANEL", "PANEL_GOES_ON", "OTHERS_PANEL"}
    labels = {name: text(language, name="", count=4) for name, text in entries.items() if name not in panels}
    long = [
        label
        for label in labels.values()
        if sum(2 if unicodedata.east_asian_width(letter) == "W" else 1 for letter in label) > 33
    ]
    assert long == []


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", DE),
        ("en-US", EN),
        ("en-GB", EN),
        ("fr", Language.FRENCH),
        ("es-419", Language.SPANISH),
        ("pt-BR", Language.PORTUGUESE),
        ("ja", Language.JAPANESE),
        ("it", EN),
        (None, EN),
        (discord.Locale.german, DE),
    ],
)
def test_a_locale_chooses_a_language(locale: object, language: Language) -> None:
    assert Language.of(locale) is language


def test_texts_in_texts_speak_the_same_language() -> None:
    inner = Text("one of {names}", "eines von {names}").with_(names=(Text("red", "rot"), "blue"))
    outer = Text("Take {what}, {what}.", "Nimm {what}, {what}.")
    assert outer(EN, what=inner) == "Take one of red, blue, one of red, blue."
    assert outer(DE, what=inner) == "Nimm eines von rot, blue, eines von rot, blue."


def test_what_people_say_is_never_read_as_a_placeholder() -> None:
    assert Text("said {what}", "sagte {what}")(DE, what="{0} {what} {") == "sagte {0} {what} {"


def test_every_language_can_be_set_by_the_operator() -> None:
    assert {DiscordSettings(language=language.value).public_language for language in Language} == set(
        Language
    )
    assert DiscordSettings().public_language is None


def test_every_language_has_its_own_name_in_a_persons_settings() -> None:
    assert settings.LANGUAGES.keys() == {language.value for language in Language}


@pytest.mark.parametrize(
    ("location", "message", "expected"),
    [
        (TranslationContextLocation.command_description, slash.HELP.en, slash.HELP.de),
        (TranslationContextLocation.parameter_name, "count", "anzahl"),
        (TranslationContextLocation.choice_name, "square", "Quadrat"),
        (TranslationContextLocation.choice_name, "my pictures", "meine Bilder"),
        (TranslationContextLocation.choice_name, "saved prompt", "gemerkter Prompt"),
        (TranslationContextLocation.command_name, slash.FROM_PICTURE.en, slash.FROM_PICTURE.de),
        (TranslationContextLocation.command_name, "imagine", None),
        (TranslationContextLocation.command_name, "list", None),
        (TranslationContextLocation.parameter_name, "unheard of", None),
    ],
)
async def test_commands_are_translated(
    location: TranslationContextLocation, message: str, expected: str | None
) -> None:
    context = TranslationContext(location, None)  # type: ignore[call-overload]
    translate = CommandTranslator().translate
    assert await translate(locale_str(message), discord.Locale.german, context) == expected
    assert await translate(locale_str(message), discord.Locale.italian, context) is None


def modules_of_the_bot() -> list[Path]:
    return [path for path in (ROOT / "bot").rglob("*.py") if "sandbox" not in path.parts]


def catalogues_of(path: Path, tree: ast.Module) -> dict[str, str]:
    """Under which names a file knows the catalogue's modules."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "bot.texts":
            known |= {alias.asname or alias.name: alias.name for alias in node.names}
    return known


def said_text(node: ast.expr, here: dict[str, str], own: str | None) -> str | None:
    """The name of the text that an expression names, in a file of the catalogue too."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in here:
        return f"{here[node.value.id]}.{node.attr}"
    return f"{own}.{node.id}" if own and isinstance(node, ast.Name) else None


def test_every_call_of_a_text_gives_its_fields_and_every_text_is_said_somewhere() -> None:
    wrong, said = [], set()
    for path in modules_of_the_bot():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        here = catalogues_of(path, tree)
        own = path.stem if path.parent.name == "texts" else None
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
                said.add(said_text(node, here, own))
            if not isinstance(node, ast.Call):
                continue
            text = CATALOGUE.get(said_text(node.func, here, own) or "")
            given = {keyword.arg for keyword in node.keywords}
            if text is not None and None not in given and given != placeholders(text.en).keys():
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []
    assert {name for name in CATALOGUE if "[" not in name} - said == set()


SENDING = {"send", "send_message", "reply", "edit", "edit_original_response", "answer", "_say", "_tell"}


def test_nobody_sends_words_that_stand_elsewhere() -> None:
    """What is sent to Discord is a text of the catalogue, never a sentence in the code."""
    written = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules_of_the_bot()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SENDING
        for given in [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "content")]
        for part in ast.walk(given)
        if isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and re.search(r"[a-z]{3}", part.value)
    ]
    assert written == []
