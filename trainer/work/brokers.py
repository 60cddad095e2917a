"""Opens what the settings say of a broker."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from trainer.work.news import News

if TYPE_CHECKING:
    from trainer.work.broker import Broker


def open_broker(url: str, news: News) -> Broker | None:
    """None where the settings name none. The client of RabbitMQ is loaded only where it is used."""
    if not url:
        return None
    found: Broker = import_module("trainer.work.broker").Broker(url, news)
    return found
