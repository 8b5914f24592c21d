"""The words the engine knows, apart from subjects and colours. Phrases of several words are found first."""

from __future__ import annotations

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "lone": 1, "two": 2, "pair": 2, "couple": 2, "both": 2, "three": 3,
    "trio": 3, "four": 4, "five": 5, "six": 6, "half-dozen": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "dozen": 12, "several": 4, "some": 3, "few": 3, "many": 7, "lots": 8, "flock": 7, "herd": 5, "group": 4,
    "bunch": 5, "school": 7, "crowd": 8, "swarm": 8, "row": 5, "rows": 8,
}  # fmt: skip

SIZES = {
    "tiny": 0.5, "little": 0.7, "small": 0.7, "mini": 0.55, "miniature": 0.55, "short": 0.8, "big": 1.25, "large": 1.25,
    "tall": 1.25, "huge": 1.5, "giant": 1.6, "gigantic": 1.65, "enormous": 1.6, "massive": 1.55, "towering": 1.5,
}  # fmt: skip

RELATIONS = {
    "left of": "left", "to the left of": "left", "on the left of": "left", "right of": "right",
    "to the right of": "right", "on the right of": "right", "next to": "beside", "beside": "beside", "near": "beside",
    "by": "beside", "with": "with", "and": "and", "on top of": "on", "atop": "on", "on": "on", "upon": "on",
    "under": "under", "underneath": "under", "below": "under", "beneath": "under", "above": "above", "over": "above",
    "in front of": "before", "before": "before", "behind": "behind", "inside": "inside", "in": "inside",
    "wearing": "wearing", "wears": "wearing", "holding": "with", "has": "with", "between": "beside",
}  # fmt: skip

TRAITS = {
    "sleeping": "sleeping", "asleep": "sleeping", "sleepy": "sleeping", "dreaming": "sleeping", "sad": "sad",
    "crying": "sad", "happy": "happy", "smiling": "happy", "cute": "happy", "waving": "waving", "snowy": "snowy",
    "snow-covered": "snowy", "christmas": "christmas", "halloween": "halloween", "spooky": "halloween",
    "easter": "easter", "fruit": "fruit",
}  # fmt: skip

HOURS = {
    "sunrise": "dawn", "dawn": "dawn", "daybreak": "dawn", "early morning": "dawn", "morning": "dawn", "noon": "day",
    "midday": "day", "daytime": "day", "day": "day", "sunny": "day", "afternoon": "golden", "golden hour": "golden",
    "evening": "sunset", "sunset": "sunset", "sundown": "sunset", "dusk": "dusk", "twilight": "dusk",
    "blue hour": "dusk", "night": "night", "nighttime": "night", "midnight": "night", "moonlit": "night",
    "moonlight": "night", "starry": "night", "starry night": "night", "at night": "night", "nocturnal": "night",
    "dark": "night", "moon": "night", "full moon": "night", "stars": "night", "northern lights": "night",
    "aurora": "night", "fireflies": "night",
}  # fmt: skip

WEATHER = {
    "rain": "rain", "rainy": "rain", "raining": "rain", "drizzle": "rain", "wet": "rain", "storm": "storm",
    "stormy": "storm", "thunderstorm": "storm", "lightning": "storm", "thunder": "storm", "snowing": "snow",
    "snowfall": "snow", "blizzard": "snow", "snow storm": "snow", "snowstorm": "snow", "fog": "fog", "foggy": "fog",
    "mist": "fog", "misty": "fog", "haze": "fog", "hazy": "fog", "cloudy": "cloudy", "overcast": "cloudy",
    "windy": "wind", "breeze": "wind", "clear": "clear", "sunlight": "clear", "sunshine": "clear",
}  # fmt: skip

SEASONS = {
    "spring": "spring", "springtime": "spring", "cherry blossom": "spring", "cherry blossoms": "spring",
    "summer": "summer", "autumn": "autumn", "fall": "autumn", "autumnal": "autumn", "winter": "winter",
    "wintry": "winter", "snow": "winter", "snowy": "winter", "christmas": "winter", "frozen": "winter",
    "ice": "winter", "icy": "winter", "snow-covered": "winter",
}  # fmt: skip

PLACES = {
    "meadow": "meadow", "grass": "meadow", "grassland": "meadow", "countryside": "meadow", "hills": "meadow",
    "rolling hills": "meadow", "hill": "hilltop", "hilltop": "hilltop", "landscape": "meadow", "park": "garden",
    "garden": "garden", "yard": "garden", "backyard": "garden", "valley": "mountains", "field": "field",
    "fields": "field", "farmland": "field", "vineyard": "field", "wheat": "field", "lavender field": "field",
    "mountains": "mountains", "alps": "mountains", "mountain range": "mountains", "peaks": "mountains",
    "mountain lake": "lake", "cliff": "sea_cliff", "cliffs": "sea_cliff", "coast": "sea_cliff",
    "coastline": "sea_cliff", "rocky shore": "sea_cliff", "beach": "beach", "shore": "beach", "seaside": "beach",
    "tropical": "beach", "sea": "sea", "ocean": "sea", "waves": "sea", "harbour": "sea", "harbor": "sea",
    "open sea": "sea", "lake": "lake", "pond": "lake", "river": "river", "stream": "river", "canal": "river",
    "forest": "forest", "woods": "forest", "woodland": "forest", "jungle": "forest", "pine forest": "forest",
    "savanna": "savanna", "savannah": "savanna", "safari": "savanna", "desert": "desert", "dunes": "desert",
    "sahara": "desert", "canyon": "desert", "city": "city", "town": "city", "skyline": "city", "downtown": "city",
    "cityscape": "city", "metropolis": "city", "street": "street", "road": "street", "alley": "street",
    "avenue": "street", "sidewalk": "street", "village": "village", "hamlet": "village", "arctic": "snow",
    "antarctica": "snow", "north pole": "snow", "glacier": "snow", "tundra": "snow", "room": "room",
    "bedroom": "room", "living room": "room", "kitchen": "table", "interior": "room", "indoors": "room",
    "studio": "plain", "cafe": "table", "café": "table", "tabletop": "table", "wooden table": "table",
    "still life": "table", "windowsill": "windowsill", "window sill": "windowsill", "window": "windowsill",
    "underwater": "underwater", "coral reef": "underwater", "reef": "underwater", "seabed": "underwater",
    "deep sea": "underwater", "aquarium": "underwater", "space": "space", "outer space": "space",
    "galaxy": "space", "cosmos": "space", "universe": "space", "nebula": "space", "orbit": "space",
    "the moon": "moon", "lunar": "moon", "sky": "sky", "skies": "sky", "clouds": "sky", "air": "sky",
    "night sky": "night_sky", "starry sky": "night_sky", "cave": "cave", "cavern": "cave", "lava": "volcanic",
    "plain background": "plain", "white background": "plain", "background": "plain", "nothing": "plain",
}  # fmt: skip

LOOKS = {
    "watercolour": "watercolour", "watercolor": "watercolour", "aquarelle": "watercolour", "oil": "oil",
    "oil painting": "oil", "impasto": "oil", "impressionist": "oil", "van gogh": "oil", "acrylic": "oil",
    "ink": "ink", "pen and ink": "ink", "ink drawing": "ink", "etching": "ink", "engraving": "ink",
    "crosshatch": "ink", "cross-hatching": "ink", "woodcut": "ink", "pixel": "pixel", "pixel art": "pixel",
    "pixelated": "pixel", "8-bit": "pixel", "16-bit": "pixel", "8bit": "pixel", "retro game": "pixel",
    "line art": "line", "line drawing": "line", "line": "line", "outline": "line", "coloring book": "line",
    "colouring book": "line", "coloring page": "line", "sketch": "pencil", "doodle": "line", "comic": "line",
    "paper cut": "paper", "papercut": "paper", "paper-cut": "paper", "paper cutout": "paper", "cut paper": "paper",
    "paper": "paper", "paper craft": "paper", "papercraft": "paper", "collage": "paper", "origami": "paper",
    "poster": "poster", "travel poster": "poster", "screen print": "poster", "screenprint": "poster",
    "risograph": "poster", "pop art": "poster", "vintage poster": "poster", "silkscreen": "poster",
    "photo": "photo", "photograph": "photo", "photography": "photo", "photorealistic": "photo",
    "photo-realistic": "photo", "realistic": "photo", "cinematic": "photo", "3d": "photo", "3d render": "photo",
    "bokeh": "photo", "stained glass": "glass", "mosaic": "glass", "pencil": "pencil", "pencil drawing": "pencil",
    "pencil sketch": "pencil", "charcoal drawing": "pencil", "graphite": "pencil", "crayon drawing": "pencil",
    "blueprint": "blueprint", "technical drawing": "blueprint", "schematic": "blueprint", "neon": "neon",
    "neon sign": "neon", "cyberpunk": "neon", "synthwave": "neon", "illustration": "gouache", "gouache": "gouache",
    "vector": "gouache", "flat design": "gouache", "cartoon": "gouache", "children's book": "gouache",
}  # fmt: skip

LOOK_TAILS = {"painting", "style", "drawing", "art", "print", "illustration", "render", "look", "picture", "image"}
"""Words that make a look of the word before them: "pencil drawing" is a look, "a pencil" is a thing."""

STOPWORDS = frozenset(
    """
    the of at to for from is are was it its it's this that these those my your his her their our very really
    quite so such as up down out off into onto through across along around against while who which where when
    there here be been being am do does make made look looks looking like as style styled drawing drawn painting
    painted picture image portrait scene view background foreground detailed beautiful pretty nice lovely
    gorgeous stunning amazing majestic magical whimsical mysterious peaceful quiet calm cozy cosy warm cool
    bright soft colourful colorful vivid vibrant pastel simple minimal minimalist modern old ancient vintage
    retro rustic wooden metal stone glass brick straw fluffy furry shiny glossy striped spotted round square
    sitting sits standing stands lying flying flies swimming swims running runs walking walks jumping jumps
    floating floats sailing sails driving rides riding eating drinking playing plays reading dancing singing
    hiding looking watching resting perched growing blooming rising setting high low far close up full empty lit
    glowing quality best 4k 8k hd masterpiece trending artstation please draw paint create generate show me i
    want we you they he she not but or if then than just only also too more most beautifully softly gently
    slowly lots lot kind made against during after under its good great new young wild black-and-white
    monochrome aspect ratio high-quality ultra highly deep light dark-haired surface level early late middle
    center centre top bottom side edge corner front back left right add put place replace change remove turn
    """.split()  # noqa: SIM905 - prose is easier to read than a list
)
"""Words that are no things."""
