# what: What later steps need of its answers is larger than the suite's memory.
# verdict: output limit exceeded
# reason: larger than 4 MiB
# suites: suite_keeps_01 suite_keeps_02
# runs: output limit, not run
from honest import Handler, serve


class Large(Handler):
    def do_GET(self):
        self.answer(200, {"text": "x" * 900_000})


serve(Large)
