# mistake: rotate() returns a new array and leaves the ring as it is; rotate!() turns it.
# fails: falling priorities
def hops(priorities)
  n = priorities.length
  highest = priorities.max
  return priorities.dup if highest.nil? || highest.zero?

  turn = priorities.index(highest) + 1
  ring = priorities.dup
  ring.rotate(turn) # the strongest comes last, so that every message ends before the end
  answer = Array.new(n, 0)
  senders = []
  ring.each_with_index do |priority, i|
    while !senders.empty? && ring[senders.last] <= priority
      sender = senders.pop
      answer[sender] = i - sender
    end
    senders.push(i) if priority.positive?
  end
  answer[-1] = ring.index(highest) + 1
  answer.rotate(-turn)
end
