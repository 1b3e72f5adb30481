"""Nothing is offered to an organisation by a donor whom nobody has verified."""

from collections.abc import Iterator

from search.codes import Party, Vetting
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    if pair.offer.donor_vetting == Vetting.SUSPENDED:
        return not_met()
    return met() if pair.offer.donor_vetting == Vetting.VERIFIED else unknown()


def find_ways(_: Pair) -> Iterator[Way]:
    yield Way("offer.donor_vetting", Vetting.VERIFIED)


RULE = Rule(
    code="donor_vetted",
    label=Words(en="The donor is verified", be="Донар правераны", ru="Донор проверен"),
    protects=Party.ORGANISATION,
    reads=facts("offer.donor_vetting"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="A donor can be the trap as well as an applicant: both are verified by people.",
        be="Пасткай можа быць і донар, і той, хто просіць: абодвух правяраюць людзі.",
        ru="Ловушкой может быть и донор, и тот, кто просит: обоих проверяют люди.",
    ),
    check=check,
    changeable=facts("offer.donor_vetting"),
    ways=find_ways,
    sentences={
        "met": Words(
            en="The donor has been verified.",
            be="Донар правераны.",
            ru="Донор проверен.",
        ),
        "not_met": Words(
            en="The donor is suspended, so nothing is offered on its behalf.",
            be="Удзел донара прыпынены, таму ад яго імя нічога не прапануецца.",
            ru="Участие донора приостановлено, поэтому от его имени ничего не предлагается.",
        ),
        "needs_information": Words(
            en="Nobody has verified this donor yet.",
            be="Гэтага донара яшчэ ніхто не праверыў.",
            ru="Этого донора ещё никто не проверил.",
        ),
    },
    remedies={
        "not_met": Words(
            en="An officer would have to lift the suspension after checking the donor again.",
            be="Каардынатар мусіў бы зноў праверыць донара і зняць прыпыненне.",
            ru="Координатору нужно было бы снова проверить донора и снять приостановку.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.OFFICER,
            Words(
                en="Who knows this donor, and can it be verified?",
                be="Хто ведае гэтага донара і ці можна яго праверыць?",
                ru="Кто знает этого донора и можно ли его проверить?",
            ),
            answers=("donor.vetting",),
        ),
    },
)
