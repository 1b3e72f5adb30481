"""What would have to change so that a pair fits: exactly, and proven by judging it again."""
