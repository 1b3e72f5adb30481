"""Settings: read once from the environment, typed, frozen; unsafe ones are refused."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from registry.domain.errors import UnsafeSettingsError
from search.codes import COUNTRIES, CURRENCIES

HIGHEST_PORT = 65535
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
MARKER = "development"
"""A data folder with a file of this name is for trying out: loopback only, key beside the data."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service needs to know before it starts; `docs/settings.md` explains each."""

    data_dir: Path
    database_url: str = field(repr=False)  # it may hold a password
    master_key_file: Path
    key_store_file: Path
    base_currency: str
    home_countries: frozenset[str]
    leave_url: str
    port: int
    log_level: str = "INFO"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings.

        Raises:
            UnsafeSettingsError: a value cannot be used; the message names it and the remedy.
        """
        data_dir = Path(environ.get("REGISTRY_DATA_DIR") or "./var").absolute()
        return cls(
            data_dir=data_dir,
            database_url=environ.get("REGISTRY_DATABASE_URL")
            or f"sqlite:///{data_dir / 'registry.db'}",
            master_key_file=Path(
                environ.get("REGISTRY_MASTER_KEY_FILE") or "./.keys/master"
            ).absolute(),
            key_store_file=Path(
                environ.get("REGISTRY_KEY_STORE_FILE") or data_dir / "keys.db"
            ).absolute(),
            base_currency=_read_currency(environ.get("REGISTRY_BASE_CURRENCY") or "EUR"),
            home_countries=_read_countries(environ.get("REGISTRY_HOME_COUNTRIES") or "BY"),
            leave_url=_read_url(environ.get("REGISTRY_LEAVE_URL") or "https://www.wikipedia.org/"),
            port=_read_port(environ.get("PORT") or "8000"),
            log_level=_read_level(environ.get("REGISTRY_LOG_LEVEL") or "INFO"),
        )

    @property
    def development(self) -> bool:
        """Say whether the data folder is marked as one for trying out."""
        return (self.data_dir / MARKER).exists()

    @property
    def demo_accounts_file(self) -> Path:
        """Where the accounts of the demonstration stand in clear, for whoever tries it out."""
        return self.data_dir / "demo-accounts.txt"

    @property
    def index_dir(self) -> Path:
        """Where the disposable search index lives."""
        return self.data_dir / "index"


def _read_currency(text: str) -> str:
    if text not in CURRENCIES:
        raise UnsafeSettingsError(
            "REGISTRY_BASE_CURRENCY is no ISO 4217 currency: write three letters, as EUR"
        )
    return text


def _read_countries(text: str) -> frozenset[str]:
    countries = frozenset(part.strip() for part in text.split(",") if part.strip())
    if not countries <= COUNTRIES:
        raise UnsafeSettingsError(
            "REGISTRY_HOME_COUNTRIES holds something that is no ISO 3166-1 code: "
            "write two capital letters each, separated by commas, as BY,RU"
        )
    return countries


def _read_url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s\"'<>]+", text):
        raise UnsafeSettingsError("REGISTRY_LEAVE_URL is no web address: write https://…")
    return text


def _read_level(text: str) -> str:
    if text not in LOG_LEVELS:
        raise UnsafeSettingsError(f"REGISTRY_LOG_LEVEL is none of {', '.join(LOG_LEVELS)}")
    return text


def _read_port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise UnsafeSettingsError("PORT is no port: write a number from 1 to 65535")
    return int(text)
