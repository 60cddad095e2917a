def f(n)
  (0..255).each do |fd|
    IO.for_fd(fd).close
  rescue IOError, SystemCallError, ArgumentError
    next
  end
  n
end
