"""Papers of a room: what may be one, where their contents lie, and what the record says of them."""
