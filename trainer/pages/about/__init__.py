"""The page `about`."""

from trainer.pages.about.views import blueprint

__all__ = ["blueprint"]
