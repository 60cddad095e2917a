def hops(priorities)
  n = priorities.length
  answer = Array.new(n, 0)
  senders = []
  (2 * n).times do |i|
    priority = priorities[i % n]
    while !senders.empty? && priorities[senders.last] <= priority
      sender = senders.pop
      answer[sender] = i - sender
    end
    senders.push(i) if i < n && priority.positive?
  end
  answer
end
