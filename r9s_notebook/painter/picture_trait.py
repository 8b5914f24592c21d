"""The painter's image, as a trait."""

from __future__ import annotations

from typing import Any

import traitlets
from PIL import Image

from r9s_notebook.imaging import as_image


class Picture(traitlets.TraitType[Any, Any]):
    """A PIL image, or anything that ``imaging.as_image`` reads; compared by identity, since pixels take long."""

    def validate(self, obj: Any, value: Any) -> Image.Image | None:
        """The image, read if it has to be."""
        return value if value is None or value is obj._shown else as_image(value)

    def set(self, obj: Any, value: Any) -> None:
        """Sets it, and tells the observers if it is another image."""
        new, old = self._validate(obj, value), obj._trait_values.get(self.name)
        obj._trait_values[self.name] = new
        if new is not old:
            obj._notify_trait(self.name, old, new)
