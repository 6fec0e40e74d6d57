"""Deploys Flink SQL statements to Confluent Cloud and converges on what an event names."""
