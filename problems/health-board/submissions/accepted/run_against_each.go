package main

type server struct {
	up      bool
	against int // checks in a row that speak against the state
}

type HealthBoard struct {
	fall, rise int
	servers    map[string]*server
	numberUp   int
}

func NewHealthBoard(fall int, rise int) *HealthBoard {
	return &HealthBoard{fall: fall, rise: rise, servers: map[string]*server{}}
}

func (h *HealthBoard) report(name string, ok bool) bool {
	known := h.servers[name]
	if known == nil {
		known = &server{up: true}
		h.servers[name] = known
		h.numberUp++
	}
	if ok == known.up {
		known.against = 0
		return false
	}
	known.against++
	if known.up && known.against < h.fall || !known.up && known.against < h.rise {
		return false
	}
	known.up, known.against = ok, 0
	if ok {
		h.numberUp++
	} else {
		h.numberUp--
	}
	return true
}

func (h *HealthBoard) isUp(name string) bool {
	known := h.servers[name]
	return known != nil && known.up
}

func (h *HealthBoard) upCount() int {
	return h.numberUp
}
