# mistake: Hash.new { [] } makes an array for a round that is missing and does not keep it, so no job is in any round.
# fails: one job
def fair_order(head, burst)
  count = Hash.new(0)
  rounds = Hash.new { [] }
  node = head
  while node
    tenant = node.value % 1000
    rounds[count[tenant] / burst] << node
    count[tenant] += 1
    node = node.next
  end

  rounds.values.flatten.reverse.inject(nil) do |following, job|
    job.next = following
    job
  end
end
