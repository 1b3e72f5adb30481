"""What each reader sees of a match, and what no reader but an officer may."""

import json
from typing import Any

import pytest

from registry.domain.audience import Audience
from registry.identity.actor import Actor
from registry.schemas.audience import fields_for
from registry.schemas.records import dump_record
from registry.services.matches.decline_match import decline_match
from registry.services.matches.get_match import get_match
from registry.services.matches.list_matches import list_matches
from registry.services.matches.note_match import note_match
from registry.storage.database import RegistrySession
from search.codes import MatchState, Reader, ReasonCode, Vetting
from search.eligibility.catalogue import load_rules
from tests.factories.matches import Pair, bring_to, make_pair

S = MatchState
TITLE = "Two rooms above the bakery"
SUMMARY = "Our newsroom of four keeps its rooms until spring."
TEXTS = (TITLE, SUMMARY)
NAMES = ("Willow by the river", "org-known-elsewhere", "need-known-elsewhere")
SEEN_IN_NO_STATE = ("registered_abroad", "org-known-elsewhere", "need-known-elsewhere", "Not for")


def make_telling_pair(readers: list[Reader]) -> Pair:
    return make_pair(
        organisation={"handle": NAMES[0], "external_id": NAMES[1]},
        need={
            "external_id": NAMES[2],
            "title": TITLE,
            "summary": SUMMARY,
            "situation": "Not for other eyes.",
            "readers": readers,
        },
        offer={"excluded_organisations": ["Willow of another place"]},
    )


def told(view: dict[str, Any]) -> str:
    return json.dumps(view, default=str, ensure_ascii=False)


@pytest.mark.parametrize("state", [S.OFFERED, S.INTERESTED])
def test_before_the_yes_a_donor_reads_codes_and_no_text_and_no_name(
    session: RegistrySession, officer: Actor, state: MatchState
) -> None:
    pair = make_telling_pair([Reader.PARTNERS])
    bring_to(session, pair, officer, state)
    view = get_match(session, pair.giver, pair.id, "en")
    for secret in (*TEXTS, *NAMES, "Not for", pair.organisation.id, "registered_abroad"):
        assert secret not in told(view)
    assert not view["text_shown"]
    assert view["need_side"]["category"] == "fixed_costs.rent"
    assert view["need_side"]["amount_requested"].to_record()["amount"] == "4500.00"
    assert "text_affinity" not in [line["part"] for line in view["score_parts"]]


@pytest.mark.parametrize("state", [S.OFFERED, S.INTERESTED])
def test_where_the_need_allows_donors_they_read_its_text_and_still_no_name(
    session: RegistrySession, officer: Actor, state: MatchState
) -> None:
    pair = make_telling_pair([Reader.DONORS])
    bring_to(session, pair, officer, state)
    view = get_match(session, pair.giver, pair.id, "en")
    assert (view["need_side"]["title"], view["need_side"]["summary"]) == TEXTS
    for secret in (*NAMES, "Not for", pair.organisation.id, "registered_abroad"):
        assert secret not in told(view)


def test_a_rule_that_speaks_of_what_a_side_may_not_know_is_not_told_to_it(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(
        organisation={"languages": ["be"], "declines_donor_kinds": ["government"]},
        offer={"legal_statuses": ["registered_abroad"], "languages": ["be"]},
    )
    bring_to(session, pair, officer, S.INTERESTED)
    rules = get_match(session, pair.giver, pair.id, "en")["rules"]
    shown = {line["rule"] for group in rules.values() for line in group}
    assert shown == set(load_rules()) - {
        *("legal_status_accepted", "language_accepted", "donor_accepted", "country_covered"),
        *("organisation_not_excluded", "years_active_sufficient", "not_already_funded"),
    }
    assert "Registered in another country" not in str(rules)
    assert "Belarusian" not in str(rules)
    rules = get_match(session, pair.holder, pair.id, "en")["rules"]
    shown = {line["rule"] for group in rules.values() for line in group}
    assert shown == set(load_rules()) - {"organisation_not_excluded", "not_already_funded"}


@pytest.mark.parametrize("state", [S.INTRODUCED, S.AWARDED])
def test_after_the_yes_a_donor_learns_text_and_pseudonym_and_no_more(
    session: RegistrySession, officer: Actor, state: MatchState
) -> None:
    pair = make_telling_pair([])
    bring_to(session, pair, officer, state)
    view = get_match(session, pair.giver, pair.id, "en")
    assert view["organisation_side"]["handle"] == NAMES[0]
    assert view["need_side"]["title"] == TITLE
    for secret in (*SEEN_IN_NO_STATE, pair.organisation.id):
        assert secret not in told(view)


def test_an_organisation_reads_the_offer_and_when_the_donor_was_checked(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_telling_pair([])
    bring_to(session, pair, officer, S.INTERESTED)
    view = get_match(session, pair.holder, pair.id, "en")
    donor = view["donor_side"]
    assert (donor["vetting"], donor["vetted_by"]) == (Vetting.VERIFIED, "officer")
    assert donor["vetted_on"] == pair.donor.vetted_on
    assert donor["handle"].startswith("Harbour")
    assert view["offer_side"]["title"] == "Core costs of small newsrooms"
    assert view["need_side"]["title"] == TITLE
    for secret in ("Willow of another place", "donor-", "offer-"):
        assert secret not in told(view)


def test_an_organisation_is_told_what_the_donor_learns_and_when(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_telling_pair([])
    bring_to(session, pair, officer, S.INTERESTED)
    learns = get_match(session, pair.holder, pair.id, "en")["learns"]
    assert [(each["who"], each["what"], each["happened"]) for each in learns] == [
        ("donor", "codes", True),
        ("organisation", "offer", True),
        ("donor", "pseudonym", False),
        ("donor", "text", False),
        ("donor", "contact", False),
    ]


def test_what_is_told_of_learning_follows_the_needs_readers(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_telling_pair([Reader.DONORS])
    bring_to(session, pair, officer, S.OFFERED)
    learns = get_match(session, officer, pair.id, "en")["learns"]
    assert [(each["what"], each["when"]) for each in learns][:2] == [
        ("codes", S.OFFERED),
        ("text", S.OFFERED),
    ]


def test_what_was_learnt_stays_learnt_when_a_match_ends(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTRODUCED)
    decline_match(session, pair.holder, pair.id, reason_code=ReasonCode.NO_LONGER_NEEDED)
    learns = get_match(session, pair.holder, pair.id, "en")["learns"]
    assert all(each["happened"] for each in learns)


@pytest.mark.parametrize("by", ["giver", "holder"])
def test_a_match_that_came_to_nothing_is_no_window_on_what_is_written_later(
    session: RegistrySession, officer: Actor, by: str
) -> None:
    pair = make_telling_pair([Reader.DONORS])
    bring_to(session, pair, officer, S.INTERESTED)
    decline_match(session, getattr(pair, by), pair.id, reason_code=ReasonCode.OTHER)
    session.vault.write(pair.need, "summary", "Written on the day after.")
    view = get_match(session, pair.giver, pair.id, "en")
    assert view["need_side"]["category"] == "fixed_costs.rent"
    assert not view["text_shown"]
    for text in (TITLE, "Written on the day after."):
        assert text not in told(view)


def test_officers_notes_are_for_officers(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    note_match(session, officer, pair.id, note="Ask their accountant again.")
    decline_match(
        session, officer, pair.id, reason_code=ReasonCode.NO_ANSWER, note="Silent for weeks."
    )
    for side in (pair.giver, pair.holder):
        page = told(get_match(session, side, pair.id, "en"))
        assert "accountant" not in page
        assert "Silent" not in page
        assert "no_answer" not in page
    page = told(get_match(session, officer, pair.id, "en"))
    assert "accountant" in page
    assert "no_answer" in page


def test_every_rule_stands_in_one_group_for_an_officer(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(offer={"decision_days": None, "target_groups": ["youth"]})
    rules = get_match(session, officer, pair.id, "en")["rules"]
    lines = [line["rule"] for group in rules.values() for line in group]
    assert sorted(lines) == sorted(load_rules())
    assert {line["rule"] for line in rules["to_ask"]} == {"time_sufficient", "target_group_covered"}
    assert all(line["question"] and line["whom"] for line in rules["to_ask"])


@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_the_page_speaks_the_readers_language(
    session: RegistrySession, pair: Pair, officer: Actor, language: str
) -> None:
    labels = {"en": "The offer is open", "be": "Прапанова адкрытая", "ru": "Предложение открыто"}
    met = get_match(session, officer, pair.id, language)["rules"]["met"]
    assert labels[language] in [line["label"] for line in met]


def test_the_proposed_amount_says_what_binds_it(session: RegistrySession, officer: Actor) -> None:
    from search.money import Money

    pair = make_pair(offer={"max_award": Money(300_000, "EUR")})
    view = get_match(session, officer, pair.id, "en")
    assert view["proposed_amount"] == Money(300_000, "EUR")
    assert view["binds"]["bound"] == "maximum"
    assert "3,000" in view["binds"]["sentence"]


def test_score_parts_are_told_with_weights_and_reasons(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    parts = get_match(session, officer, pair.id, "en")["score_parts"]
    assert sum(line["weight"] for line in parts) == pytest.approx(1)
    assert sum(line["weight"] * line["value"] for line in parts) == pytest.approx(
        pair.match.score, abs=1e-3
    )
    assert all(line["reason"] for line in parts)


@pytest.mark.parametrize("who", ["officer", "giver", "holder"])
def test_the_api_dumps_the_view_for_its_audience(
    session: RegistrySession, pair: Pair, officer: Actor, who: str
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    reader = officer if who == "officer" else getattr(pair, who)
    view = get_match(session, reader, pair.id, "en")
    dumped = dump_record("match", view, view["audience"])
    assert set(dumped) <= set(fields_for("match", view["audience"]))
    assert (dumped["need"], dumped["offer"]) == (pair.need.id, pair.offer.id)
    json.dumps(dumped)


@pytest.mark.parametrize(
    ("state", "waits_for"),
    [
        (S.PROPOSED, "officer"),
        (S.OFFERED, "donor"),
        (S.INTERESTED, "organisation"),
        (S.INTRODUCED, "donor"),
        (S.AWARDED, None),
    ],
)
def test_a_match_says_for_whom_it_waits_and_until_when(
    session: RegistrySession, pair: Pair, officer: Actor, state: MatchState, waits_for: str | None
) -> None:
    bring_to(session, pair, officer, state)
    waits = get_match(session, officer, pair.id, "en")["waits"]
    assert waits["for"] == waits_for
    assert waits["until"] == pair.need.needed_by


def test_a_party_out_of_sight_takes_its_codes_along(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    pair.organisation.vetting = Vetting.SUSPENDED
    session.flush()
    view = get_match(session, pair.giver, pair.id, "en")
    assert view["need_side"] == view["organisation_side"] == {}
    assert view["rules"]["met"] == []
    assert view["score_parts"] == []
    (line,) = list_matches(session, pair.giver).items
    assert "category" not in line
    assert "country" not in line


def test_lists_open_nothing_that_is_guarded(
    session: RegistrySession, pair: Pair, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    monkeypatch.setattr(type(session.vault), "read", lambda *_: pytest.fail("opened"))
    for reader in (officer, pair.giver, pair.holder):
        (line,) = list_matches(session, reader).items
        assert line["id"] == pair.id
        assert line["category"] == "fixed_costs.rent"
    assert list_matches(session, pair.giver).items[0]["audience"] == Audience.DONOR_OFFERED_TEXT
