def f(n):
    names = [line.partition(":")[0].strip() for line in open("/proc/net/dev").read().splitlines()[2:]]
    routes = open("/proc/net/route").read().splitlines()[1:]
    routes += [line for line in open("/proc/net/ipv6_route").read().splitlines() if not line.endswith(" lo")]
    return names + routes
