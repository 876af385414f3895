"""The council's room in the browser: a server, its pages, the people in it."""
