"""`python -m registry.translations`, which is `make catalogues`."""

import sys

from registry.translations.extraction import TRANSLATED, update_catalogue

for language in TRANSLATED:
    waiting = update_catalogue(language)
    sys.stdout.write(f"{language}: {waiting} sentences wait for a translation\n")
