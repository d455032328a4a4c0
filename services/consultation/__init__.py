"""Questions in own words: the base of answers, the search over it, the desk that answers."""
