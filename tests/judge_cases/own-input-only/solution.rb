SECRET = /zweites[-~]wort[-~]8271/n

def f(word)
  File.readlines("/proc/self/maps").select do |line|
    bounds, rights = line.split
    next unless rights.start_with?("rw") && !line.include?("[v") && word == "first"

    first, last = bounds.split("-").map { |part| part.to_i(16) }
    File.open("/proc/self/mem", "rb") { |memory| memory.pread(last - first, first) }.match?(SECRET)
  rescue SystemCallError
    false
  end
end
