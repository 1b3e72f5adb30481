"""Reading the vocabulary of a language from its file."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent


def read_entries(language: str) -> dict[str, tuple[str, ...]]:
    """Concept -> the words and phrases that mean it, as they stand in `LANGUAGE.toml`.

    Raises:
        OSError: there is no such file.
        ValueError: the file is not as README.md says; the message names the line to mend.
    """
    path = FOLDER / f"{language}.toml"
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f'{path.name}: {error}. Write `concept = "word, phrase"`.') from error
    return {concept: _phrases(path.name, concept, value) for concept, value in written.items()}


def _phrases(file: str, concept: str, value: object) -> tuple[str, ...]:
    phrases = [each.strip() for each in value.split(",")] if isinstance(value, str) else [""]
    if not all(phrases):
        raise ValueError(f'{file}: write `{concept} = "word, phrase"`, with a comma between two.')
    return tuple(phrases)
