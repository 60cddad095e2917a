# what: Its answers are wrong and as long as they may be: the step is judged by what it says, not by its length.
# verdict: wrong answer
# suites: suite_many
# expected: text
# transcript: shortened
from honest import Handler, serve


class Long(Handler):
    def end_headers(self):
        for number in range(25):
            self.send_header(f"X-{number}", "\xff" * 3000)
        super().end_headers()

    def do_GET(self):
        self.answer(200, {"text": "\x01" * 100_000})


serve(Long)
