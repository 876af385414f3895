"""Obligations over every pair of states and every year or day: frames for research, with what lies behind each cell."""
