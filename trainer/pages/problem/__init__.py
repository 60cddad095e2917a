"""The page `problem`."""

from trainer.pages.problem.views import blueprint

__all__ = ["blueprint"]
