"""From rows to files: the exchange template and imitations of other journals' exports."""
