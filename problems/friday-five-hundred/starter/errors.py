"""What a request can be refused with."""

from __future__ import annotations


class Refused(Exception):
    """The request is answered with this status and this sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
