"""Tries are counted per account over all processes, for minutes, and tell nobody who exists."""

import re
import time

import pytest
from sqlmodel import select

from registry.domain.errors import ThrottledError
from registry.identity import throttle
from registry.identity.throttle import (
    DAY,
    SECOND_FACTOR,
    SHORT,
    SIGN_IN,
    OpenAllowance,
    give_back,
    take_try,
)
from registry.jobs.day import tidy_up
from registry.storage.database import Database
from registry.storage.throttle import Tries
from tests.person import Person
from tests.registry.identity.test_sign_in import register

TRIES = SIGN_IN[0].tries


@pytest.fixture
def clock(monkeypatch):
    """Stand at the beginning of a stretch of time."""
    now = [float(int(time.time()) // SHORT * SHORT)]
    monkeypatch.setattr(throttle.time, "time", lambda: now[0])
    return now


def fill(database, times=TRIES, whose="heron", allowances=SIGN_IN):
    for _ in range(times):
        take_try(database, allowances, whose)


def test_after_so_many_tries_it_goes_on_when_the_stretch_is_over(parts, clock):
    fill(parts.database)
    with pytest.raises(ThrottledError) as refused:
        take_try(parts.database, SIGN_IN, "heron")
    assert 0 < refused.value.seconds <= SHORT
    clock[0] += refused.value.seconds
    take_try(parts.database, SIGN_IN, "heron")


def test_another_process_counts_the_same_tries(parts, clock):
    other = Database(parts.settings, parts.vault, parts.index)
    fill(parts.database, TRIES - 1)
    fill(other, 1)
    with pytest.raises(ThrottledError):
        take_try(other, SIGN_IN, "heron")
    other.engine.dispose()


def test_what_was_right_is_not_counted(parts, clock):
    for _ in range(TRIES + 1):
        take_try(parts.database, SIGN_IN, "heron")
        give_back(parts.database, SIGN_IN, "heron")


def test_others_are_not_kept_out(parts, clock):
    fill(parts.database)
    take_try(parts.database, SIGN_IN, "willow")


def test_trying_on_makes_nobody_wait_longer(parts, clock):
    fill(parts.database)
    for _ in range(50):
        with pytest.raises(ThrottledError) as refused:
            take_try(parts.database, SIGN_IN, "heron")
    assert refused.value.seconds <= SHORT


def test_a_code_of_six_digits_has_a_limit_for_the_day_as_well(parts, clock):
    a_day = SECOND_FACTOR[1].tries
    clock[0] = clock[0] // DAY * DAY
    for _ in range(a_day):
        clock[0] += SHORT
        take_try(parts.database, SECOND_FACTOR, "heron")
    clock[0] += SHORT
    with pytest.raises(ThrottledError) as refused:
        take_try(parts.database, SECOND_FACTOR, "heron")
    assert refused.value.seconds > SHORT


def test_rows_tell_neither_whose_they_are_nor_a_time(parts, rows, clock):
    fill(parts.database, 2)
    clock[0] += SHORT
    fill(parts.database, 1)
    with rows() as reading:
        kept = reading.exec(select(Tries).order_by(Tries.ends)).all()
    assert [row.count for row in kept] == [2, 1]
    assert kept[0].mark != kept[1].mark
    assert all(row.ends % SHORT == 0 for row in kept)


def test_what_is_over_is_forgotten(parts, rows, clock):
    fill(parts.database, 2)
    clock[0] += SHORT
    tidy_up(parts.database)
    with rows() as reading:
        assert reading.exec(select(Tries)).all() == []


def test_everybody_together_may_ask_so_often():
    now = [0.0]
    allowance = OpenAllowance(asks=2, seconds=60, clock=lambda: now[0])
    allowance.take()
    allowance.take()
    with pytest.raises(ThrottledError) as refused:
        allowance.take()
    now[0] += refused.value.seconds
    allowance.take()


@pytest.mark.parametrize("known", [True, False])
def test_the_form_is_closed_and_says_until_when_whether_the_name_exists_or_not(
    app, parts, clock, known
):
    secret = register(app.test_client())
    name = secret["name"] if known else "nobody-at-all"
    somebody = Person(app.test_client())
    for _ in range(TRIES):
        somebody.open("/sign-in").send("Sign in", {"username": name, "password": "wrong words"})
        assert somebody.status == 200
    somebody.open("/sign-in")
    token = somebody.typed("csrf_token")
    answer = somebody.client.post(
        "/sign-in",
        data={"csrf_token": token, "username": name, "password": secret["passphrase"]},
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) == SHORT
    assert re.search(r"try again in 5 minutes", page)
    clock[0] += SHORT
    somebody.open("/sign-in")
    somebody.send("Sign in", {"username": name, "password": secret["passphrase"]})
    assert (somebody.address == "/o/home") == known


def test_the_check_without_an_account_is_closed_where_it_is_asked_too_often(client, monkeypatch):
    from registry.web import check

    monkeypatch.setattr(check, "CHECKS", OpenAllowance(asks=0, seconds=60))
    said = {"category": "legal_aid.fines", "country": "BY", "kind": "cso", "asks_for": "money"}
    answer = client.post("/what-fits", data=said)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 61
