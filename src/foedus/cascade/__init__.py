"""How a war spreads: a shock, the obligations it calls on, and who enters, round by round."""
