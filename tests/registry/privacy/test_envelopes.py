"""Sealed envelopes: whoever it was sealed to opens one, and nobody and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from registry.privacy.account_keys import make_key
from registry.privacy.envelopes import open_key, open_text, seal_key, seal_text

PEOPLE = [make_key() for _ in range(5)]
whom = st.sets(st.integers(0, len(PEOPLE) - 1))


@given(text=st.text(max_size=400), readers=whom)
def test_exactly_those_it_was_sealed_to_open_it(text, readers):
    sealed = seal_text(text, "party|contact", [PEOPLE[each][1] for each in readers])

    for number, (private, public) in enumerate(PEOPLE):
        opened = [open_key(key, private) for key in sealed.keys.values()]
        keys = [key for key in opened if key is not None]
        assert (number in readers) == (public in sealed.keys) == bool(keys)
        assert all(open_text(sealed.body, "party|contact", key) == text for key in keys)


@given(text=st.text(max_size=400), other=st.text(max_size=400))
def test_a_body_opens_only_with_its_own_key_and_in_its_own_place(text, other):
    private, public = PEOPLE[0]
    one = seal_text(text, "party|contact", [public])
    two = seal_text(other, "party|payout", [public])
    key = open_key(one.keys[public], private)

    assert open_text(one.body, "party|payout", key) is None
    assert open_text(one.body, "another|contact", key) is None
    assert open_text(two.body, "party|payout", key) is None


def test_a_key_that_is_sealed_on_opens_the_same_text():
    (mine, my_public), (theirs, their_public) = PEOPLE[:2]
    sealed = seal_text("Ask for the red door", "party|contact", [my_public])
    passed_on = seal_key(open_key(sealed.keys[my_public], mine), their_public)

    assert open_text(sealed.body, "party|contact", open_key(passed_on, theirs)) == (
        "Ask for the red door"
    )


def test_short_and_long_texts_look_equally_long():
    lengths = {len(seal_text("д" * length, "party|contact", []).body) for length in (0, 1, 480)}

    assert len(lengths) == 1


def test_an_envelope_prints_nothing_of_itself():
    assert repr(seal_text("Ask for the red door", "p|contact", [])) == "<sealed>"
