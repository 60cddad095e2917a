require "set"

def compact(slots, done)
  finished = done.to_set
  size = slots.size
  slots.reject! { |id| id.nil? || finished.include?(id) }
  slots.fill(nil, slots.size...size)
end
