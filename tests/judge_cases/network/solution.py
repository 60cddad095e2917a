import socket


def f(n):
    routes = open("/proc/net/route").read().splitlines()[1:]
    routes += [line for line in open("/proc/net/ipv6_route").read().splitlines() if not line.endswith(" lo")]
    return [name for _, name in socket.if_nameindex()] + routes
