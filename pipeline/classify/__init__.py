"""Classifying releases by what they are for: the twelve announcement types."""

from pipeline.classify.classifier import MODEL_NAME, Classifier, Reason, again
from pipeline.classify.features import Seen, seen_of

__all__ = ["MODEL_NAME", "Classifier", "Reason", "Seen", "again", "seen_of"]
