"""The page `mentor`."""

from trainer.pages.mentor.views import blueprint

__all__ = ["blueprint"]
