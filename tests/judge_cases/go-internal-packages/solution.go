import (
	"internal/abi"
	"./tmp"
	"/usr/lib/go-1.19/pkg/linux_amd64/fmt"
	"github.com/somebody/something"
)

var _, _, _, _ = abi.X, tmp.X, fmt.X, something.X

func f(n int) int { return n }
