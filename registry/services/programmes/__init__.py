"""Programmes: which optional rules offers are judged by, and what each part of the score weighs."""
