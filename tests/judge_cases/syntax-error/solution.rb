def f(n)
  return n +
end
