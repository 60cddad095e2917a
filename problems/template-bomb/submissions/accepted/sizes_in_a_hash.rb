def expanded_size(templates, start, limit)
  total = size_of(start, templates, limit, {})
  total <= limit ? total : nil
end

# Infinite for a template that is being expanded: what includes itself never ends.
def size_of(name, templates, limit, sizes)
  return sizes[name] if sizes.key?(name)

  sizes[name] = Float::INFINITY
  total = 0
  templates[name].each do |part|
    total += part.start_with?("@") ? size_of(part[1..], templates, limit, sizes) : part.length
    return Float::INFINITY if total > limit
  end
  sizes[name] = total
end
