"""Pictures of a document's pages, drawn in a process of its own with little to take.

Started as a script by ``previews``, never imported by the site: what a hostile file brings down
is this process alone. Reads the content from its standard input, and writes on its standard
output how many pages there are and, for each page drawn, a small and a large WebP, each after its
length. Figures are unsigned, of four bytes.
"""

import io
import resource
import struct
import sys
from collections.abc import Iterator

import pypdfium2
from PIL import Image

# Our defaults. Bytes of memory and of output, seconds of the processor, pages, pixels a side.
MOST_MEMORY = 1536 * 1024 * 1024
MOST_OUTPUT = 40 * 1024 * 1024
MOST_SECONDS = 30
MOST_PAGES = 20
SIDES = (320, 1400)
_QUALITY = 75
_FIGURE = struct.Struct(">I")


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def pages_of(content: bytes) -> tuple[int, Iterator[Image.Image]]:
    """How many pages, and pictures of the first ones."""
    if not content.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        document = pypdfium2.PdfDocument(content)
        return len(document), _drawn(document)
    picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
    # A photo is decoded no larger than it is shown.
    picture.draft("RGB", (SIDES[-1], SIDES[-1]))
    return 1, iter([picture])


def _drawn(document: pypdfium2.PdfDocument) -> Iterator[Image.Image]:
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        scale = SIDES[-1] / max(*page.get_size(), 1)
        yield page.render(scale=scale).to_pil()
        page.close()


def as_webp(picture: Image.Image, side: int) -> bytes:
    shown = picture.copy()
    shown.thumbnail((side, side))
    if shown.mode != "RGB":
        white = Image.new("RGBA", shown.size, "white")
        shown = Image.alpha_composite(white, shown.convert("RGBA")).convert("RGB")
    file = io.BytesIO()
    shown.save(file, "WEBP", quality=_QUALITY)
    return file.getvalue()


def main() -> None:
    limit()
    count, pages = pages_of(sys.stdin.buffer.read())
    out = sys.stdout.buffer
    out.write(_FIGURE.pack(count))
    for page in pages:
        for side in SIDES:
            content = as_webp(page, side)
            out.write(_FIGURE.pack(len(content)) + content)


if __name__ == "__main__":
    main()
