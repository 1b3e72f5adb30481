"""`python -m registry.cli`: the same command where the script is not on the path."""

from registry.cli import main

main(prog_name="registry")
