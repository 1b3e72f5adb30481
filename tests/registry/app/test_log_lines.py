"""What stands in the log: what happened and where, never who, from where, or what was typed."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from itertools import islice, product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from registry.app.log_lines import LogLine
from tests.registry.web.test_headers import address_of

PLANTED = "marigold"
"""What somebody typed."""

THROWN = "saffron"
"""What an error says of it."""

TOKEN = "f3" * 32
AGENT = "Lynx/2.9 (marigold)"
ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+")
FORCED = 300


def breaks_with_database_error() -> None:
    raise DBAPIError(f"INSERT {THROWN}", {"title": THROWN}, Exception(THROWN))


def breaks_at_a_key() -> None:
    {}[THROWN]


def breaks_in_a_chain() -> None:
    try:
        breaks_at_a_key()
    except KeyError as error:
        raise RuntimeError(THROWN) from error


BREAKS = (breaks_with_database_error, breaks_in_a_chain, breaks_at_a_key)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Catch all that this process would send to standard error, from DEBUG on."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(LogLine())
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", root.level)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)


def break_everywhere(app: Flask, fall: Callable[[], None]) -> None:
    def view(**_arguments: str) -> None:
        fall()

    app.before_request_funcs.clear()
    for endpoint in app.view_functions:
        app.view_functions[endpoint] = view


def test_three_hundred_errors_tell_nothing(app: Flask, lines: io.StringIO) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    client = app.test_client()
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    answers = []
    for fall, rule in islice(product(BREAKS, rules), FORCED):
        break_everywhere(app, fall)
        answers.append(
            client.get(
                f"{address_of(rule)}?q={PLANTED}",
                headers={
                    "User-Agent": AGENT,
                    "X-API-Key": TOKEN,
                    "Cookie": f"__Host-session={TOKEN}",
                },
            )
        )

    said = lines.getvalue()
    told = [json.loads(line) for line in said.splitlines()]
    assert len(answers) == FORCED
    assert {answer.status_code for answer in answers} == {500}
    assert not any(THROWN in answer.text or "Traceback" in answer.text for answer in answers)
    assert sum(each["level"] == "error" for each in told) >= FORCED
    assert [each for each in (PLANTED, THROWN, TOKEN) if each in said] == []
    assert not ADDRESS.search(said)


def test_a_line_and_its_answer_name_the_same_request(
    app: Flask, client: FlaskClient, lines: io.StringIO
) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    app.view_functions["front.start"] = breaks_at_a_key

    answer = client.get("/", headers={"X-Request-Id": PLANTED})

    line = json.loads(lines.getvalue().splitlines()[-1])
    assert line["event"].startswith("unexpected KeyError in ")
    assert line["request"] == answer.headers["X-Request-Id"] != PLANTED
    assert line["request"] in answer.text


def test_of_a_library_only_the_place_is_told(lines: io.StringIO) -> None:
    logging.getLogger("somebodys.library").debug("sent %s", PLANTED)

    (line,) = [json.loads(each) for each in lines.getvalue().splitlines()]
    assert line["source"] == "somebodys.library"
    assert line["place"].startswith("test_log_lines:")
    assert "event" not in line
