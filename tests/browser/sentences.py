"""Finding English in a page that is meant to be in another language."""

import re
from functools import cache

from playwright.sync_api import Page

from registry.translations.extraction import read_catalogue

SHOWN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), shown = [];
  const foreign = '[translate="no"], [lang]:not(html), code';
  while (walker.nextNode()) {
    const node = walker.currentNode, words = node.textContent.replace(/\\s+/g, " ").trim();
    if (words && !node.parentElement.closest(foreign)) shown.push(words);
  }
  for (const each of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
    if (each.closest(foreign)) continue;
    for (const name of ["aria-label", "placeholder", "title"]) {
      const words = (each.getAttribute(name) || "").trim();
      if (words) shown.push(words);
    }
  }
  return [document.title, ...shown];
}"""
"""Every text of the page, folded away or not, but for what people wrote themselves."""

ENGLISH_RUN = re.compile(r"\b[A-Za-z]{2,}(?:[ ,]+[A-Za-z'’]+){2,}")
_PLACE = re.compile(r"%\\\((\w+)\\\)[sd]")


@cache
def english_sentences(language: str) -> re.Pattern[str]:
    """Return what matches a whole English sentence whose translation differs from it."""
    sentences: set[str] = set()
    for message in read_catalogue(language):
        plural = isinstance(message.id, tuple)
        for msgid in message.id if plural else (message.id,):
            said = message.string if not plural else message.string[0]
            if msgid and msgid != said and re.search(r"[A-Za-z]{3}", _bare(msgid)):
                sentences.add(_PLACE.sub(".+", re.escape(msgid).replace("%%", "%")))
    return re.compile("|".join(sorted(sentences, key=len, reverse=True)))


def english_left(page: Page, language: str) -> list[str]:
    """Return the texts of a page that are sentences of ours still in English."""
    sentence = english_sentences(language)
    return [words for words in page.evaluate(SHOWN) if sentence.fullmatch(words)]


def latin_runs(page: Page) -> list[str]:
    """Return texts with three and more Latin words in a row, whether or not we know them."""
    return [words for words in page.evaluate(SHOWN) if ENGLISH_RUN.search(words)]


def _bare(msgid: str) -> str:
    return re.sub(r"%\(\w+\)[sd]", "", msgid)
