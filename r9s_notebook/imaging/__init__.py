"""Pixels in, pixels out: checking and decoding pictures, thumbnails, masks; nothing of Jupyter."""

from r9s_notebook.imaging.codec import ImageInfo, as_image, inspect, open_image, to_png
from r9s_notebook.imaging.mask import Mask
from r9s_notebook.imaging.thumbnails import Preview, Thumbnail, preview, thumbnail

__all__ = [
    "ImageInfo",
    "Mask",
    "Preview",
    "Thumbnail",
    "as_image",
    "inspect",
    "open_image",
    "preview",
    "thumbnail",
    "to_png",
]
