"""Classifying releases by what they are for: the twelve announcement types."""

from pipeline.classify.classifier import MODEL_NAME, Classifier
from pipeline.classify.features import facts_of, text_of

__all__ = ["MODEL_NAME", "Classifier", "facts_of", "text_of"]
