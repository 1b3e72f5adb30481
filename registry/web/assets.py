"""The few files that every page needs, served by ourselves under names that never go stale.

A closed list, read once: Bootstrap's style sheet as Bootstrap-Flask ships it (its
scripts stay unpublished), our own, and the arrow of a select. Each is kept plain
and gzipped. Only these are ever compressed: a compressed page would tell by its
length what secrets it holds.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import flask_bootstrap
from flask import Blueprint, Flask, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

OURS = Path(__file__).parent / "static"
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css"

FILES = {
    "bootstrap.min.css": (BOOTSTRAP / "bootstrap.min.css", "text/css; charset=utf-8"),
    "registry.css": (OURS / "registry.css", "text/css; charset=utf-8"),
    "arrow.svg": (OURS / "arrow.svg", "image/svg+xml"),
    "arrow-light.svg": (OURS / "arrow-light.svg", "image/svg+xml"),
    "mark.svg": (OURS / "mark.svg", "image/svg+xml"),
}
"""Name in the address -> file and content type. What is not here is not served."""

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
    path, content_type = FILES[name]
    plain = path.read_bytes()
    if name == "registry.css":
        plain = _point_to_files(plain)
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


def _point_to_files(style: bytes) -> bytes:
    """Put the present addresses of the pictures into our style sheet."""
    for name in FILES:
        if name.endswith(".svg"):
            address = f"../{load_asset(name).digest}/{name}"
            style = style.replace(f'url("{name}")'.encode(), f'url("{address}")'.encode())
    return style


def init_assets(app: Flask) -> None:
    """Publish the files and give templates `asset_url(name)`."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset_url"] = asset_url
