"""A donor registers, posts an offer in five pages, and pauses it."""

from collections.abc import Callable

from tests.browser.visitor import Visitor

TITLE = "Rent and pay of small newsrooms"


def test_donor_posts_an_offer(visit: Callable[..., Visitor]) -> None:
    donor, passer_by = visit(width=360), visit()
    donor.open("/").follow("I can help").follow("I have read it, go on")
    donor.mark("Foundation").write("The name you go by here", "Lighthouse")
    donor.mark("English").press("Register").press("I have written it down")
    donor.set_up_second_factor()
    assert donor.reads("Good day, Lighthouse", "Not checked yet")

    donor.follow("Write down an offer")
    donor.mark("Money (a grant)").write("How much there is", "30 000")
    donor.write("The most you give to one", "40 000").mark("For keeping the organisation running")
    donor.write("In a few words", TITLE).choose("Language of this text", "English")
    donor.press("Save and go on")
    assert donor.status == 422
    assert donor.reads("An award cannot be larger than the budget.")
    assert donor.problem_at("The most you give to one")
    assert donor.typed("How much there is") == "30 000"
    donor.write("The most you give to one", "5 000").press("Save and go on")

    donor.mark("Rent for an office or a room").press("Save and go on")
    donor.mark("A short message").mark("Yes", of="Do you give where others").press("Save and go on")
    donor.mark("Transfer to a bank account abroad").mark("Nothing", "Everyone, without an account")
    donor.press("Save and go on")
    donor.write("Days until you decide", "14").press("Save and look through it")
    donor.press("Publish it")
    assert donor.reads("It is open.", "Officers have to check you first.", "€30,000 of €30,000")

    # Not checked yet, the offer is nobody's to read; paused, it says so and can be taken up again.
    assert TITLE not in passer_by.open("/help-offered").text
    donor.press("Pause it")
    assert donor.reads("Offer paused")
    donor.press("Open it again")
    assert donor.reads("Offer open")
