"""Properties are tried without a stop-watch: a busy machine is no reason to fail.

While mutants are tested, an example that fails need not be made small: that it fails is enough.
"""

import os

from hypothesis import Phase, settings

settings.register_profile("unhurried", deadline=None)
settings.register_profile(
    "mutants",
    settings.get_profile("unhurried"),
    database=None,
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("mutants" if "MUTANT_UNDER_TEST" in os.environ else "unhurried")
