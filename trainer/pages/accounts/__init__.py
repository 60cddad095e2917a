"""The page `accounts`."""

from trainer.pages.accounts.views import blueprint

__all__ = ["blueprint"]
