"""How long is too long on any machine: no speed is tested, only that nothing runs away."""

HANG_SECONDS = 60.0
"""What grows with the square of a megabyte takes longer; what does not, never on a busy machine."""
