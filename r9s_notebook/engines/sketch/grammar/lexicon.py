"""The words the engine knows, apart from subjects and colours. Phrases of several words are found first."""

from __future__ import annotations

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "lone": 1, "two": 2, "pair": 2, "couple": 2, "both": 2, "three": 3,
    "trio": 3, "four": 4, "five": 5, "six": 6, "half-dozen": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "dozen": 12, "several": 4, "some": 3, "few": 3, "many": 7, "lots": 8, "flock": 7, "herd": 5, "group": 4,
    "eleven": 11, "twelve": 12, "thirteen": 12, "fourteen": 12, "fifteen": 12, "sixteen": 12, "seventeen": 12,
    "eighteen": 12, "nineteen": 12, "twenty": 12, "thirty": 12, "forty": 12, "fifty": 12, "sixty": 12, "seventy": 12,
    "eighty": 12, "ninety": 12, "hundred": 12, "hundreds": 12, "thousand": 12, "thousands": 12, "dozens": 12,
    "countless": 12, "bunch": 5, "school": 7, "crowd": 8, "swarm": 8, "row": 5, "rows": 8,
}  # fmt: skip
"""More than twelve are drawn as twelve: what cannot be counted at a glance is a crowd."""

SIZES = {
    "tiny": 0.5, "little": 0.7, "small": 0.7, "mini": 0.55, "miniature": 0.55, "short": 0.8, "big": 1.25, "large": 1.25,
    "tall": 1.25, "huge": 1.5, "giant": 1.6, "gigantic": 1.65, "enormous": 1.6, "massive": 1.55, "towering": 1.5,
}  # fmt: skip

RELATIONS = {
    "left of": "left", "to the left of": "left", "on the left of": "left", "on the left side of": "left",
    "right of": "right", "to the right of": "right", "on the right of": "right", "on the right side of": "right",
    "next to": "beside", "beside": "beside", "near": "beside", "by": "beside", "chasing": "beside",
    "chased by": "beside", "watching": "beside", "looking at": "beside", "playing with": "beside",
    "meeting": "beside", "following": "beside", "between": "between", "against": "beside", "with": "with",
    "and": "and", "&": "and", "plus": "and", "on top of": "on", "atop": "on", "on": "on", "upon": "on", "onto": "on",
    "climbing": "on", "riding": "riding", "rides": "riding", "riding on": "riding", "on the back of": "riding",
    "under": "under", "underneath": "under", "below": "under", "beneath": "under", "above": "above", "over": "above",
    "flying over": "above", "jumping over": "above", "jumps over": "above", "in front of": "before",
    "before": "before", "behind": "behind", "inside": "inside", "in": "inside", "driving": "inside",
    "drives": "inside", "sailing in": "inside", "sailing": "inside", "wearing": "wearing", "wears": "wearing",
    "holding": "held", "holds": "held", "carrying": "held", "carries": "held", "reading": "held", "reads": "held",
    "eating": "held", "eats": "held", "drinking": "held", "playing": "played", "plays": "played", "waving": "held",
    "crossing": "on", "crosses": "on", "across": "on", "walking across": "on", "flying across": "above",
    "fishing from": "inside",
    "pulled by": "beside", "made of": "shaped",
    "made out of": "shaped", "made from": "shaped", "in the shape of": "shaped", "shaped like": "shaped",
    "shaped as": "shaped",
    "has": "has", "having": "has", "flying a": "held", "showing": "with",
}  # fmt: skip

SIDES = {
    "on the left": "left", "to the left": "left", "at left": "left", "at the left": "left", "on the left side": "left",
    "in the left": "left", "on left": "left", "on the right": "right", "to the right": "right", "at right": "right",
    "at the right": "right", "on the right side": "right", "in the right": "right", "on right": "right",
    "in the background": "back", "in the distance": "back", "far away": "back", "in the foreground": "front",
}  # fmt: skip
"""Where in the picture, where no other thing is named."""

PARTS = {
    "roof": "roof", "door": "door", "wall": "wall", "window": "window", "shutter": "window", "chimney": "roof",
    "hair": "hair", "eye": "eyes", "wing": "wings", "tail": "tail", "mane": "mane", "horn": "horn", "sail": "sail",
    "wheel": "wheels", "stripe": "stripes", "spot": "spots", "dot": "spots", "petal": "petals", "lid": "lid",
    "cover": "cover", "nose": "nose", "ear": "ears", "leg": "legs", "paw": "shoe", "trunk": "trunk", "leaf": "leaves",
    "trousers": "trousers", "pants": "trousers", "jeans": "trousers", "shorts": "trousers", "skirt": "trousers",
    "beak": "beak", "fur": "fur", "frosting": "frosting", "icing": "frosting", "handle": "handle", "band": "band",
    "ribbon": "ribbon", "belly": "belly", "feather": "wings", "glove": "gloves", "shade": "shade", "face": "face",
    "smile": "face",
}  # fmt: skip
"""Parts of a thing, whose colours are theirs alone."""

PIECES = {"candle": {"cake"}}
"""Parts that a subject repeats, by the subjects that have them: "a cake with five candles" is one thing."""

POSTURES = {
    "swimming": "swimming", "swims": "swimming", "swim": "swimming", "flying": "aloft", "flies": "aloft",
    "soaring": "aloft", "hovering": "aloft", "hovers": "aloft", "levitating": "aloft", "floating": "afloat",
    "floats": "afloat", "drifting": "afloat", "breathing fire": "fire", "breathes fire": "fire",
    "breathing flames": "fire", "fire breathing": "fire", "fire-breathing": "fire", "spitting fire": "fire",
    "flying over": "aloft", "flying across": "aloft", "holding hands": "together", "hand in hand": "together",
    "shaking hands": "together",
}  # fmt: skip
"""How somebody is, whose word is said before or after the noun. What is afloat swims where there is water."""

FILLINGS = {
    "on top": "on top",
    "on it": "on it",
    "on them": "on it",
    "full of": "of",
    "filled with": "of",
    "covered in": "of",
    "covered with": "of",
}
"""A meadow full of flowers is a meadow of flowers; what is on "them" is on "it"."""

INTERIORS = {
    "house": "room", "home": "room", "cottage": "room", "cabin": "room", "farmhouse": "room", "apartment": "room",
    "shop": "room", "store": "room", "bakery": "cafe", "museum": "room",
    "bank": "room", "hotel": "room", "supermarket": "room", "book store": "library",
    "library": "library", "bookshop": "library", "bookstore": "library", "school": "classroom",
    "university": "classroom", "hospital": "ward", "clinic": "ward",
}  # fmt: skip
"""Buildings that are a place for what is in them."""

NEGATIONS = {
    "no", "not", "without", "except", "minus", "don't", "dont", "do not", "never", "excluding", "avoid", "nor",
}  # fmt: skip

PORTRAITS = {"portrait", "portrait of", "headshot", "head shot", "selfie", "bust", "close-up portrait"}

UNDRAWN = {
    "water cycle": "", "life cycle": "", "cell cycle": "", "dragon fruit": "", "horse chestnut": "", "dog rose": "",
    "star wars": "", "star sign": "", "egg plant": "", "time machine": "", "lily of the valley": "",
    "ice age": "", "fish tank": "", "mouse pad": "", "bus stop": "", "bird house": "", "cat fish": "",
    "key board": "", "foot print": "", "box office": "", "fire alarm": "",
    "school uniform": "", "plant cell": "", "animal cell": "",
}  # fmt: skip
"""Names that contain a subject's word and mean something else: better nothing than the wrong thing."""

TRAITS = {
    "sleeping": "sleeping", "asleep": "sleeping", "sleepy": "sleeping", "dreaming": "sleeping", "sad": "sad",
    "crying": "sad", "happy": "happy", "smiling": "happy", "cute": "happy", "waving at": "waving", "snowy": "snowy",
    "snow-covered": "snowy", "christmas": "christmas", "halloween": "halloween", "spooky": "halloween",
    "easter": "easter", "fruit": "fruit", "old": "old", "elderly": "old", "ancient": "old", "bearded": "beard",
    "beard": "beard", "with a beard": "beard", "moustache": "beard", "bald": "bald", "young": "young", "angry": "sad",
    "upside down": "upside down", "upside-down": "upside down", "long": "long", "carrot nose": "carrot nose",
}  # fmt: skip

HOURS = {
    "sunrise": "dawn", "dawn": "dawn", "daybreak": "dawn", "early morning": "dawn", "morning": "dawn", "noon": "day",
    "midday": "day", "daytime": "day", "day": "day", "sunny": "day", "afternoon": "golden", "golden hour": "golden",
    "evening": "sunset", "sunset": "sunset", "sundown": "sunset", "dusk": "dusk", "twilight": "dusk",
    "blue hour": "dusk", "night": "night", "nighttime": "night", "midnight": "night", "moonlit": "night",
    "moonlight": "night", "starry": "night", "starry night": "night", "starry sky": "night",
    "night sky": "night", "at night": "night", "nocturnal": "night",
    "dark": "night", "moon": "night", "full moon": "night",
    "crescent moon": "night", "milky way": "night", "stars": "night", "northern lights": "night",
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
    "fields": "field", "farmland": "field", "vineyard": "field", "wheat": "field",
    "mountains": "mountains", "alps": "mountains", "mountain range": "mountains", "peaks": "mountains",
    "mountain lake": "lake", "cliff": "sea_cliff", "cliffs": "sea_cliff", "coast": "sea_cliff",
    "coastline": "sea_cliff", "rocky shore": "sea_cliff", "beach": "beach", "shore": "beach", "seaside": "beach",
    "tropical": "beach", "sea": "sea", "ocean": "sea", "waves": "sea",
    "open sea": "sea", "lake": "lake", "pond": "lake", "river": "river", "stream": "river", "canal": "river",
    "forest": "forest", "woods": "forest", "woodland": "forest", "jungle": "forest", "pine forest": "forest",
    "savanna": "savanna", "savannah": "savanna", "safari": "savanna", "desert": "desert", "dunes": "desert",
    "sahara": "desert", "city": "city", "town": "city", "skyline": "city", "downtown": "city",
    "cityscape": "city", "metropolis": "city", "street": "street", "road": "street", "alley": "street",
    "avenue": "street", "sidewalk": "street", "village": "village", "hamlet": "village", "arctic": "snow",
    "antarctica": "snow", "north pole": "snow", "glacier": "snow", "tundra": "snow", "room": "room",
    "living room": "room", "kitchen": "kitchen", "indoors": "room",
    "studio": "plain", "tabletop": "table", "wooden table": "table",
    "still life": "table", "windowsill": "windowsill", "window sill": "windowsill", "window": "windowsill",
    "underwater": "underwater", "coral reef": "underwater", "reef": "underwater", "seabed": "underwater",
    "deep sea": "underwater", "aquarium": "underwater", "space": "space", "outer space": "space",
    "galaxy": "space", "cosmos": "space", "universe": "space", "nebula": "space", "orbit": "space",
    "the moon": "moon", "lunar": "moon", "sky": "sky", "skies": "sky", "clouds": "sky", "air": "sky",
    "night sky": "night_sky", "starry sky": "night_sky", "cave": "cave", "cavern": "cave", "lava": "volcanic",
    "plain background": "plain", "background": "plain", "nothing": "plain",
    "backdrop": "plain", "ice": "snow", "mars": "mars", "milky way": "night_sky",
    "polar": "snow", "on mars": "mars", "lavender field": "lavender", "lavender fields": "lavender",
    "field of lavender": "lavender", "fields of lavender": "lavender",
    "kitchen table": "table", "classroom": "classroom", "laboratory": "laboratory",
    "lab": "laboratory", "chemistry lab": "laboratory", "science lab": "laboratory", "under water": "underwater",
    "in the water": "sea", "on the water": "sea", "waterfall": "waterfall", "waterfalls": "waterfall",
    "cascade": "waterfall", "logo": "emblem", "icon": "emblem", "app icon": "emblem", "emblem": "emblem",
    "sticker": "emblem", "product": "plain", "product photo": "plain", "product shot": "plain",
    "rainforest": "forest", "swamp": "lake",
    "lily pad": "lake", "lily pads": "lake",
    "waterfront": "sea", "plains": "meadow", "prairie": "meadow", "farm": "field", "orchard": "garden",
    "moonscape": "moon",
    "bathroom": "bathroom", "bedroom": "bedroom", "office": "office", "gym": "gym", "sports hall": "gym",
    "cafe": "cafe", "café": "cafe", "coffeehouse": "cafe",
    "restaurant": "cafe", "bistro": "cafe", "diner": "cafe", "bar": "cafe", "pub": "cafe",
    "market": "market", "market street": "market", "marketplace": "market", "market square": "market",
    "farmers market": "market", "farmer's market": "market", "bazaar": "market", "flea market": "market",
    "stage": "stage", "theatre": "stage", "theater": "stage", "concert": "stage", "opera": "stage", "circus": "stage",
    "swimming pool": "pool", "pool": "pool", "poolside": "pool", "playground": "playground", "koi pond": "koi_pond",
    "harbour": "harbour", "harbor": "harbour", "port": "harbour", "marina": "harbour", "fishing village": "harbour",
    "canyon": "canyon", "grand canyon": "canyon", "monument valley": "canyon", "volcano land": "volcanic",
    "lounge": "room",
}  # fmt: skip

LOOKS = {
    "watercolour": "watercolour", "watercolor": "watercolour", "aquarelle": "watercolour", "oil": "oil",
    "oil painting": "oil", "impasto": "oil", "impressionist": "oil", "van gogh": "oil", "acrylic": "oil",
    "ink": "ink", "pen and ink": "ink", "ink drawing": "ink", "etching": "ink", "engraving": "ink",
    "crosshatch": "ink", "cross-hatching": "ink", "woodcut": "ink", "pixel": "pixel", "pixel art": "pixel",
    "pixelated": "pixel", "8-bit": "pixel", "16-bit": "pixel", "8bit": "pixel", "retro game": "pixel",
    "line art": "line", "line drawing": "line", "line": "line", "outline": "line", "coloring book": "line",
    "colouring book": "line", "coloring page": "line", "colouring page": "line", "coloring sheet": "line",
    "outlines": "line", "sketch": "pencil", "doodle": "line", "comic": "comic", "comics": "comic",
    "comic book": "comic", "ligne claire": "comic", "cartoon strip": "comic", "manga": "comic",
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
    water texture seamless diagram marble bronze can could would every each all something anything side
    the of at to for from is are was it its it's this that these those my your his her their our very really
    quite so such as up down out off into onto through along around against while who which where when
    there here be been being am do does make made look looks looking like as style styled drawing drawn painting
    painted picture image scene view background foreground detailed beautiful pretty nice lovely
    gorgeous stunning amazing majestic magical whimsical mysterious peaceful quiet calm cozy cosy warm cool
    bright soft colourful colorful vivid vibrant pastel simple minimal minimalist modern vintage
    retro rustic wooden metal stone glass brick straw fluffy furry shiny glossy striped spotted round square
    sitting sits standing stands lying running runs walking walks jumping jumps
    sailing sails driving rides riding eating drinking playing plays reading dancing singing
    hiding looking watching resting perched growing blooming rising setting high low far close up full empty lit
    glowing quality best 4k 8k hd masterpiece trending artstation please draw paint create generate show me i
    want we you they he she not but or if then than just only also too more most beautifully softly gently
    slowly lots lot kind made against during after under its good great new wild black-and-white
    monochrome aspect ratio high-quality ultra highly deep light dark-haired surface level early late middle
    center centre top bottom side edge corner front back left right add put place replace change remove turn
    """.split()  # noqa: SIM905 - prose is easier to read than a list
)
"""Words that are no things."""
