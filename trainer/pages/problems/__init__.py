"""The page `problems`."""

from trainer.pages.problems.views import blueprint

__all__ = ["blueprint"]
