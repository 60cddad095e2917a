package main

func expandedSize(templates map[string][]string, start string, limit int) *int {
	const never = -1
	sizes := map[string]int{} // a template that is being expanded never ends where it includes itself

	var size func(name string) int
	size = func(name string) int {
		if known, found := sizes[name]; found {
			return known
		}
		sizes[name] = never
		total := 0
		for _, part := range templates[name] {
			if part == "" || part[0] != '@' {
				total += len([]rune(part))
			} else if included := size(part[1:]); included == never {
				return never
			} else {
				total += included
			}
			if total > limit {
				return never
			}
		}
		sizes[name] = total
		return total
	}

	total := size(start)
	if total == never {
		return nil
	}
	return &total
}
