def f(n)
  child = fork
  Process.wait(child) if child
  child ? n : -n
end
