"""Matching on the desk: every claim it holds in one index, and what people decide about claims that match."""
