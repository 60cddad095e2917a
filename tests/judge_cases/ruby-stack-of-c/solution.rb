def f(n)
  n == 1 ? [n].map { |x| f(x) }.sum : n
end
