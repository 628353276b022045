"""Connections of the loopback interface that are as far away as one likes, and counted.

relay.py RESULT MILLISECONDS LISTEN=TARGET ...: each port LISTEN leads to the port TARGET; every piece of data arrives MILLISECONDS / 2 later than it was
sent. Says "ready"; at SIGTERM RESULT gets a line: connections, bytes to the servers, bytes from them, and turns. A turn is client data
behind server data on a connection: what the client sends then it may have waited for.
"""

import asyncio
import os
import signal
import socket
import sys


class Counted:
    connections = up = down = turns = 0


class Pipe:
    """One connection: what each side sends, late."""

    def __init__(self):
        self.last_was_server = False

    async def carry(self, reader, writer, delay, is_client):
        loop, queue = asyncio.get_running_loop(), asyncio.Queue()

        async def deliver():
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0, due - loop.time()))
                try:
                    if not data:
                        writer.write_eof()
                        return
                    writer.write(data)
                    await writer.drain()
                except (OSError, RuntimeError):
                    return

        delivery = asyncio.create_task(deliver())
        data = b"-"
        while data:
            try:
                data = await reader.read(1 << 16)
            except OSError:
                data = b""
            if is_client:
                Counted.up += len(data)
                Counted.turns += bool(data) and self.last_was_server
            else:
                Counted.down += len(data)
            if data:
                self.last_was_server = not is_client
            queue.put_nowait((loop.time() + delay, data))
        await delivery


async def main(result, milliseconds, *pairs):
    delay = float(milliseconds) / 2000
    ended = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    for pair in pairs:
        listen, target = map(int, pair.split("="))

        async def accept(reader, writer, target=target):
            Counted.connections += 1
            try:
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
            except OSError:
                writer.close()
                return
            for stream in (writer, far_writer):
                stream.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pipe = Pipe()
            await asyncio.gather(
                pipe.carry(reader, far_writer, delay, True), pipe.carry(far_reader, writer, delay, False)
            )
            writer.close()
            far_writer.close()

        await asyncio.start_server(accept, "127.0.0.1", listen, backlog=256)
    print("ready", flush=True)
    await ended.wait()
    with open(result, "w") as file:
        print(Counted.connections, Counted.up, Counted.down, Counted.turns, file=file)
    os._exit(0)


asyncio.run(main(*sys.argv[1:]))
