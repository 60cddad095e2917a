# mistake: Before the first row stands the last one: index -1 is no error in Ruby, and its zeros are the cheapest.
# fails: a first file
def patch_bytes(old, new, hunk_bytes)
  n = old.length
  m = new.length
  inside = Array.new(n + 1) { Array.new(m + 1, 0) }
  outside = Array.new(n + 1) { Array.new(m + 1, 0) }
  (0..n).each do |i|
    (0..m).each do |j|
      if i.zero? && j.zero?
        inside[i][j] = hunk_bytes
        next
      end
      remove = 1 + inside[i - 1][j]
      add = new[j - 1].to_s.length + 1 + inside[i][j - 1]
      kept = i.positive? && j.positive? && old[i - 1] == new[j - 1] ? outside[i - 1][j - 1] : Float::INFINITY
      outside[i][j] = [remove, add, kept].min
      inside[i][j] = [remove, add, kept + hunk_bytes].min
    end
  end
  outside[n][m]
end
