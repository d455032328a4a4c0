"""Injected defects, a file a family; each leaves its findings and its look-alikes in the ledger."""
