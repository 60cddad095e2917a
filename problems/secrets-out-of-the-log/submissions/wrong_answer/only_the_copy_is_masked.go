// mistake: The variable of a range loop is a copy of the item. The mask is put there, and the list keeps the secret.
// fails: only one secret parameter
package main

import "strings"

func masked(url string, names []string) string {
	mark := strings.Index(url, "?")
	if mark < 0 {
		return url
	}
	parts := strings.Split(url[mark+1:], "&")
	for _, part := range parts {
		equals := strings.Index(part, "=")
		for _, name := range names {
			if equals >= 0 && strings.EqualFold(part[:equals], name) {
				part = part[:equals] + "=***"
			}
		}
	}
	return url[:mark+1] + strings.Join(parts, "&")
}
