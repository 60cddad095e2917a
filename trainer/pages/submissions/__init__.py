"""The page `submissions`."""

from trainer.pages.submissions.views import blueprint

__all__ = ["blueprint"]
