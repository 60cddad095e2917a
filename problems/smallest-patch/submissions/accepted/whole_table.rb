def patch_bytes(old, new, hunk_bytes)
  n = old.length
  m = new.length
  # The fewest bytes for what is left from old[i] and new[j] on: within a hunk, and where none is begun.
  inside = Array.new(n + 2) { Array.new(m + 2, Float::INFINITY) }
  outside = Array.new(n + 2) { Array.new(m + 2, Float::INFINITY) }
  n.downto(0) do |i|
    m.downto(0) do |j|
      if i == n && j == m
        inside[i][j] = outside[i][j] = 0
        next
      end
      change = 1 + inside[i + 1][j]
      if j < m
        add = new[j].length + 1 + inside[i][j + 1]
        change = add if add < change
      end
      keep = i < n && old[i] == new[j] ? outside[i + 1][j + 1] : Float::INFINITY
      inside[i][j] = change < keep ? change : keep
      begun = hunk_bytes + change
      outside[i][j] = begun < keep ? begun : keep
    end
  end
  outside[0][0]
end
