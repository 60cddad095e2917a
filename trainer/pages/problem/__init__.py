"""The page `problem`."""

from trainer.pages.problem import again
from trainer.pages.problem.views import blueprint

__all__ = ["again", "blueprint"]
