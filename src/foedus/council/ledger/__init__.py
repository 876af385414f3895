"""The record of a session: entries that are only ever added, under heads that are signed and leave the server."""
