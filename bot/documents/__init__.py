"""Documents of the school's form. Import its modules only where one is made: they load lxml."""
