"""First prompts in German, and the English that is painted for them."""

import random

from model.tiny import grammar
from training.tiny.wishes.first_prompts import german_prompt


def test_the_english_says_what_the_german_does() -> None:
    """Colours, numbers and places of each are looked up in the other."""
    rng = random.Random(0)
    colours = {"rot": "red", "blau": "blue", "grün": "green", "gelb": "yellow", "schwarz": "black"}
    places = {"am Strand": "on a beach", "im Wald": "in a forest", "in der Stadt": "in a city"}
    seen: set[str] = set()
    for _ in range(400):
        german, draft = german_prompt(rng)
        text, english = f" {german.lower()} ", str(draft)
        for table in (colours, {place.lower(): said for place, said in places.items()}):
            for word, meant in table.items():
                if f" {word}" in text:
                    assert meant in english, (german, english)
                    seen.add(word)
        for word, number in (("zwei", "two"), ("drei", "three")):
            if f" {word} " in text:
                assert f"{number} " in english, (german, english)
                seen.add(word)
    assert len(seen) == 10


def test_most_of_it_is_a_scene_of_the_world() -> None:
    rng = random.Random(1)
    read = [grammar.parse(str(german_prompt(rng)[1])) for _ in range(200)]
    assert sum(bool(scene.things) for scene in read) > 150
    assert len({scene.place for scene in read}) > 4
    assert len({scene.time for scene in read}) == 3
