// mistake: append() writes behind the beginning where there is room, so two choices that go on from one beginning share a place.
// fails: four packages, number 2
package main

func choose(versions [][]string, clashes [][]string) *[]string {
	enemies := map[string]map[string]bool{}
	for _, pair := range clashes {
		for i, version := range pair {
			if enemies[version] == nil {
				enemies[version] = map[string]bool{}
			}
			enemies[version][pair[1-i]] = true
		}
	}

	beginnings := [][]string{{}}
	for _, variants := range versions {
		longer := [][]string{}
		for _, beginning := range beginnings {
			for _, version := range variants {
				fits := true
				for _, other := range beginning {
					fits = fits && !enemies[version][other]
				}
				if fits {
					longer = append(longer, append(beginning, version))
				}
			}
		}
		beginnings = longer
	}
	if len(beginnings) == 0 {
		return nil
	}
	return &beginnings[0]
}
