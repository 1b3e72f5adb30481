"""The audit trail, as auditors read and check it."""
