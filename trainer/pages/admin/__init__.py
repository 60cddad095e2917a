"""The pages `admin`: the list of accounts, adding to it, and who may make one."""

from trainer.pages.admin import adding, entry
from trainer.pages.admin.views import blueprint

__all__ = ["adding", "blueprint", "entry"]
