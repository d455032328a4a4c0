"""What a term is likely to end with at the present pace; docs/forecast.md has the formulas."""
