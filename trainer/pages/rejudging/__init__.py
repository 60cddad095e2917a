"""The page `rejudging`: what older versions of a problem judged is judged by its current one. For mentors."""

from trainer.pages.rejudging.views import blueprint

__all__ = ["blueprint"]
