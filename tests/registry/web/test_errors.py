import re

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.exceptions import MethodNotAllowed, TooManyRequests

from registry.domain.errors import InvalidMoveError
from registry.web.errors import PROBLEMS, answer_page_error, render_problem

LANGUAGES = ("en", "be", "ru")
ASKED_FOR = (400, 403, 404, 405, 409, 410, 413, 415, 422, 428, 429, 500, 503)


def test_every_status_that_pages_can_meet_has_its_page() -> None:
    assert set(ASKED_FOR) <= set(PROBLEMS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ASKED_FOR)
def test_a_problem_says_what_to_do_next_and_no_detail(
    look: Flask, status: int, language: str
) -> None:
    with look.test_request_context("/a-secret-path?q=secret"), force_locale(language):
        page = render_problem(status)
    main = page.partition("<main")[2].partition("</main>")[0]
    assert f'<html lang="{language}"' in page
    assert main.count("<li>") == len(PROBLEMS[status].next_steps)
    assert "secret" not in page
    assert not re.search(rf"\b{status}\b", main)


def test_a_status_without_a_page_is_shown_as_the_nearest(look: Flask) -> None:
    with look.test_request_context():
        assert render_problem(418) == render_problem(400)
        assert render_problem(507) == render_problem(500)


def test_useful_headers_are_kept_and_the_description_is_not(look: Flask) -> None:
    with look.test_request_context():
        slow = answer_page_error(429, TooManyRequests("for somebody", retry_after=900))
        wrong = answer_page_error(405, MethodNotAllowed(["GET"], "for somebody"))
    assert slow.status_code == 429
    assert slow.headers["Retry-After"] == "900"
    assert wrong.headers["Allow"] == "GET"
    assert "for somebody" not in slow.get_data(as_text=True) + wrong.get_data(as_text=True)


def test_a_move_that_is_not_possible_names_what_is_possible_instead(look: Flask) -> None:
    with look.test_request_context():
        answer = answer_page_error(409, InvalidMoveError("need", "open", "met", ["withdrawn"]))
    assert answer.status_code == 409
    assert "Withdrawn" in answer.get_data(as_text=True)


def test_an_error_page_needs_neither_session_nor_the_context_of_others(look: Flask) -> None:
    def fail() -> dict[str, str]:
        raise RuntimeError("the database is gone")

    look.context_processor(fail)
    with look.test_request_context():
        assert answer_page_error(503, RuntimeError()).status_code == 503
