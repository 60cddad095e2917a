# mistake: The array's compact returns a new one and leaves this one as it is, so no event moves; compact! changes it.
# fails: empty slots side by side
require "set"

def compact(slots, done)
  finished = done.to_set
  size = slots.size
  slots.map! { |id| finished.include?(id) ? nil : id }
  slots.compact
  slots.fill(nil, slots.size...size)
end
