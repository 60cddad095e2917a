def fair_order(head, burst)
  count = Hash.new(0)
  rounds = []
  node = head
  while node
    tenant = node.value % 1000
    (rounds[count[tenant] / burst] ||= []) << node
    count[tenant] += 1
    node = node.next
  end

  rounds.flatten.reverse.inject(nil) do |following, job|
    job.next = following
    job
  end
end
