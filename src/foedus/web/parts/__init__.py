"""The parts of pages, a module for each: with what its template is filled."""
