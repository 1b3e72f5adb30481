"""The closed lists, for anybody."""

import pytest

from search.codes import CATEGORIES, ReasonCode, Urgency


def test_every_category_has_a_code_and_a_name(client):
    groups = client.get("/api/v1/taxonomy").json["categories"]

    codes = [group["code"] for group in groups]
    codes += [item["code"] for group in groups for item in group["items"]]
    assert codes == list(CATEGORIES)
    assert all(group["label"] and all(i["label"] for i in group["items"]) for group in groups)


def test_lists_come_in_their_order(client):
    lists = {each["name"]: each for each in client.get("/api/v1/taxonomy").json["lists"]}

    assert [code["code"] for code in lists["urgency"]["codes"]] == list(Urgency)
    assert {code["code"] for code in lists["reason"]["codes"]} == set(ReasonCode)


@pytest.mark.parametrize("language", ["be", "ru"])
def test_names_are_translated_and_codes_are_not(client, language):
    english = client.get("/api/v1/taxonomy").json
    other = client.get("/api/v1/taxonomy", headers={"Accept-Language": language}).json

    for ours, theirs in zip(english["categories"], other["categories"], strict=True):
        assert ours["code"] == theirs["code"]
        assert ours["label"] != theirs["label"]
