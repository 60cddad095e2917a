SECRET = /zweites[-~]wort[-~]8271/

def f(word)
  found = word == "first" ? ObjectSpace.each_object(String).select { |text| text.b.match?(SECRET) } : []
  TracePoint.new(:call, :c_call) { |call| word.start_with?("zweites") ? raise("seen") : call }.enable
  found
end
