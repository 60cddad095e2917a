"""The address that links for other people begin with. What a request says of its host is not believed as it is."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from trainer.config import Config


def link_base(config: Config, asked: str) -> str:
    """`asked` is the address by which this request came: scheme, host and port.

    The public address, where one is set. Otherwise that of the request, where it is one that this server surely has:
    loopback, the host that it serves on, or a number of this machine where it serves on all of them. Otherwise the
    address that it serves on.
    """
    if config.public_url:
        return config.base_url
    parts = urlsplit(asked)
    return asked.rstrip("/") if _is_own(config, parts.hostname or "") else config.base_url


def _is_own(config: Config, host: str) -> bool:
    if host in ("localhost", config.host.lower()):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or (config.serves_everywhere and _is_of_this_machine(str(number)))


def _is_of_this_machine(number: str) -> bool:
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((number, 0))
        except OSError:
            return False
    return True
