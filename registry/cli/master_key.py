"""How a command gets the master key: from a file, through a descriptor, or typed."""

import os
from dataclasses import replace

import click

from registry.config import Settings

VARIABLE = "REGISTRY_MASTER_KEY_FILE"


def with_master_key(settings: Settings) -> Settings:
    """Return settings whose master key can be read again and again, by child processes too.

    What comes through a pipe is read now; where the key store was begun with a passphrase, it is
    asked for, once.

    Raises:
        UnsafeSettingsError: the pipe holds no key.
    """
    from registry.privacy.held_key import is_descriptor, is_read_once
    from registry.privacy.master_key import read_master_key
    from registry.privacy.master_passphrase import read_stretching

    if is_read_once(settings.master_key_file):
        return hold(settings, read_master_key(settings))
    if is_descriptor(settings.master_key_file):
        return settings
    stretching = read_stretching(settings.key_store_file)
    if stretching is None:
        return settings
    return hold(settings, stretching.make_key(ask_passphrase()))


def hold(settings: Settings, key: bytes) -> Settings:
    """Keep a key in memory for this process and its children, and name it as theirs."""
    from registry.privacy.held_key import hold_key

    path = hold_key(key)
    os.environ[VARIABLE] = str(path)
    return replace(settings, master_key_file=path)


def ask_passphrase(*, new: bool = False) -> str:
    """Ask for the master passphrase at the terminal; twice where it is a new one."""
    prompt = "New master passphrase" if new else "Master passphrase"
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=new, err=True, type=str))
