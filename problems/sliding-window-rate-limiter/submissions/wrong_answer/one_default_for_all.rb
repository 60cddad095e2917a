# mistake: Hash.new([]) gives every client one and the same array, and stores none.
# fails: three clients take turns
def allowed(seconds, clients, limit, window_s)
  passed = Hash.new([])
  seconds.zip(clients).map do |now, client|
    times = passed[client]
    ok = times.length < limit || times[-limit] + window_s <= now
    times << now if ok
    ok
  end
end
