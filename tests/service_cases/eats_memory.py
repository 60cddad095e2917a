# what: It takes more memory than it may.
# verdict: memory limit exceeded
# reason: ran out of memory
from honest import Handler, serve

held = []


class Hungry(Handler):
    def do_GET(self):
        while True:
            held.append(bytearray(16 << 20))


serve(Hungry)
