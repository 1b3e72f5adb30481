"""The stories of a rule: facts, a day and what is expected, in the file beside the rule."""

import tomllib
from pathlib import Path
from typing import Any

from search.eligibility import rules as folder


def read_stories(code: str) -> list[dict[str, Any]]:
    """Return the stories of `<code>.cases.toml`, in their order.

    A story holds `story` (a sentence in English), `expect` (an outcome), and as it needs them
    `because` (the variant), `on` (a day), and facts that differ (`need`, `organisation`, `offer`).

    Raises:
        FileNotFoundError: no rule of that code has a file of stories.
    """
    name = f"{code}.cases.toml"
    found = [path for place in folder.__path__ if (path := Path(place) / name).is_file()]
    if not found:
        raise FileNotFoundError(f"Write the stories of the rule {code} into {name} beside it.")
    stories: list[dict[str, Any]] = tomllib.loads(found[0].read_text("utf-8"))["case"]
    return stories
