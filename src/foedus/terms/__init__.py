"""The words everything is said in: predicates and facts, dates, states, verdicts."""
