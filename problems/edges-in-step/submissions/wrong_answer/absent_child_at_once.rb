# mistake: nil.to_i is 0, so a child that is not there seems to have received the update at once.
# fails: a node with one child in the group
def largest_in_step(root, tolerance_ms)
  return 0 if root.nil?

  @best = 0
  report(root, tolerance_ms)
  @best
end

def report(node, tolerance_ms)
  if node.left.nil? && node.right.nil?
    @best = [@best, 1].max
    return [0, 0, 1]
  end
  left = node.left ? report(node.left, tolerance_ms) : []
  right = node.right ? report(node.right, tolerance_ms) : []
  first = [left[0].to_i + node.left&.value.to_i, right[0].to_i + node.right&.value.to_i].min
  last = [left[1].to_i + node.left&.value.to_i, right[1].to_i + node.right&.value.to_i].max
  count = left[2].to_i + right[2].to_i
  @best = [@best, count].max if last - first <= tolerance_ms
  [first, last, count]
end
