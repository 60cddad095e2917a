def f(n)
  exit(n)
end
