// mistake: The limit is looked at in the end only. Until then the sum may have wrapped around 64 bits, and is small again.
// fails: a bomb of 200 levels
package main

func expandedSize(templates map[string][]string, start string, limit int) *int {
	sizes := map[string]int{}
	begun := map[string]bool{}
	endless := false

	var size func(name string) int
	size = func(name string) int {
		if known, found := sizes[name]; found || endless {
			return known
		}
		endless = begun[name]
		begun[name] = true
		total := 0
		for _, part := range templates[name] {
			if len(part) > 0 && part[0] == '@' {
				total += size(part[1:])
			} else {
				total += len([]rune(part))
			}
		}
		sizes[name] = total
		return total
	}

	total := size(start)
	if endless || total > limit {
		return nil
	}
	return &total
}
