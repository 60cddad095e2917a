"""The page `progress`."""

from trainer.pages.progress.views import blueprint

__all__ = ["blueprint"]
