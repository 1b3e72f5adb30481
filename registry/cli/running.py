"""`registry run`: everything on this machine, for trying it out; Ctrl-C ends all of it."""

import os
import socket
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from registry.cli.demo import load
from registry.cli.master_key import with_master_key
from registry.cli.parent import PARENT
from registry.cli.root import Refused, main, read_settings
from registry.cli.setup import prepare
from registry.config import Settings

ROOT = Path(__file__).parents[2]
ENDED_ON_PURPOSE = (130, 143)


@main.command("run")
def run() -> None:
    """Set up, load the demonstration data at first start, serve pages, API and worker.

    Listens on this machine only. If one process ends, all end; the next start goes on.
    """
    settings = with_master_key(read_settings())
    check_port(settings.port)
    for sentence in prepare(settings).sentences(settings):
        click.echo(sentence)
    load_demonstration(settings)
    click.echo(greeting(settings))
    end_command(serve(settings))


def check_port(port: int) -> None:
    """Refuse before anything starts where another programme has the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refused(
                f"Port {port} on 127.0.0.1 cannot be used ({error.strerror}): stop the programme "
                f"that has it, or choose another port, as in: make run PORT=8010"
            ) from error


def load_demonstration(settings: Settings) -> None:
    """Load the demonstration data into a registry that has never had any account."""
    if settings.development:
        load(only_where_new=True)


def greeting(settings: Settings) -> str:
    """Say where to look and who can sign in."""
    address = f"http://127.0.0.1:{settings.port}"
    lines = [
        "",
        f"  Pages   {address}/",
        f"  API     {address}/api/v1/ (described at {address}/api/v1/openapi.json)",
        f"  State   {address}/readyz",
        "  Ctrl-C ends everything.",
        "",
    ]
    accounts = settings.demo_accounts_file
    if accounts.exists():
        lines += [accounts.read_text("utf-8").rstrip(), f"(kept in {accounts})", ""]
    return "\n".join(lines)


def serve(settings: Settings) -> int:
    """Run web and worker until one of them ends or somebody stops them; its exit code."""
    from honcho.manager import Manager

    manager = Manager()
    manager._process_ctor = make_heir  # noqa: SLF001 - it has no other way to hand descriptors on
    environment = os.environ | {PARENT: str(os.getpid()), "PYTHONUNBUFFERED": "1"}
    for name, command in commands(settings).items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    manager.loop()
    return int(manager.returncode or 0)


def make_heir(*arguments: Any, **options: Any) -> Any:
    """Make a process that inherits the descriptor through which the master key is read."""
    from honcho.process import Popen, Process

    process = Process(*arguments, **options)
    process._child_ctor = partial(Popen, close_fds=False)  # noqa: SLF001 - see above
    return process


def commands(settings: Settings) -> dict[str, str]:  # noqa: ARG001 - one signature for all
    """Return the two processes as shell lines; `exec` lets signals reach them directly."""
    python = f"exec {sys.executable}"
    return {
        "web": f"{python} -m gunicorn --config python:registry.cli.serving",
        "worker": f"{python} -m registry.cli worker",
    }


def end_command(code: int) -> None:
    """End like the processes did: in silence on Ctrl-C, with a sentence where one died."""
    if code not in ENDED_ON_PURPOSE:
        raise Refused(
            "One of the processes ended by itself, so all were ended. Nothing that was "
            "acknowledged is lost; start again to go on, and run `registry doctor` if it recurs"
        )
