"""The page `reports`."""

from trainer.pages.reports.views import blueprint

__all__ = ["blueprint"]
