def f(n)
  names = File.readlines("/proc/net/dev").drop(2).map { |line| line.split(":").first.strip }
  routes = File.readlines("/proc/net/route").drop(1)
  routes += File.readlines("/proc/net/ipv6_route").reject { |line| line.end_with?(" lo\n") }
  names + routes
end
