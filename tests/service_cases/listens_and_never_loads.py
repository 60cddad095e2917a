# what: Its port is open and takes a connection; then the application fails, and it ends.
# verdict: run-time error
# reason: Your service ended with exit code 3 before it answered OPTIONS /
# log: ZeroDivisionError
import socket
import traceback

listener = socket.create_server(("127.0.0.1", 8000))
line, _ = listener.accept()
line.close()
try:
    1 / 0  # noqa: B018
except ZeroDivisionError:
    traceback.print_exc()
raise SystemExit(3)
