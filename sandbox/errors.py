"""Our faults and wrong use, as types. A student's fault is never an exception here: it is a `Run`."""


class SandboxError(Exception):
    """Something of ours went wrong, or was asked for wrongly. The message is for people."""


class SignatureError(SandboxError):
    """A signature that cannot be read. The message names the part and the fix."""


class JobRefused(SandboxError):
    """A job that cannot be judged as it stands. The message names the part."""


class JudgingFailed(SandboxError):
    """No box could be got or prepared, again and again: a judge error, ours. The message says the last cause."""


class SuiteFailed(SandboxError):
    """A hidden suite, or its box, did not say of each step how it went: a judge error, ours, never the student's."""


class EngineUnavailable(SandboxError):
    """No Docker-compatible engine answers. Submissions wait until one does."""


class NoRoom(SandboxError):
    """Boxes at work take all the room there is for services that are tried out. Ask again later."""


class ImageMissing(SandboxError):
    """An image of ours is not built. The message names the command that builds it."""


class BoxDied(SandboxError):
    """The box ended while something was still expected of it.

    `out_of_memory` is None where the engine cannot tell.
    """

    def __init__(self, message: str, *, exit_code: int | None = None, out_of_memory: bool | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.out_of_memory = out_of_memory


class BoxUnfit(BoxDied):
    """A box is not what was asked for, or the engine starts no such box. The message says why."""


class BoxSilent(SandboxError):
    """The box said nothing within its time."""


class BoxBroken(SandboxError):
    """The box said something that the protocol does not allow."""
