"""Parts of the consultation's measurement: question sets, misspellings, peers, figures."""
