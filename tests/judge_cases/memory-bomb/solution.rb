def f(n)
  blocks = []
  blocks << "x" * (1 << 20) while n == 1
  n
end
