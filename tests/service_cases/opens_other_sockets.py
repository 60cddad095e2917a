# what: It opens sockets of families that no service needs; names are still looked up, and pairs still made.
# verdict: accepted
import itertools
import socket

from honest import found, serve

for family, kind, make in itertools.product(range(3, 64), (1, 2, 3, 5), (socket.socket, socket.socketpair)):
    if family == socket.AF_INET6:
        continue
    try:
        make(family, kind)
        found.append(f"family {family}")
    except OSError:
        pass
if ("127.0.0.1", 8000) not in {info[4] for info in socket.getaddrinfo("localhost", 8000, family=socket.AF_INET)}:
    found.append("no localhost")
for one in socket.socketpair():
    one.close()
serve()
