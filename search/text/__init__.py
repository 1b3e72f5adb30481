"""Text in Belarusian, Russian, Ukrainian, Polish, Lithuanian and English becomes terms."""
