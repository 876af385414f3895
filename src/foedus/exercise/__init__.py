"""Exercises: a scenario, who sits at the table and by what simple policy, and a session that plays it."""
