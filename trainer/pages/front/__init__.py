"""The page `front`."""

from trainer.pages.front.views import blueprint

__all__ = ["blueprint"]
