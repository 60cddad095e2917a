# mistake: nil.to_i is 0, so a scanner from which the target is out of reach seems to have it next door.
# fails: start is target, and no way home
def fewest_hops(links, scanners, start, target)
  there = distances(links, start)
  back = distances(links.map(&:reverse), target)
  known = scanners.select { |scanner| there.key?(scanner) || back.key?(scanner) }
  known.map { |scanner| there[scanner].to_i + back[scanner].to_i }.min
end

def distances(links, origin)
  neighbours = Hash.new { |known, service| known[service] = [] }
  links.each { |a, b| neighbours[a] << b }
  hops = { origin => 0 }
  queue = [origin]
  until queue.empty?
    service = queue.shift
    neighbours[service].each do |neighbour|
      next if hops.key?(neighbour)

      hops[neighbour] = hops[service] + 1
      queue << neighbour
    end
  end
  hops
end
