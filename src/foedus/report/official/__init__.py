"""The minutes of a session as bodies keep them: meetings, documents, decisions by number, attendance, corrections."""
