"""The administrator's own duties: what each clause demanded, when it was done, by what it shows."""
