"""Everyday words of German, French and Spanish, in English. Only words that mean nothing else in an English prompt."""

from __future__ import annotations

_GERMAN = """
katze cat|kätzchen kitten|hund dog|pferd horse|kuh cow|schwein pig|schaf sheep|ziege goat|huhn chicken|ente duck
gans goose|hase rabbit|kaninchen rabbit|maus mouse|vogel bird|vögel birds|eule owl|adler eagle|fisch fish|fische fish
wal whale|frosch frog|schlange snake|schildkröte turtle|drache dragon|drachen dragon|einhorn unicorn|bär bear
affe monkey|elefant elephant|löwe lion|fuchs fox|füchse foxes|hirsch deer|eichhörnchen squirrel|igel hedgehog
biene bee|schmetterling butterfly|spinne spider|mann man|frau woman|junge boy|mädchen girl|kind child|kinder children
könig king|königin queen|prinzessin princess|ritter knight|zauberer wizard|hexe witch|pirat pirate|roboter robot
haus house|häuser houses|hütte cabin|schloss castle|burg castle|kirche church|schule school|brücke bridge|turm tower
leuchtturm lighthouse|windmühle windmill|zelt tent|auto car|lkw truck|zug train|fahrrad bicycle|schiff ship
segelboot sailboat|flugzeug airplane|rakete rocket|traktor tractor|apfel apple|äpfel apples|birne pear|banane banana
zitrone lemon|erdbeere strawberry|kirsche cherry|kirschen cherries|brot bread|ei egg|käse cheese|kuchen cake
kaffee coffee|milch milk|tisch table|stuhl chair|bett bed|lampe lamp|uhr clock|buch book|bücher books|kerze candle
gitarre guitar|klavier piano|schirm umbrella|regenschirm umbrella|hut hat|krone crown|schlüssel key|blume flower
blumen flowers|sonnenblume sunflower|baum tree|bäume trees|blatt leaf|berg mountain|berge mountains|vulkan volcano
insel island|fluss river|wasserfall waterfall|see lake|meer sea|strand beach|wald forest|wüste desert|wiese meadow
dorf village|stadt city|straße street|garten garden|sonne sun|mond moon|stern star|sterne stars|wolke cloud
wolken clouds|regenbogen rainbow|schneemann snowman|schnee snow|regen rain|nebel fog|gewitter storm|nacht night
abend evening|morgen morning|sonnenuntergang sunset|sonnenaufgang sunrise|frühling spring|sommer summer|herbst autumn
weltraum space|himmel sky|zwei two|drei three|vier four|fünf five|sechs six|sieben seven|acht eight|neun nine|zehn ten
ein a|eine a|einen a|einem a|einer a|und and|mit with|auf on|unter under|neben beside|vor before|hinter behind|im in
ohne without|über above|kleine small|kleiner small|kleines small|kleinen small|große big|großer big|großes big
großen big|aquarell watercolour|ölgemälde oil painting|zeichnung drawing|bleistift pencil
zeichne draw|male draw|bild picture
"""

_FRENCH = """
chaton kitten|chien dog|cheval horse|vache cow|cochon pig|mouton sheep|chèvre goat|poule chicken|canard duck
lapin rabbit|souris mouse|oiseau bird|oiseaux birds|hibou owl|aigle eagle|poisson fish|poissons fish|baleine whale
grenouille frog|tortue turtle|licorne unicorn|ours bear|singe monkey|éléphant elephant|renard fox
cerf deer|écureuil squirrel|hérisson hedgehog|abeille bee|papillon butterfly|araignée spider|homme man|femme woman
garçon boy|fille girl|enfant child|roi king|reine queen|princesse princess|chevalier knight|sorcière witch|maison house
château castle|église church|phare lighthouse|moulin windmill|voiture car|camion truck|vélo bicycle
bateau boat|voilier sailboat|avion airplane|fusée rocket|pomme apple|pommes apples|poire pear|banane banana
citron lemon|fraise strawberry|cerise cherry|fromage cheese|gâteau cake|lait milk|chaise chair|livre book|bougie candle
parapluie umbrella|chapeau hat|couronne crown|fleur flower|fleurs flowers|tournesol sunflower|arbre tree|arbres trees
montagne mountain|montagnes mountains|île island|rivière river|mer sea|plage beach|forêt forest|ville city|rue street
jardin garden|soleil sun|lune moon|étoile star|étoiles stars|nuage cloud|nuages clouds|arc-en-ciel rainbow|neige snow
pluie rain|nuit night|soir evening|coucher-de-soleil sunset|printemps spring|été summer|automne autumn|hiver winter
deux two|trois three|quatre four|cinq five|une a|et and|avec with|sous under|dans in|devant before|derrière behind
sans without|petit small|petite small|grand big|grande big|aquarelle watercolour|dessine draw|chat cat|chats cats
"""

_SPANISH = """
gato cat|gatos cats|gatito kitten|perro dog|perros dogs|caballo horse|vaca cow|cerdo pig|oveja sheep|cabra goat
gallina chicken|pato duck|conejo rabbit|ratón mouse|pájaro bird|pájaros birds|búho owl|águila eagle|peces fish
ballena whale|rana frog|serpiente snake|tortuga turtle|dragón dragon|unicornio unicorn|oso bear|mono monkey
elefante elephant|león lion|zorro fox|ciervo deer|ardilla squirrel|abeja bee|mariposa butterfly|araña spider
hombre man|mujer woman|niño boy|niña girl|rey king|reina queen|princesa princess|caballero knight|bruja witch|casa house
castillo castle|iglesia church|puente bridge|faro lighthouse|molino windmill|coche car|camión truck|bicicleta bicycle
barco boat|velero sailboat|avión airplane|cohete rocket|manzana apple|manzanas apples|plátano banana|limón lemon
fresa strawberry|cereza cherry|queso cheese|pastel cake|leche milk|silla chair|cama bed|libro book|vela candle
paraguas umbrella|llave key|flores flowers|girasol sunflower|árbol tree|árboles trees|hoja leaf
montaña mountain|montañas mountains|volcán volcano|isla island|río river|cascada waterfall|playa beach|bosque forest
desierto desert|ciudad city|calle street|jardín garden|luna moon|estrella star|estrellas stars|nube cloud|nubes clouds
arcoíris rainbow|nieve snow|lluvia rain|noche night|atardecer sunset|amanecer dawn|primavera spring|verano summer
otoño autumn|invierno winter|dos two|tres three|cuatro four|cinco five|una a|un a|y and|con with|sobre on|bajo under
sin without|en in|pequeño small|pequeña small|acuarela watercolour|dibuja draw
"""

_COLOURS_AFTER = """
rouge red|rouges red|bleu blue|bleue blue|bleus blue|vert green|verte green|verts green|jaune yellow|jaunes yellow
noir black|noire black|noirs black|blanc white|blanche white|blancs white|gris grey|grise grey|marron brown
violette purple|rojo red|roja red|rojos red|rojas red|azul blue|azules blue|verde green|verdes green|amarillo yellow
amarilla yellow|negro black|negra black|negros black|blanco white|blanca white|rosado pink|morado purple|naranja orange
"""
"""French and Spanish colours follow their noun."""

_COLOURS = {
    "rot": "red", "blau": "blue", "grün": "green", "gelb": "yellow", "schwarz": "black", "weiß": "white",
    "grau": "grey", "braun": "brown", "rosa": "pink", "golden": "golden",
}  # fmt: skip
"""German colours come before their noun, and are inflected."""

_SILENT = frozenset("der die das dem den des le la les du el los las une ist sind".split())  # noqa: SIM905


def _pairs(text: str) -> dict[str, str]:
    entries = (entry.split(" ", 1) for line in text.strip().splitlines() for entry in line.strip().split("|"))
    return {word.casefold(): english for word, english in entries}


_BEFORE = {
    **_pairs(_GERMAN),
    **{(word + ending).casefold(): name for word, name in _COLOURS.items() for ending in ("", "e", "er", "es", "en")},
}
_ROMANCE = {**_pairs(_SPANISH), **_pairs(_FRENCH)}
_AFTER = _pairs(_COLOURS_AFTER)


def in_english(words: list[str]) -> list[str]:
    """The words, those of the other languages replaced; a colour moves before the noun it follows."""
    if not any(word in _BEFORE or word in _ROMANCE for word in words):
        return words
    english: list[str] = []
    noun = False
    for word in words:
        if word in _AFTER and noun:
            english.insert(len(english) - 1, _AFTER[word])
        elif word not in _SILENT:
            translated = _ROMANCE.get(word) or _BEFORE.get(word) or _AFTER.get(word) or word
            english += translated.split()
            noun = word in _ROMANCE
    return english
