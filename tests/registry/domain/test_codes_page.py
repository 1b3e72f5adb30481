from pathlib import Path

import pytest

from registry.domain.codes_page import codes_page
from registry.domain.labels import LISTS, codes_of

PAGE = Path(__file__).parents[3] / "docs" / "codes.md"


@pytest.mark.check
def test_the_page_of_codes_is_in_step_with_the_code():
    assert PAGE.read_text(encoding="utf-8") == codes_page(), (
        "run: python -m registry.domain.codes_page > docs/codes.md"
    )


def test_every_code_stands_on_the_page_under_its_list():
    page = codes_page()
    for name in LISTS:
        section = page.split(f"\n## {name}: ", 1)[1].split("\n## ", 1)[0]
        for code in codes_of(name):
            assert f"| `{code}` |" in section
