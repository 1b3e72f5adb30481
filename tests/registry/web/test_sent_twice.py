"""A form that makes an account or a key, sent twice, makes one and loses no secret."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from registry.storage.accounts import Account, ApiKey
from registry.storage.donors import Donor
from registry.storage.organisations import Organisation
from registry.storage.sent_forms import SentForm
from tests.person import Person

REGISTRATIONS = pytest.mark.parametrize(
    "case",
    [
        (
            "/register/organisation",
            {"kind": "media", "legal_statuses": "liquidated", "base_country": "PL"},
            Organisation,
        ),
        ("/register/donor", {"donor_kind": "foundation"}, Donor),
    ],
    ids=["organisation", "donor"],
)


def filled(page, typed):
    """Return what the page's main form sends, hidden fields and all."""
    form = next(form for form in page.forms if any(each.name == "_once" for each in form.fields))
    return {each.name: each.values for each in form.fields} | typed


def shown_in(answer) -> list[str]:
    return re.findall(r'<p class="secret" translate="no">([^<]+)</p>', answer.get_data(True))


@pytest.fixture
def twins(app):
    """Two windows of one browser whose first requests left before any answer came back."""

    def make(path: str, cookie_of: Person):
        copies = []
        for _ in range(2):
            client = app.test_client()
            for cookie in cookie_of.client._cookies.values():
                client.set_cookie(cookie.key, cookie.value, secure=True)
            copies.append(client)
        return copies

    return make


@REGISTRATIONS
def test_a_double_click_registers_once_and_shows_the_secret(app, twins, rows, case):
    path, typed, table = case
    person = Person(app.test_client()).open(path)
    data = filled(person.page, typed)
    secrets = []
    for client in twins(path, person):
        answer = client.post(path, data=data)
        assert answer.location == "/your-passphrase"
        secrets.append(shown_in(client.get("/your-passphrase")))
    assert secrets[0] == secrets[1] != []
    with rows() as reading:
        assert len(reading.exec(select(table)).all()) == 1
        assert len(reading.exec(select(Account)).all()) == 1


@REGISTRATIONS
def test_two_that_arrive_at_the_same_moment_register_once(app, twins, rows, case):
    path, typed, table = case
    person = Person(app.test_client()).open(path)
    data, together = filled(person.page, typed), Barrier(2)

    def send(client):
        together.wait()
        answer = client.post(path, data=data)
        return answer.status_code, shown_in(client.get("/your-passphrase"))

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(send, twins(path, person)))

    assert answers[0] == answers[1]
    assert answers[0][0] == 303
    with rows() as reading:
        assert len(reading.exec(select(table)).all()) == 1


@REGISTRATIONS
def test_once_it_is_written_down_nobody_is_shown_it_again(app, twins, rows, case):
    path, typed, table = case
    person = Person(app.test_client()).open(path)
    data = filled(person.page, typed)
    first, second = twins(path, person)
    first.post(path, data=data)
    page = Person(first).open("/your-passphrase")
    secret = shown_in(first.get("/your-passphrase"))
    page.send("I have written it down")

    late = second.post(path, data=data)

    assert late.status_code == 409
    said = Person(second)._show(late)
    assert said.sees("This was done already", "Sign in with the name and the passphrase")
    assert not any(word in said.source for word in secret)
    assert second.get("/your-passphrase").location.startswith("/sign-in")
    with rows() as reading:
        assert len(reading.exec(select(table)).all()) == 1


@REGISTRATIONS
def test_who_goes_back_and_sends_it_signed_in_is_shown_the_same(app, rows, case):
    path, typed, table = case
    person = Person(app.test_client()).open(path)
    data = filled(person.page, typed)
    secrets = []
    for _ in range(2):
        person.client.post(path, data=data)
        secrets.append(shown_in(person.client.get("/your-passphrase")))
    assert secrets[0] == secrets[1] != []
    with rows() as reading:
        assert len(reading.exec(select(table)).all()) == 1


@REGISTRATIONS
def test_the_word_of_an_admins_form_opens_nothing_elsewhere(
    app, person_of, make_account, rows, case
):
    path, typed, table = case
    admin = person_of(make_account("admin")).open("/accounts/new")
    word = filled(admin.page, {})["_once"]
    admin.send("Make the account", {"role": "officer"})
    stranger = Person(app.test_client()).open(path)
    answer = stranger.client.post(path, data=filled(stranger.page, typed) | {"_once": word})
    assert answer.location == "/your-passphrase"
    secret = shown_in(stranger.client.get("/your-passphrase"))
    assert not set(secret) & set(shown_in(admin.client.get("/accounts/new/shown")))
    assert stranger.open("/desk/questions").status in (403, 404)
    with rows() as reading:
        assert len(reading.exec(select(table)).all()) == 1, "what the form itself asks for"


def test_the_word_of_an_admins_form_opens_nothing_for_another_admin(person_of, make_account):
    first, second = (person_of(make_account("admin")).open("/accounts/new") for _ in range(2))
    data = filled(first.page, {"role": "officer"})
    secrets = []
    for person in (first, second):
        own = {"csrf_token": filled(person.page, {})["csrf_token"]}
        person.client.post("/accounts/new", data=data | own)
        secrets.append(shown_in(person.client.get("/accounts/new/shown")))
    assert len(secrets[0]) == len(secrets[1]) == 3
    assert not set(secrets[0]) & set(secrets[1])


def send_anew(app, path, data):
    """Send the same form from a browser that nobody used before."""
    person = Person(app.test_client()).open(path)
    own = {"csrf_token": filled(person.page, {})["csrf_token"]}
    return person, person.client.post(path, data=data | own)


@REGISTRATIONS
def test_signing_out_forgets_what_was_not_written_down(app, case):
    path, typed, _ = case
    person = Person(app.test_client()).open(path)
    data = filled(person.page, typed)
    person.client.post(path, data=data)
    secret = shown_in(person.client.get("/your-passphrase"))
    assert person.open("/your-passphrase").send("Sign out").status == 200

    stranger, late = send_anew(app, path, data)

    assert late.status_code == 409
    assert not any(word in late.text for word in secret)
    assert stranger.client.get("/your-passphrase").location.startswith("/sign-in")


@REGISTRATIONS
def test_signing_out_forgets_also_what_another_registration_took_the_place_of(app, case):
    path, typed, _ = case
    person = Person(app.test_client())
    sent = []
    for _ in range(2):
        sent.append(filled(person.open(path).page, typed))
        person.client.post(path, data=sent[-1])
    person.open("/your-passphrase").send("Sign out")
    assert [send_anew(app, path, data)[1].status_code for data in sent] == [409, 409]


@REGISTRATIONS
@pytest.mark.parametrize("gone", [False, True], ids=["closed", "deleted"])
def test_the_form_of_a_closed_account_signs_nobody_in(app, session, case, gone):
    path, typed, _ = case
    person = Person(app.test_client()).open(path)
    data = filled(person.page, typed)
    person.client.post(path, data=data)
    secret = shown_in(person.client.get("/your-passphrase"))
    account = session.exec(select(Account)).one()
    account.active = False
    session.add(account)
    if gone:
        session.delete(account)
    session.commit()

    stranger, late = send_anew(app, path, data)

    assert late.status_code == 409
    with stranger.client.session_transaction() as visitor:
        kept = str(dict(visitor))
    assert "_user_id" not in kept
    assert not any(word in late.text + kept for word in secret)
    assert stranger.client.get("/your-passphrase").location.startswith("/sign-in")


def test_the_form_of_an_account_with_a_second_factor_signs_nobody_in_without_it(app):
    person = Person(app.test_client()).open("/register/donor")
    data = filled(person.page, {"donor_kind": "foundation"})
    person.client.post("/register/donor", data=data)
    assert person.open("/home").address == "/second-factor/new"
    person.set_up_second_factor()
    stranger, late = send_anew(app, "/register/donor", data)
    assert late.status_code == 409
    assert stranger.client.get("/your-passphrase").location.startswith("/sign-in")


def test_two_forms_register_two(app, rows):
    for _ in range(2):
        person = Person(app.test_client()).open("/register/donor")
        person.send("Register", {"donor_kind": "foundation"})
    with rows() as reading:
        assert len(reading.exec(select(Donor)).all()) == 2


def test_a_form_that_was_refused_can_be_sent_again(app, rows):
    person = Person(app.test_client()).open("/register/donor")
    assert person.send("Register").status == 422
    assert person.send("Register", {"donor_kind": "foundation"}).address == "/your-passphrase"
    with rows() as reading:
        assert len(reading.exec(select(Donor)).all()) == 1


def test_a_key_is_made_once_however_often_the_form_is_sent(person_of, partner, rows):
    person = person_of(partner).open("/keys/new")
    data = filled(person.page, {"scopes": ["needs:read"]})
    keys = []
    for _ in range(2):
        assert person.client.post("/keys/new", data=data).location == "/keys/new/shown"
        keys.append(shown_in(person.client.get("/keys/new/shown")))
    assert keys[0] == keys[1] != []
    person.open("/keys/new/shown").send("I have copied it")
    late = person.client.post("/keys/new", data=data)
    assert late.status_code == 409
    assert "This was done already" in late.text
    with rows() as reading:
        assert len(reading.exec(select(ApiKey)).all()) == 1


def test_an_account_is_made_once_however_often_the_form_is_sent(person_of, make_account, rows):
    person = person_of(make_account("admin")).open("/accounts/new")
    data = filled(person.page, {"role": "auditor"})
    secrets = []
    for _ in range(2):
        assert person.client.post("/accounts/new", data=data).location == "/accounts/new/shown"
        secrets.append(shown_in(person.client.get("/accounts/new/shown")))
    assert secrets[0] == secrets[1] != []
    with rows() as reading:
        assert [row.role for row in reading.exec(select(Account))].count("auditor") == 1


def test_an_admin_keeps_nobody_from_writing_while_the_passphrase_is_hashed(
    person_of, make_account, settings, monkeypatch
):
    from registry.identity import accounts

    seen, hash_password = [], accounts.hash_password

    def look_and_hash(passphrase):
        with sqlite3.connect(settings.data_dir / "registry.db", timeout=0) as other:
            other.execute("BEGIN IMMEDIATE")
            seen.append("free")
        return hash_password(passphrase)

    monkeypatch.setattr(accounts, "hash_password", look_and_hash)
    person = person_of(make_account("admin")).open("/accounts/new")
    person.send("Make the account", {"role": "auditor"})
    assert seen == ["free"]


def test_what_is_kept_of_a_form_leads_to_nobody_and_goes_with_the_day(app, rows, parts, calendar):
    from registry.jobs.day import begin_day

    person = Person(app.test_client()).open("/register/donor")
    word = person.typed("_once")
    person.send("Register", {"donor_kind": "foundation"})
    secret = shown_in(person.client.get("/your-passphrase"))
    with rows() as reading:
        (sent,) = reading.exec(select(SentForm))
        kept = sent.mark + sent.shown
        assert set(type(sent).model_fields) == {"mark", "sent_on", "shown"}
    for text in (word, *secret):
        assert text.encode() not in kept
    assert bytes.fromhex(word) not in kept

    calendar.pass_days(1)
    begin_day(parts.database, lambda: None)
    with rows() as reading:
        assert len(reading.exec(select(SentForm)).all()) == 1
    calendar.pass_days(1)
    begin_day(parts.database, lambda: None)
    with rows() as reading:
        assert reading.exec(select(SentForm)).all() == []
