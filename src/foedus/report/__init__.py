"""Findings made readable: terminal, HTML, JSON."""
