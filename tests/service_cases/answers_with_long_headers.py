# what: Its answers are right and their headers are long: the transcript is shortened, and every step is judged.
# verdict: accepted
# suites: suite_many
# transcript: shortened
from honest import Handler, serve


class Long(Handler):
    def end_headers(self):
        for number in range(25):
            self.send_header(f"X-{number}", "\xff" * 3000)
        super().end_headers()


serve(Long)
