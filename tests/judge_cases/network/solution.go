import (
	"os"
	"strings"
)

func f(n int) []string {
	var found []string
	devices, _ := os.ReadFile("/proc/net/dev")
	for _, line := range strings.Split(strings.TrimSpace(string(devices)), "\n")[2:] {
		found = append(found, strings.TrimSpace(strings.Split(line, ":")[0]))
	}
	routes, _ := os.ReadFile("/proc/net/route")
	return append(found, strings.Split(strings.TrimSpace(string(routes)), "\n")[1:]...)
}
