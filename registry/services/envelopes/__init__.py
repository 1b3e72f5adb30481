"""Contact, legal name and payout: sealed by their owner, given on a pairing, taken back."""
