"""A client of the streaming lakehouse: finds its settings in AWS and survives key rotation."""
