"""The web page in which staff check, correct and take away the nominees."""

from pipeline.review.app import create_app
from pipeline.review.server import serve

__all__ = ["create_app", "serve"]
