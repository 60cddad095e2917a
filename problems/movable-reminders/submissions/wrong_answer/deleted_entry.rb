# mistake: delete() returns what it has deleted, or nil, and neither is true or false.
# fails: no reminders
class Reminders
  def initialize
    @heap = [] # entries [at, number, reminder]; one that is not the reminder's own any longer is stale
    @entries = {}
    @sets = 0
  end

  def set(reminder, at)
    moved = @entries.key?(reminder)
    @sets += 1
    @entries[reminder] = [at, @sets, reminder]
    push(@entries[reminder])
    moved
  end

  def cancel(reminder)
    @entries.delete(reminder)
  end

  def take(now)
    at, _, reminder = first
    return nil if at.nil? || at > now

    pop
    @entries.delete(reminder)
    reminder
  end

  def next_at
    first&.first
  end

  private

  def first
    pop until @heap.empty? || @entries[@heap[0][2]].equal?(@heap[0])
    @heap[0]
  end

  def before?(one, other)
    one[0] < other[0] || (one[0] == other[0] && one[1] < other[1])
  end

  def push(entry)
    place = @heap.length
    while place.positive?
      parent = (place - 1) / 2
      break unless before?(entry, @heap[parent])

      @heap[place] = @heap[parent]
      place = parent
    end
    @heap[place] = entry
  end

  def pop
    entry = @heap.pop
    return if @heap.empty?

    place = 0
    while (child = 2 * place + 1) < @heap.length
      child += 1 if child + 1 < @heap.length && before?(@heap[child + 1], @heap[child])
      break unless before?(@heap[child], entry)

      @heap[place] = @heap[child]
      place = child
    end
    @heap[place] = entry
  end
end
