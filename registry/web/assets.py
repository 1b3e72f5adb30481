"""The few files that every page needs, served by ourselves under names that never go stale.

A closed list, read once. The style sheet is Bootstrap's, as Bootstrap-Flask ships it (its
scripts stay unpublished), with ours behind it, in one file. Each file is kept plain and
gzipped. Only these are ever compressed: a compressed page would tell by its length what
secrets it holds.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import flask_bootstrap
from flask import Blueprint, Flask, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

OURS = Path(__file__).parent / "static"
BOOTSTRAP = (
    Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
)
PICTURES = ("arrow.svg", "arrow-light.svg", "mark.svg")
STYLE = "registry.css"
SHEETS = (STYLE, "desk.css")
"""What stands behind Bootstrap in the one style sheet, in this order."""

_INLINE_PICTURE = re.compile(rb"url\(\"data:[^\"]*\"\)")
_SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=.*?\*/")

A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One published file: its bytes plain and gzipped, and the digest that names this state."""

    plain: bytes
    gzipped: bytes
    digest: str
    content_type: str


@cache
def load_asset(name: str) -> Asset:
    """Read one of the published files.

    Raises:
        KeyError: it is not published.
    """
    content_type, read = FILES[name]
    plain = read(name)
    digest = hashlib.sha256(plain).hexdigest()[:12]
    return Asset(plain, gzip.compress(plain, 9, mtime=0), digest, content_type)


def asset_url(name: str) -> str:
    """Return the address of a published file; it changes whenever the file does."""
    return url_for("assets.send", digest=load_asset(name).digest, name=name)


@blueprint.get("/assets/<digest>/<name>")
def send(digest: str, name: str) -> Response:
    """Send a published file, gzipped where the browser can read that."""
    if name not in FILES or load_asset(name).digest != digest:
        raise NotFound
    asset = load_asset(name)
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(asset.gzipped if zipped else asset.plain, content_type=asset.content_type)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = A_YEAR
    response.cache_control.immutable = True
    return response


def _read_picture(name: str) -> bytes:
    return (OURS / name).read_bytes()


def _read_style(_name: str) -> bytes:
    """Join all style sheets; pictures inside the sheet, which our policy refuses, are dropped."""
    framework = _SOURCE_MAP.sub(b"", _INLINE_PICTURE.sub(b"none", BOOTSTRAP.read_bytes()))
    ours = b"\n".join((OURS / sheet).read_bytes() for sheet in SHEETS)
    for picture in PICTURES:
        address = f"../{load_asset(picture).digest}/{picture}"
        ours = ours.replace(f'url("{picture}")'.encode(), f'url("{address}")'.encode())
    return framework + b"\n" + ours


FILES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    STYLE: ("text/css; charset=utf-8", _read_style),
    **dict.fromkeys(PICTURES, ("image/svg+xml", _read_picture)),
}
"""Name in the address -> content type and how it is read. What is not here is not served."""


def init_assets(app: Flask) -> None:
    """Publish the files and give templates `asset_url(name)`."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset_url"] = asset_url
