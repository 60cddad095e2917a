def f(n)
  n += 1 while true
end
