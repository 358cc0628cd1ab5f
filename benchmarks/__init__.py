"""Measurements that the documents quote, each a command of its own."""
