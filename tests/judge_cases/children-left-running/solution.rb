def f(n)
  others = Dir.children("/proc").grep(/\A\d+\z/) - ["1", Process.pid.to_s]
  files = Dir.children("/tmp")
  loop = "trap '' TERM; while :; do echo x >> /tmp/left; sleep 0.01; done"
  Process.detach(spawn(loop, pgroup: true, in: :close, out: :close, err: :close))
  system("echo hidden > /tmp/.hidden; mkdir -p /tmp/a/b/c; chmod 0 /tmp/a")
  [others.size, files.size]
end
