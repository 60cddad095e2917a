# what: What later steps need of its answers is large, and is found again after a restart.
# verdict: accepted
# suites: suite_keeps_01 suite_keeps_02
from honest import Handler, serve


class Large(Handler):
    def do_GET(self):
        self.answer(200, {"text": "x" * 400_000})


serve(Large)
