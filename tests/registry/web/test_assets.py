import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.web.assets import FILES, load_asset

MOST_BYTES = 100_000
ADDRESS = re.compile(r'(?:href|src)="(/assets/[^"]+)"')
GZIP = {"Accept-Encoding": "gzip, br"}


def linked_files(page: str) -> set[str]:
    return set(ADDRESS.findall(page))


def test_a_first_visit_takes_at_most_100_kilobytes(visitor: FlaskClient) -> None:
    for path in ("/what-is-kept", "/kitchen"):
        page = visitor.get(path, headers=GZIP)
        files = linked_files(page.text) | {
            f"/assets/{load_asset(name).digest}/{name}" for name in FILES
        }
        sizes = [len(page.data), *(len(visitor.get(file, headers=GZIP).data) for file in files)]
        most = MOST_BYTES if path == "/what-is-kept" else 2 * MOST_BYTES  # all blocks in one page
        assert sum(sizes) <= most, path


def test_every_linked_file_is_there_and_stays_for_a_year(visitor: FlaskClient) -> None:
    files = linked_files(visitor.get("/kitchen").text)
    assert len(files) == 2
    for file in files:
        answer = visitor.get(file)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers


def test_files_are_compressed_only_for_who_can_read_that(visitor: FlaskClient) -> None:
    address = f"/assets/{load_asset('registry.css').digest}/registry.css"
    plain, zipped = visitor.get(address), visitor.get(address, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert "Accept-Encoding" in zipped.headers["Vary"]


def test_pages_are_never_compressed(visitor: FlaskClient) -> None:
    assert "Content-Encoding" not in visitor.get("/kitchen", headers=GZIP).headers


@pytest.mark.parametrize(
    "address",
    [
        "/assets/000000000000/registry.css",
        "/assets/{digest}/bootstrap.min.js",
        "/assets/{digest}/../look.py",
        "/static/registry.css",
        "/bootstrap/static/js/bootstrap.min.js",
    ],
)
def test_nothing_else_is_served(visitor: FlaskClient, address: str) -> None:
    filled = address.format(digest=load_asset("registry.css").digest)
    assert visitor.get(filled).status_code == 404


def test_the_style_sheet_holds_no_pictures_that_our_policy_refuses() -> None:
    style = load_asset("registry.css").plain.decode()
    assert 'url("data:' not in style
    assert "http" not in re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    for picture in re.findall(r'url\("([^"]+)"\)', style):
        _, digest, name = picture.split("/")
        assert load_asset(name).digest == digest


def test_the_address_follows_the_content(look: Flask) -> None:
    with look.test_request_context():
        asset_url = look.jinja_env.globals["asset_url"]
        assert load_asset("registry.css").digest in asset_url("registry.css")
