"""The words people use for what TinyWorld knows: per value, ways to say it, the plainest first.

Every phrase means exactly one value, so that a prompt made from these tables can be read back. Spelling is
folded before reading (`grammar.normalise`): British to American, hyphens to spaces.
"""

from __future__ import annotations

NOUN_WORDS: dict[str, tuple[str, ...]] = {
    "house": ("house", "cottage", "home", "cabin", "hut", "castle", "building", "barn", "villa"),
    "tree": ("tree", "oak", "pine", "oak tree", "pine tree", "fir"),
    "flower": ("flower", "rose", "tulip", "daisy", "blossom", "sunflower"),
    "mushroom": ("mushroom", "toadstool"),
    "cat": ("cat", "kitten", "kitty"),
    "fox": ("fox", "dog", "puppy", "wolf"),
    "boat": ("boat", "ship", "sailboat", "sailing boat", "yacht"),
    "car": ("car", "automobile", "taxi", "truck", "van"),
    "balloon": ("balloon", "hot air balloon", "air balloon"),
    "lantern": ("lantern", "lamp", "lamp post"),
    "rocket": ("rocket", "spaceship", "space rocket", "spacecraft"),
    "robot": ("robot", "android", "droid"),
}
PLURALS = {
    "fox": "foxes",
    "wolf": "wolves",
    "puppy": "puppies",
    "kitty": "kitties",
    "daisy": "daisies",
}
"""Plurals that do not just take an s."""

COLOUR_WORDS: dict[str, tuple[str, ...]] = {
    "red": ("red", "crimson", "scarlet"),
    "orange": ("orange", "tangerine"),
    "yellow": ("yellow", "golden"),
    "green": ("green", "emerald"),
    "blue": ("blue", "azure"),
    "purple": ("purple", "violet"),
    "pink": ("pink", "rosy"),
    "white": ("white", "ivory"),
    "black": ("black", "jet black"),
    "brown": ("brown", "chestnut"),
}
SIZE_WORDS: dict[str, tuple[str, ...]] = {
    "small": ("small", "little", "tiny"),
    "medium": ("medium sized", "medium", "average"),
    "large": ("large", "big", "huge", "giant"),
}
COUNT_WORDS: dict[int, tuple[str, ...]] = {
    1: ("a", "an", "one", "the", "a single", "1"),
    2: ("two", "a pair of", "2", "a couple of"),
    3: ("three", "3", "a trio of"),
}
PLACE_WORDS: dict[str, tuple[str, ...]] = {
    "meadow": (
        "in a meadow",
        "in a field",
        "on the grass",
        "in the countryside",
        "on a green meadow",
        "in the meadow",
        "on a hill",
        "in a garden",
        "in a park",
        "in a forest",
        "in the woods",
        "in a grassy field",
    ),
    "beach": (
        "on a beach",
        "at the beach",
        "on the shore",
        "by the seaside",
        "on the coast",
        "on a sandy beach",
        "on the beach",
        "at the seaside",
    ),
    "desert": ("in a desert", "in the desert", "among sand dunes", "in the dunes", "in the sandy desert"),
    "city": (
        "in a city",
        "in a city street",
        "on a city street",
        "in the city",
        "in a town",
        "downtown",
        "on a street",
        "in a street",
    ),
    "mountains": (
        "in the mountains",
        "in the snowy mountains",
        "in the snow",
        "in a snow field",
        "in the alps",
        "in a snowy landscape",
        "on a snowy field",
        "on a mountain",
    ),
    "sea": (
        "on the sea",
        "at sea",
        "on the ocean",
        "on a lake",
        "in the water",
        "on the water",
        "on the waves",
    ),
}
BARE_PLACE_WORDS: dict[str, tuple[str, ...]] = {
    "meadow": (
        "meadow",
        "meadows",
        "field",
        "grass",
        "countryside",
        "garden",
        "park",
        "forest",
        "woods",
        "hills",
    ),
    "beach": ("beach", "seashore", "seaside", "shore", "coast"),
    "desert": ("desert", "sand dunes", "dunes", "sahara"),
    "city": ("city", "town", "street", "city street", "skyline", "downtown street", "urban"),
    "mountains": (
        "mountains",
        "mountain",
        "snowy mountains",
        "snow field",
        "snowy field",
        "snowy landscape",
        "alps",
        "glacier",
    ),
    "sea": ("sea", "ocean", "lake", "water", "waves"),
}
TIME_WORDS: dict[str, tuple[str, ...]] = {
    "day": ("by day", "during the day", "in daylight", "at noon", "in the daytime", "on a sunny day"),
    "sunset": (
        "at sunset",
        "at dusk",
        "in the evening",
        "at golden hour",
        "during sunset",
        "at dawn",
        "at sunrise",
    ),
    "night": ("at night", "by night", "at midnight", "under the stars", "in the moonlight", "under the moon"),
}
BARE_TIME_WORDS: dict[str, tuple[str, ...]] = {
    "day": ("day", "daytime", "daylight", "noon", "midday", "sunny day", "sunny", "sunlight", "morning"),
    "sunset": ("sunset", "dusk", "evening", "golden hour", "twilight", "dawn", "sunrise"),
    "night": (
        "night",
        "nighttime",
        "midnight",
        "starry night",
        "moonlight",
        "moonlit",
        "starry sky",
        "dark night",
    ),
}
WEATHER_WORDS: dict[str, tuple[str, ...]] = {
    "clear": ("in clear weather", "under a clear sky", "in fine weather"),
    "rain": (
        "in the rain",
        "in rain",
        "on a rainy day",
        "while it rains",
        "in a storm",
        "in the pouring rain",
    ),
    "snow": ("in falling snow", "while it snows", "in a snowstorm", "during a snowfall", "in a blizzard"),
    "fog": ("in the fog", "in fog", "in the mist", "in thick fog", "on a foggy day"),
}
BARE_WEATHER_WORDS: dict[str, tuple[str, ...]] = {
    "clear": ("clear sky", "clear weather", "clear skies", "cloudless", "fine weather", "dry"),
    "rain": ("rain", "light rain", "rainy", "raining", "heavy rain", "rain storm", "storm", "drizzle"),
    "snow": (
        "falling snow",
        "light snow",
        "snowfall",
        "snowing",
        "heavy snow",
        "snow",
        "snowy",
        "snowflakes",
        "blizzard",
    ),
    "fog": ("fog", "foggy", "mist", "misty", "haze", "light fog", "thick fog", "morning mist"),
}
STYLE_WORDS: dict[str, tuple[str, ...]] = {
    "flat": (
        "flat illustration",
        "flat design",
        "vector art",
        "simple illustration",
        "vector illustration",
        "flat",
    ),
    "watercolour": (
        "watercolor",
        "watercolor painting",
        "aquarelle",
        "watercolor art",
        "painted in watercolor",
    ),
    "pixel": ("pixel art", "8 bit", "16 bit pixel art", "pixelated", "retro game art"),
    "sketch": ("pencil sketch", "pencil drawing", "sketch", "hand drawn sketch", "colored pencil drawing"),
    "neon": ("neon", "neon art", "neon glow", "synthwave", "neon lights", "cyberpunk"),
}
QUALITY_WORDS: dict[str, tuple[str, ...]] = {
    "highly detailed": (
        "highly detailed",
        "intricate details",
        "very detailed",
        "ultra detailed",
        "detailed",
    ),
    "soft light": ("soft light", "soft lighting", "warm glow", "soft glow"),
    "volumetric lighting": ("volumetric lighting", "god rays", "rays of light", "dramatic lighting"),
    "vivid colors": ("vivid colors", "vibrant colors", "colorful", "bright colors", "vibrant"),
    "sharp focus": ("sharp focus", "sharp", "crisp", "crisp details"),
    "masterpiece": ("masterpiece", "award winning", "best quality", "stunning"),
}
FILLERS = (
    "trending on artstation",
    "8k",
    "4k",
    "beautiful",
    "cozy",
    "by a famous artist",
    "artstation hq",
    "concept art",
    "wallpaper",
    "elegant",
    "smooth",
    "digital art",
    "storybook",
    "cute",
    "wide shot",
    "artwork",
)
"""Words of real prompts that change nothing in the world."""
