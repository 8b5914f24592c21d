"""Colours as the screen shows them: a picture with a colour profile of its own is brought to sRGB.

Phones write Display P3 and printers' files are CMYK with a profile. Without this step their colours would go pale in
thumbnails and in everything that is sent, since profiles do not survive resizing and editing.
"""

from __future__ import annotations

import contextlib
import io

from PIL import Image, ImageCms

_PROFILED = {"RGB": "RGB", "RGBA": "RGBA", "CMYK": "RGB"}


def to_srgb(image: Image.Image) -> Image.Image:
    """The image in sRGB; the same object if it has no profile, sRGB's own, or one that cannot be used."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or image.mode not in _PROFILED:
        return image
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return image
        converted = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=_PROFILED[image.mode]
        )
        return converted or image
    return image
