"""Finding needs and offers by words and filters: one protocol, a specification, an engine."""
