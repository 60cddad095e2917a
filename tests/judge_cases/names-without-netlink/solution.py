import asyncio
import socket


async def talk():
    async def answer(reader, writer):
        writer.write(await reader.readline())
        writer.close()

    server = await asyncio.start_server(answer, "localhost", 0, family=socket.AF_INET)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("localhost", port)
    writer.write(b"hello\n")
    said = await reader.readline()
    writer.close()
    server.close()
    return said.decode().strip()


def f(n):
    addresses = sorted({info[4][0] for info in socket.getaddrinfo("localhost", 80, family=socket.AF_INET)})
    return [*addresses, asyncio.run(talk())]
