"""Asks the provider: each call bounded in time, tried again only where that can help."""

import json
import time

import httpx


class UnknownBase(Exception):
    """The provider is well and has no such base."""


class Failure(Exception):
    """No rates came. `status`, `code` and `message` are for our client; `wait_s` is how long the provider wants peace."""

    def __init__(self, status, code, message, wait_s=None):
        super().__init__(message)
        self.status, self.code, self.message, self.wait_s = status, code, message, wait_s

    def again(self, left_s):
        """The same for somebody who asks during the pause that it began."""
        return Failure(self.status, self.code, self.message, None if self.wait_s is None else left_s)


class Passing(Failure):
    """A failure that the next try may not meet."""


class Provider:
    def __init__(self, url, key, timeout_s, tries, backoff_s):
        self._http = httpx.Client(base_url=url, headers={"X-Api-Key": key}, timeout=timeout_s)
        self._timeout_s = timeout_s
        self._tries = tries
        self._backoff_s = backoff_s

    @classmethod
    def from_env(cls, env):
        return cls(
            env["UPSTREAM_URL"],
            env["UPSTREAM_KEY"],
            timeout_s=float(env["UPSTREAM_TIMEOUT_S"]),
            tries=int(env["UPSTREAM_TRIES"]),
            backoff_s=float(env["BACKOFF_S"]),
        )

    def fetch(self, base):
        """The rates of a base. Raises UnknownBase, or the Failure that the last try met."""
        for number in range(1, self._tries + 1):
            try:
                return self._ask(base)
            except Passing:
                if number == self._tries:
                    raise
                time.sleep(self._backoff_s * 2 ** (number - 1))

    def _ask(self, base):
        try:
            status, headers, body = self._get(f"/v1/rates/{base}")
        except httpx.TimeoutException:
            raise Passing(504, "upstream_timeout", "The provider did not answer in time.") from None
        except httpx.RequestError:
            raise Passing(502, "upstream_error", "The provider closed the connection.") from None
        if status == 200:
            return rates_in(body, base)
        raise refusal(status, headers)

    def _get(self, path):
        """Status, headers and body. httpx bounds each wait for bytes; the deadline bounds all of them together."""
        deadline = time.monotonic() + self._timeout_s
        body = bytearray()
        with self._http.stream("GET", path) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the body takes too long")
        return response.status_code, response.headers, bytes(body)


def refusal(status, headers):
    """What an answer other than 200 means for us."""
    if status == 404:
        return UnknownBase()
    if status == 429:
        return Failure(503, "upstream_busy", "The provider wants fewer questions.", int(headers["Retry-After"]))
    if status >= 500:
        return Passing(502, "upstream_error", "The provider has an error.")
    return Failure(502, "upstream_refused", "The provider refused our question.")


def rates_in(body, base):
    """The rates of a 200, once they have proved to be rates."""
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if not (isinstance(told, dict) and told.get("base") == base and are_rates(told.get("rates"))):
        raise Passing(502, "upstream_invalid", "The provider sent something that is no rates.")
    return told["rates"]


def are_rates(value):
    return isinstance(value, dict) and bool(value) and all(map(is_rate, value.values()))


def is_rate(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < float("inf")
