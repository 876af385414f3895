"""Who owed what to whom, from which day to which: out of data sets and out of treaty pages, in one form."""
