"""Who said what, copied from whom, and what the claims together make of each fact."""
