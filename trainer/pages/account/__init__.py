"""The page `account`."""

from trainer.pages.account.views import blueprint

__all__ = ["blueprint"]
