require "set"

def fewest_hops(links, scanners, start, target)
  receivers = Hash.new { |known, sender| known[sender] = [] }
  links.each { |sender, receiver| receivers[sender] << receiver }
  scans = scanners.to_set

  # A service may be seen twice: by a file that was not scanned yet, and by one that was.
  seen = { false => Set.new, true => Set.new }
  level = [[start, scans.include?(start)]]
  seen[scans.include?(start)] << start
  hops = 0
  until level.empty?
    return hops if level.include?([target, true])

    hops += 1
    level = level.flat_map do |service, scanned|
      receivers[service].filter_map do |receiver|
        after = scanned || scans.include?(receiver)
        [receiver, after] if seen[after].add?(receiver)
      end
    end
  end
  nil
end
