"""Runs pipelines on an Apache Flink of this machine: what goes in and what comes out are plain rows."""
