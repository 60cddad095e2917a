# mistake: next only leaves the block for one part, so an include that never ends counts as nothing.
# fails: a circle of three templates
def expanded_size(templates, start, limit)
  total = size_of(start, templates, {})
  total && total <= limit ? total : nil
end

def size_of(name, templates, sizes)
  return sizes[name] if sizes.key?(name)

  sizes[name] = nil
  total = 0
  templates[name].each do |part|
    unless part.start_with?("@")
      total += part.length
      next
    end
    included = size_of(part[1..], templates, sizes)
    next if included.nil?

    total += included
  end
  sizes[name] = total
end
