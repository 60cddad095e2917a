def f(n)
  throw :answer, n if n == 1
  Thread.main.exit
end
