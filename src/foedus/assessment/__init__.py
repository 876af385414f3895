"""The main job: a dossier and a program in, findings out, with what they turn on and who holds what."""
