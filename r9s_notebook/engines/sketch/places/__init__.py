"""The places a scene can be set in: each builds its backdrop and says where things stand."""

from __future__ import annotations

from collections.abc import Callable

from r9s_notebook.engines.sketch.places import (
    elsewhere,
    home,
    indoors,
    interiors,
    outdoors,
    outings,
    public,
    town,
    waterside,
)
from r9s_notebook.engines.sketch.places.stage import Ground, Stage

PLACES: dict[str, Callable[[Stage], Ground]] = {
    "bathroom": home.bathroom,
    "beach": waterside.beach,
    "bedroom": home.bedroom,
    "cafe": public.cafe,
    "canyon": outings.canyon,
    "castle_hill": outdoors.castle_hill,
    "cave": elsewhere.cave,
    "city": town.city,
    "classroom": interiors.classroom,
    "desert": outdoors.desert,
    "emblem": indoors.emblem,
    "field": outdoors.field,
    "forest": outdoors.forest,
    "garden": outdoors.garden,
    "gym": public.gym,
    "harbour": outings.harbour,
    "hilltop": outdoors.hilltop,
    "kitchen": interiors.kitchen,
    "koi_pond": outings.koi_pond,
    "laboratory": interiors.laboratory,
    "lake": waterside.lake,
    "lavender": outdoors.lavender,
    "library": interiors.library,
    "mars": outdoors.mars,
    "market": outings.market,
    "meadow": outdoors.meadow,
    "moon": elsewhere.moon,
    "mountains": outdoors.mountains,
    "night_forest": outdoors.forest,
    "night_sky": outdoors.night_sky,
    "office": public.office,
    "plain": indoors.plain,
    "playground": outings.playground,
    "pool": outings.pool,
    "river": waterside.river,
    "room": indoors.room,
    "savanna": outdoors.savanna,
    "sea": waterside.sea,
    "sea_cliff": waterside.sea_cliff,
    "sky": outdoors.high_sky,
    "snow": outdoors.snow,
    "space": elsewhere.space,
    "stage": public.theatre,
    "street": town.street,
    "table": indoors.table,
    "underwater": elsewhere.underwater,
    "village": town.village,
    "volcanic": outdoors.volcanic,
    "ward": interiors.ward,
    "waterfall": waterside.waterfall,
    "windowsill": indoors.windowsill,
}
"""By name: a new place is one function and one line here."""

HOURS = {
    "plain": "indoors",
    "emblem": "indoors",
    "bathroom": "indoors",
    "bedroom": "indoors",
    "cafe": "indoors",
    "gym": "indoors",
    "office": "indoors",
    "stage": "indoors",
    "classroom": "indoors",
    "library": "indoors",
    "laboratory": "indoors",
    "ward": "indoors",
    "kitchen": "indoors",
    "room": "indoors",
    "table": "indoors",
    "underwater": "deep",
    "space": "space",
    "moon": "space",
    "night_sky": "night",
    "night_forest": "night",
}
"""The light of places that have their own, where the prompt names no hour."""

__all__ = ["HOURS", "PLACES", "Ground", "Stage"]
