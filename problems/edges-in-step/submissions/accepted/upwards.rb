def largest_in_step(root, tolerance_ms)
  return 0 if root.nil?

  @best = 0
  report(root, tolerance_ms)
  @best
end

# Time to the first and the last edge server below the node, and how many there are.
def report(node, tolerance_ms)
  first, last, count = Float::INFINITY, 0, 0
  [node.left, node.right].compact.each do |child|
    early, late, servers = report(child, tolerance_ms)
    first = [first, early + child.value].min
    last = [last, late + child.value].max
    count += servers
  end
  first, count = 0, 1 if count.zero?
  @best = [@best, count].max if last - first <= tolerance_ms
  [first, last, count]
end
