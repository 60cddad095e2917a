def f(n)
  puts "all work and no play" while n == 1
  n
end
