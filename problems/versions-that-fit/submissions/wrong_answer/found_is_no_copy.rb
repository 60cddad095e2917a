# mistake: What is found is the array itself and no copy, and every call takes its version out of it on the way back.
# fails: one package
require "set"

def choose(versions, clashes)
  clashing = Hash.new { |known, version| known[version] = Set.new }
  clashes.each do |a, b|
    clashing[a] << b
    clashing[b] << a
  end
  complete([], versions, clashing)
end

def complete(chosen, versions, clashing)
  return chosen if chosen.length == versions.length

  versions[chosen.length].each do |version|
    next if chosen.any? { |other| clashing[version].include?(other) }

    chosen.push(version)
    found = complete(chosen, versions, clashing)
    chosen.pop
    return found if found
  end
  nil
end
