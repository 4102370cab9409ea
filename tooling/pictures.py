"""The pictures of the README, from what the browser tests kept: ``python -m tooling.pictures``."""

from PIL import Image

from .places import ROOT

KEPT = ROOT / "tests" / "browser" / "output"
PICTURES = ROOT / "docs" / "pictures"
# A page is cut where the window ended: what is fixed to its lower edge stands there.
_LONGEST = 900
_COLOURS = 128

SHOWN = {
    "desk": "01-desk-of-the-preparer-1280",
    "case": "17-the-whole-history-1280",
    "self_assessment_item": "03-a-section-1280",
    "review": "05-first-review-1280",
    "verification_phone": "08-on-site-390",
    "notice": "12-the-public-notice-1280",
    "objection": "13-an-objection-1280",
    "designate": "14-the-decision-1280",
    "register": "15-the-register-1280",
    "standard": "18-a-standard-1280",
    "own_standard": "drafting-take-1280",
    "check": "drafting-check-1280",
    "replay": "replay-result-1280",
}


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, kept in SHOWN.items():
        with Image.open(KEPT / f"{kept}.png") as page:
            head = page.convert("RGB").crop((0, 0, page.width, min(page.height, _LONGEST)))
        head.quantize(_COLOURS).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
