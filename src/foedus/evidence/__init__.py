"""Who says what of which fact, in which document, and what stands in the end."""
