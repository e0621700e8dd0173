"""An address as a square to point a phone at, drawn as SVG."""


def square(address: str) -> str:
    import qrcode  # it loads all that draws pictures: only where a square is drawn
    from qrcode.image.svg import SvgPathImage

    drawn: str = qrcode.make(address, image_factory=SvgPathImage, border=2).to_string(encoding="unicode")
    return drawn
