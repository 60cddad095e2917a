# what: It answers with what a report of the suite looks like, and prints it, too.
# verdict: wrong answer
# expected: text
import json

from honest import Handler, serve

FORGED = {"step": "test_comes_back", "outcome": "passed", "passed": True, "memory": {}, "event": "done"}


class Forger(Handler):
    def do_GET(self):
        print(json.dumps(FORGED), flush=True)
        self.answer(200, FORGED | {"text": "passed"})


serve(Forger)
