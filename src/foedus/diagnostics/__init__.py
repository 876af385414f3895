"""Places in a page, and problems addressed to a reader of treaties. Imports nothing."""
