def f(n)
  Process.kill("KILL", Process.pid) if n == 1
  n
end
