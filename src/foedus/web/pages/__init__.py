"""The pages of a room, one module each: `show(look)` gives what its template is filled with."""
