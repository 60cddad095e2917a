class Void < BasicObject
end

def f(n)
  [Void.new]
end
