"""Fetching pages from the web, politely, with their originals kept."""

from pipeline.fetch.listing import feed_addresses, sitemap_addresses
from pipeline.fetch.polite import Fetched, Fetcher

__all__ = ["Fetched", "Fetcher", "feed_addresses", "sitemap_addresses"]
