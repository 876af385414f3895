"""A session with people: who may see and do what, how the record grows, the room's time, bots in empty seats.

No network and no database: the room in the browser puts these behind a server, and a test plays with them directly.
"""
