"""Pixels in, pixels out: checking and decoding pictures, thumbnails, masks; nothing of Jupyter."""

from r9s_notebook.imaging.codec import ImageInfo, as_file, as_image, inspect, open_image, to_png
from r9s_notebook.imaging.compare import OutsideChange, keep_outside, outside_change
from r9s_notebook.imaging.mask import Mask
from r9s_notebook.imaging.metadata import embed, read_metadata
from r9s_notebook.imaging.region import region
from r9s_notebook.imaging.thumbnails import Preview, Thumbnail, preview, thumbnail

__all__ = [
    "ImageInfo",
    "Mask",
    "OutsideChange",
    "Preview",
    "Thumbnail",
    "as_file",
    "as_image",
    "embed",
    "inspect",
    "keep_outside",
    "open_image",
    "outside_change",
    "preview",
    "read_metadata",
    "region",
    "thumbnail",
    "to_png",
]
