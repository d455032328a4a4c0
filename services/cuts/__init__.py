"""Cuts of the school's figures: from the whole school inwards, and the same over the year."""
