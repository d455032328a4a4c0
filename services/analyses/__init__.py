"""The analysis of a month, a term or a year for the director: figures, conclusions, its way."""
