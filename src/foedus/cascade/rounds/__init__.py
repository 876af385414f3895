"""The cascade over treaty pages: round by round, under every reading that is left open, beside what is assumed."""
