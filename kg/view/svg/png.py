"""An SVG picture in pixels, by resvg (extra `png`)."""

from __future__ import annotations

from kg.errors import StoreError
from kg.view.svg.ink import FONT

ZOOM = 2.0
"""Pixels for one unit of a picture, so that small type stays sharp."""

_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
    f'<text y="20" font-size="20" font-family="{FONT}">{{}}</text></svg>'
)
"""One character as pictures have it: resvg 0.5 looks no further than the fonts that are named."""


def png(svg: str, *, zoom: float = ZOOM) -> bytes:
    """`svg` as a PNG file.

    Raises StoreError where resvg is not installed, or no font for Chinese is.
    """
    try:
        from resvg_py import svg_to_bytes
    except ModuleNotFoundError:
        raise StoreError(
            "PNG needs resvg: pip install 'fraudchain-kg[png]' (SVG needs nothing)"
        ) from None
    # Characters that no font has are all drawn alike (an empty box, or not at all).
    one, other = (bytes(svg_to_bytes(svg_string=_PROBE.format(char))) for char in "卡号")
    if one == other:
        raise StoreError(
            "no font with Chinese characters is installed: apt-get install fonts-noto-cjk, "
            "or write the picture as .svg"
        )
    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom))
