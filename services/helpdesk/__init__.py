"""The help desk: tickets of a school, from the first word to the rating."""
