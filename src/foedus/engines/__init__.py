"""What follows from a program and a record: exact answers with their grounds."""
