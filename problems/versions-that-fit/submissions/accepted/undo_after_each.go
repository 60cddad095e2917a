package main

func choose(versions [][]string, clashes [][]string) *[]string {
	clashing := map[[2]string]bool{}
	for _, pair := range clashes {
		clashing[[2]string{pair[0], pair[1]}] = true
		clashing[[2]string{pair[1], pair[0]}] = true
	}
	chosen := []string{}

	fits := func(version string) bool {
		for _, other := range chosen {
			if clashing[[2]string{version, other}] {
				return false
			}
		}
		return true
	}
	var complete func() bool
	complete = func() bool {
		if len(chosen) == len(versions) {
			return true
		}
		for _, version := range versions[len(chosen)] {
			if fits(version) {
				chosen = append(chosen, version)
				if complete() {
					return true
				}
				chosen = chosen[:len(chosen)-1]
			}
		}
		return false
	}

	if !complete() {
		return nil
	}
	return &chosen
}
