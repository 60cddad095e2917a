"""The pages `interviews`: what is offered, the room, the report."""

from trainer.pages.interviews.views import blueprint

__all__ = ["blueprint"]
