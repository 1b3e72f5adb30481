"""The vault: what it wrote for one field of one row opens nowhere else, and prints nowhere."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.errors import KeyGoneError
from registry.privacy.ciphertext import Ciphertext
from registry.privacy.key_store import KeyStore
from registry.privacy.vault import Vault

SECRET = "Two rooms in Białystok, Наш двор"


@dataclass
class Row:
    """What the vault must know of a row, and two fields."""

    id: str = "a" * 32
    key_owner: str = "owner"
    title: Ciphertext | None = None
    summary: Ciphertext | None = None
    __tablename__ = "need"


class OtherTable(Row):
    __tablename__ = "offer"


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    keys = KeyStore(tmp_path_factory.mktemp("keys") / "keys.db", b"k" * 32)
    for owner in ("owner", "another"):
        keys.make_key(owner)
    return Vault(keys)


@given(text=st.text())
def test_what_was_written_is_read(vault, text):
    row = Row()
    vault.write(row, "title", text)

    assert vault.read(row, "title") == text


def test_nothing_is_read_where_nothing_was_written(vault):
    row = Row()
    vault.write(row, "title", SECRET)
    vault.write(row, "title", None)

    assert row.title is None
    assert vault.read(row, "title") is None


@pytest.mark.parametrize(
    "other",
    [
        Row(id="b" * 32),
        Row(key_owner="another"),
        OtherTable(),
    ],
    ids=["row", "owner", "table"],
)
def test_a_value_moved_to_another_place_does_not_open(vault, other):
    row = Row()
    vault.write(row, "title", SECRET)
    other.title = row.title

    with pytest.raises(KeyGoneError):
        vault.read(other, "title")


def test_a_value_moved_to_another_field_does_not_open(vault):
    row = Row()
    vault.write(row, "title", SECRET)
    row.summary = row.title

    with pytest.raises(KeyGoneError):
        vault.read(row, "summary")


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_changed_bit_does_not_open(vault, place, bit):
    row = Row()
    vault.write(row, "title", SECRET)
    body = bytearray(row.title.body)
    body[place % len(body)] ^= 1 << bit
    row.title = Ciphertext(bytes(body))

    with pytest.raises(KeyGoneError):
        vault.read(row, "title")


def test_one_text_twice_looks_different(vault):
    first, second = Row(), Row()
    vault.write(first, "title", SECRET)
    vault.write(second, "title", SECRET)

    assert first.title != second.title


@pytest.mark.parametrize(("shorter", "longer"), [(0, 60), (61, 124), (200, 252)])
def test_lengths_within_a_bucket_look_alike(vault, shorter, longer):
    lengths = set()
    for length in (shorter, longer):
        row = Row()
        vault.write(row, "title", "x" * length)
        lengths.add(len(row.title.body))

    assert len(lengths) == 1


def test_nothing_prints_what_it_holds(vault):
    row = Row()
    vault.write(row, "title", SECRET)

    for printed in (repr(row.title), str(row.title), f"{row.title}", repr(vault), repr(vault.keys)):
        assert "Białystok" not in printed
        assert str(row.title.body) not in printed


def test_a_destroyed_key_opens_nothing_and_writes_nothing(vault):
    vault.keys.make_key("leaving")
    row = Row(key_owner="leaving")
    vault.write(row, "title", SECRET)

    vault.keys.destroy_key("leaving")

    with pytest.raises(KeyGoneError):
        vault.read(row, "title")
    with pytest.raises(KeyGoneError):
        vault.write(row, "title", SECRET)


def test_a_key_made_anew_does_not_open_what_the_old_one_closed(vault):
    vault.keys.make_key("returning")
    row = Row(key_owner="returning")
    vault.write(row, "title", SECRET)
    vault.keys.destroy_key("returning")
    vault.keys.make_key("returning")

    with pytest.raises(KeyGoneError):
        vault.read(row, "title")


def test_documents_come_back_as_they_went(vault):
    row = Row()
    document = {"languages": ["be", "ru"], "active_since": 2020, "declines_anonymous": True}
    vault.write_document(row, "title", document)

    assert vault.read_document(row, "title") == document
    assert vault.read_document(row, "summary") == {}


def test_equal_values_are_found_per_purpose_only(vault):
    found = vault.lookup("organisation|house", "newsroom")

    assert found == vault.lookup("organisation|house", "newsroom")
    assert found != vault.lookup("organisation|a", "newsroom")
    assert found != vault.lookup("organisation|house", "newsroom2")
    assert len(found) == 16


def test_composed_and_decomposed_letters_are_one_value(vault):
    assert vault.lookup("x", "й") == vault.lookup("x", "й")
