"""The vocabulary of the field: which words of six languages mean the same. See README.md."""
