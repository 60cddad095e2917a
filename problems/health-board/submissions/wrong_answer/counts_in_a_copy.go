// mistake: A struct that is read from a map is a copy. The counts change there, and the map never learns of it.
// fails: one failed check when fall is one
package main

type server struct {
	up             bool
	failed, passed int
}

type HealthBoard struct {
	fall, rise int
	servers    map[string]server
	numberUp   int
}

func NewHealthBoard(fall int, rise int) *HealthBoard {
	return &HealthBoard{fall, rise, map[string]server{}, 0}
}

func (h *HealthBoard) report(name string, ok bool) bool {
	if _, known := h.servers[name]; !known {
		h.servers[name] = server{up: true}
		h.numberUp++
	}
	found := h.servers[name]
	before := found.up
	if ok {
		found.passed++
		found.failed = 0
		found.up = found.up || found.passed >= h.rise
	} else {
		found.failed++
		found.passed = 0
		found.up = found.up && found.failed < h.fall
	}
	if found.up == before {
		return false
	}
	if found.up {
		h.numberUp++
	} else {
		h.numberUp--
	}
	return true
}

func (h *HealthBoard) isUp(name string) bool {
	return h.servers[name].up
}

func (h *HealthBoard) upCount() int {
	return h.numberUp
}
