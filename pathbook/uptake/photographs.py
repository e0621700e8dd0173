"""A photograph as it may be kept: drawn anew and smaller, so that nothing of where, when or on what it was taken is left."""

import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

AT_MOST = 15_000_000  # bytes as it is sent
PIXELS = {"JPEG": 60_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}  # a JPEG is made smaller as it is read
SIDE: Final = 1600
WRONG = "That file is no photograph Pathbook can read. Take it again, or send a JPEG, PNG or WebP."
TOO_LARGE = "That photograph is too large. Take it again at a usual size, under 15 MB."


class PhotographError(Exception):
    """It is not kept; the sentence says what to do."""


def saved_anew(sent: bytes) -> bytes:
    """A JPEG of at most 1,600 pixels a side. Raises PhotographError before anything large is unpacked."""
    if len(sent) > AT_MOST:
        raise PhotographError(TOO_LARGE)
    from PIL import Image, UnidentifiedImageError  # large, so only where a photograph is sent

    try:
        with Image.open(io.BytesIO(sent), formats=tuple(PIXELS)) as image:
            if image.width * image.height > PIXELS[str(image.format)]:
                raise PhotographError(TOO_LARGE)
            image.draft("RGB", (SIDE, SIDE))
            return _drawn(image)
    except Image.DecompressionBombError:
        raise PhotographError(TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise PhotographError(WRONG) from None


def _drawn(image: "Image.Image") -> bytes:
    """On a new sheet: a copy would take its comments along."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((SIDE, SIDE))
    sheet = Image.new("RGB", upright.size)
    sheet.paste(upright)
    made = io.BytesIO()
    sheet.save(made, "JPEG", quality=80, optimize=True)
    return made.getvalue()
