"""Photos lose what the camera wrote beside them, keep their colours, and stand upright."""

import io

import pytest
from PIL import Image, ImageCms

from designation.evidence.content import received
from tests import files

# Whatever a test picture carries beside its pixels.
SECRETS = (
    b"SecretPhoneMaker",
    b"2026:03:01",
    b"Exif",
    b"eXIf",
    b"XmpSecret",
    b"IptcSecret",
    b"CommentSecret",
    b"TextSecret",
    b"iTXt",
    b"tEXt",
    b"BehindTheEnd",
    files.PLACE.encode(),
)


def kept(content, name="a.jpg"):
    return received(content, name).content


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    "content",
    [
        files.jpeg,
        files.jpeg_with_everything,
        lambda: files.jpeg(turned=6),
        lambda: files.png(text=True),
        lambda: files.png(text=True, turned=3),
        files.heic,
    ],
    ids=["jpeg", "jpeg with everything", "turned jpeg", "png", "turned png", "heic"],
)
def test_nothing_but_the_picture_is_kept(content):
    result = kept(content())

    assert not [secret for secret in SECRETS if secret in result]
    assert not opened(result).getexif()


def is_red(pixel):
    return pixel[0] > 150 and pixel[2] < 100


@pytest.mark.parametrize(
    ("turned", "size", "red_at", "blue_at"),
    [
        (1, (48, 32), (2, 16), (45, 16)),
        (3, (48, 32), (45, 16), (2, 16)),
        (6, (32, 48), (16, 2), (16, 45)),
        (8, (32, 48), (16, 45), (16, 2)),
    ],
)
@pytest.mark.parametrize("made", [files.jpeg, files.png])
def test_a_photo_stands_as_it_was_held(made, turned, size, red_at, blue_at):
    picture = opened(kept(made(turned=turned))).convert("RGB")

    assert picture.size == size
    assert is_red(picture.getpixel(red_at))
    assert not is_red(picture.getpixel(blue_at))


def test_a_photo_of_a_phone_becomes_a_jpeg_with_its_colours():
    result = received(files.heic(), "IMG_1.HEIC")

    picture = opened(result.content)
    assert result.media_type == "image/jpeg"
    assert picture.format == "JPEG"
    assert same_colours(picture.info["icc_profile"], files.srgb())
    assert is_red(picture.getpixel((2, 20)))


def test_what_was_transparent_in_it_becomes_white():
    made = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    file = io.BytesIO()
    made.save(file, "HEIF", quality=-1)

    assert opened(kept(file.getvalue())).getpixel((30, 30)) == (255, 255, 255)


def same_colours(one, another):
    """Whether a picture full of colours comes out of both the same."""
    lab = ImageCms.createProfile("LAB")
    shown = Image.merge("RGB", [Image.effect_noise((40, 40), 90) for _band in range(3)])
    profiles = [ImageCms.ImageCmsProfile(io.BytesIO(each)) for each in (one, another)]
    turned = [ImageCms.profileToProfile(shown, each, lab, outputMode="LAB") for each in profiles]
    return turned[0].tobytes() == turned[1].tobytes()


@pytest.mark.parametrize("made", [files.jpeg, files.png])
def test_the_name_of_a_device_in_a_colour_profile_goes(made):
    name = "ZhangSan iPad".encode("utf-16-be")
    named = files.srgb().replace("sRGB built-in".encode("utf-16-be"), name)
    assert name in named

    profile = opened(kept(made(colours=named))).info["icc_profile"]

    assert name not in profile
    assert same_colours(profile, named)


@pytest.mark.parametrize("cut", [40, 131, 140, 300])
def test_a_colour_profile_that_is_cut_off_goes(cut):
    assert "icc_profile" not in opened(kept(files.jpeg(colours=files.srgb()[:cut]))).info


@pytest.mark.parametrize("made", [files.jpeg, files.png])
def test_a_colour_profile_stays_and_what_is_none_goes(made):
    kept_with_it = opened(kept(made(colours=files.srgb())))
    assert same_colours(kept_with_it.info["icc_profile"], files.srgb())
    assert "icc_profile" not in opened(kept(made(colours=b"none" * 50))).info
    assert "icc_profile" not in opened(kept(made())).info


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1"])
def test_a_png_keeps_every_pixel(mode):
    content = files.png(mode=mode)

    assert opened(kept(content)).mode == opened(content).mode
    assert opened(kept(content)).convert("RGBA").tobytes() == (
        opened(content).convert("RGBA").tobytes()
    )


def test_a_png_keeps_the_colour_that_counts_as_transparent():
    file = io.BytesIO()
    files.picture(mode="P").save(file, "PNG", transparency=1)

    assert (
        opened(kept(file.getvalue())).info["transparency"]
        == (opened(file.getvalue()).info["transparency"])
    )


def test_a_jpeg_keeps_the_measure_of_its_compression():
    fine = files.jpeg(subsampling=0)

    before, after = opened(fine), opened(kept(fine))
    assert after.quantization == before.quantization
    assert after.layer == before.layer
    assert abs(len(kept(fine)) - len(files.jpeg(subsampling=0, notes=False))) < 200


def test_a_jpeg_that_was_sent_in_passes_stays_so():
    assert opened(kept(files.jpeg(progressive=True))).info["progressive"]


def test_a_note_of_a_turn_that_cannot_be_read_turns_nothing(monkeypatch):
    def unreadable(_picture):
        raise SyntaxError("not a TIFF file")

    monkeypatch.setattr("designation.evidence.pictures.ImageOps.exif_transpose", unreadable)

    assert opened(kept(files.jpeg(turned=6))).size == (48, 32)
