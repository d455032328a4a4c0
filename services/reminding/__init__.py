"""Who is told of open findings, when and how often; who hears next; what is kept silent."""
