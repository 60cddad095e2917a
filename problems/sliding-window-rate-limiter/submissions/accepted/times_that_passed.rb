def allowed(seconds, clients, limit, window_s)
  passed = Hash.new { |times, client| times[client] = [] }
  seconds.zip(clients).map do |now, client|
    times = passed[client]
    # Of the last `limit` requests that passed, the first has to be out of the window.
    ok = times.length < limit || times[-limit] + window_s <= now
    times << now if ok
    ok
  end
end
