"""The page `where_is`."""

from trainer.pages.where_is.views import blueprint

__all__ = ["blueprint"]
