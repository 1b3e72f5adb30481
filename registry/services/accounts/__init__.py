"""Accounts of the house and keys of programmes, for the people who look after them."""
