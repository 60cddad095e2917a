"""The page `workers`: who judges, what waits, and what the last hour was like. For admins."""

from trainer.pages.workers.views import blueprint

__all__ = ["blueprint"]
