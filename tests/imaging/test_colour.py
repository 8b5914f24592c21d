from __future__ import annotations

from PIL import Image, ImageCms

from r9s_notebook.imaging import open_image, thumbnail
from tests.imaging.pictures import encoded


def swapped_profile() -> bytes:
    """A profile whose red is sRGB's green, and the other way round: what ignores it is seen at once."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    entries = {}
    for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        entries[bytes(profile[at : at + 4])] = at
        name = bytes(profile[at : at + 4])
        if name == b"desc":
            place = int.from_bytes(profile[at + 4 : at + 8], "big")
            length = int.from_bytes(profile[at + 8 : at + 12], "big")
            text = bytes(profile[place : place + length])
            profile[place : place + length] = text.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red + 4 : red + 12], profile[green + 4 : green + 12] = (
        profile[green + 4 : green + 12],
        profile[red + 4 : red + 12],
    )
    return bytes(profile)


def test_a_profile_of_its_own_is_applied_once() -> None:
    data = encoded(Image.new("RGB", (40, 40), (255, 0, 0)), "PNG", icc_profile=swapped_profile())
    red, green, blue = open_image(data).getpixel((5, 5))

    assert green > 250
    assert red < 40
    assert blue < 40
    assert "icc_profile" not in open_image(data).info


def test_a_thumbnail_has_the_colours_too() -> None:
    data = encoded(Image.new("RGB", (600, 600), (255, 0, 0)), "JPEG", icc_profile=swapped_profile(), quality=95)
    red, green, _ = open_image(thumbnail(data).data).getpixel((50, 50))

    assert green > 240
    assert red < 50


def test_transparency_goes_through() -> None:
    image = Image.new("RGBA", (8, 8), (255, 0, 0, 77))

    assert open_image(encoded(image, "PNG", icc_profile=swapped_profile())).getpixel((2, 2))[3] == 77


def test_srgb_and_damaged_profiles_change_nothing() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"not a profile", srgb[:200]):
        data = encoded(Image.new("RGB", (8, 8), (200, 100, 50)), "PNG", icc_profile=profile)

        assert open_image(data).getpixel((1, 1)) == (200, 100, 50)
