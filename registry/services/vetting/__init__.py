"""How far organisations and donors are trusted: decisions, their reasons, their consequences."""
