"""What is kept of a photograph: the picture, and nothing of where, when or on what it was taken."""

import io
import zlib
from struct import pack

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pathbook.uptake.photographs import AT_MOST, PhotographError, saved_anew

WHERE, MADE, WHEN = 34853, 271, 306


def picture(form="JPEG", size=(40, 30), colour="green", **said):
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, form, **said)
    return made.getvalue()


def taken_somewhere():
    exif = Image.Exif()
    exif[MADE], exif[WHEN] = "Zzphone", "2026:02:05 10:00:00"
    exif.get_ifd(WHERE)[1] = "N"
    return picture(exif=exif, comment=b"Zzcomment")


def test_no_place_time_maker_or_comment_is_left():
    sent = taken_somewhere()
    assert b"Zzphone" in sent and b"Zzcomment" in sent
    kept = saved_anew(sent)
    assert not any(word in kept for word in (b"Exif", b"Zzphone", b"Zzcomment", b"2026:02:05", b"http://ns.adobe"))
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == "JPEG" and not image.getexif() and image.size == (40, 30)


def test_what_is_written_into_a_png_is_left_out_and_it_becomes_a_jpeg():
    words = PngInfo()
    words.add_text("Author", "Zzauthor")
    assert b"Zzauthor" not in saved_anew(picture("PNG", pnginfo=words))


def test_one_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[274] = 6
    with Image.open(io.BytesIO(saved_anew(picture(size=(40, 20), exif=exif)))) as image:
        assert image.size == (20, 40)


def test_a_large_one_is_made_smaller():
    with Image.open(io.BytesIO(saved_anew(picture(size=(4000, 3000))))) as image:
        assert image.size == (1600, 1200)


def bomb():
    """A PNG of a few bytes that says it is 60,000 by 60,000."""

    def chunk(name, said):
        return pack(">I", len(said)) + name + said + pack(">I", zlib.crc32(name + said))

    head = chunk(b"IHDR", pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"", "no photograph"),
        (b"just words", "no photograph"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "no photograph"),
        (picture()[:300], "no photograph"),
        (picture("GIF"), "no photograph"),
        (b"%PDF-1.7", "no photograph"),
        (picture("PNG", (4001, 4001)), "too large"),
        (bomb(), "too large"),
        (b"\xff" * (AT_MOST + 1), "too large"),
    ],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(sent, says):
    with pytest.raises(PhotographError, match=says):
        saved_anew(sent)
