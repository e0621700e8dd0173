"""An address as a square to point a phone at, drawn as SVG."""

import qrcode
from qrcode.image.svg import SvgPathImage


def square(address: str) -> str:
    drawn: str = qrcode.make(address, image_factory=SvgPathImage, border=2).to_string(encoding="unicode")
    return drawn
