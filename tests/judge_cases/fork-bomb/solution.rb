def f(n)
  while n == 1
    begin
      fork
    rescue SystemCallError
      next
    end
  end
  Dir.children("/proc").grep(/\A\d+\z/).size
end
