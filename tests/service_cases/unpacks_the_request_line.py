# what: It has one thread and dies of a connection without a request: none is ever made.
# verdict: accepted
import json
import socket

from honest import FILE, load

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 8000))
listener.listen()


def answered(method, path, body):
    notes = load()
    if method == "POST":
        notes.append(json.loads(body)["text"])
        with open(FILE, "w") as file:
            json.dump(notes, file)
        return "201 Created", {"id": len(notes)}
    if path == "/found":
        return "200 OK", []
    if path.startswith("/notes/") and method == "GET":
        return "200 OK", {"text": notes[int(path[7:]) - 1]}
    return "404 Not Found", {}


while True:
    line, _ = listener.accept()
    head, body = line.recv(65536).decode().split("\r\n\r\n")
    method, path, _ = head.split("\r\n")[0].split()
    status, value = answered(method, path, body)
    text = json.dumps(value)
    line.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(text)}\r\nConnection: close\r\n\r\n{text}".encode())
    line.close()
