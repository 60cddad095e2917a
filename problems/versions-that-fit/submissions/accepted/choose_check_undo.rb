require "set"

def choose(versions, clashes)
  clashing = Hash.new { |known, version| known[version] = Set.new }
  clashes.each do |a, b|
    clashing[a] << b
    clashing[b] << a
  end
  complete([], versions, clashing)
end

# The first complete choice that begins with `chosen`, or nil.
def complete(chosen, versions, clashing)
  return chosen.dup if chosen.length == versions.length

  versions[chosen.length].each do |version|
    next if chosen.any? { |other| clashing[version].include?(other) }

    chosen.push(version)
    found = complete(chosen, versions, clashing)
    return found if found

    chosen.pop
  end
  nil
end
