// mistake: Answers are remembered by the two places alone. Whether a hunk has begun there changes the price.
// fails: two changes, far apart
#include <bits/stdc++.h>
using namespace std;

map<pair<size_t, size_t>, long long> known;

long long cost(vector<string>& old, vector<string>& lines, long long head, size_t i, size_t j, bool inside) {
    if (i == old.size() && j == lines.size()) {
        return 0;
    }
    if (auto found = known.find({i, j}); found != known.end()) {
        return found->second;
    }
    long long best = LLONG_MAX, begin = inside ? 0 : head;
    if (i < old.size() && j < lines.size() && old[i] == lines[j]) {
        best = cost(old, lines, head, i + 1, j + 1, false);
    }
    if (i < old.size()) {
        best = min(best, begin + 1 + cost(old, lines, head, i + 1, j, true));
    }
    if (j < lines.size()) {
        best = min(best, begin + (long long)lines[j].size() + 1 + cost(old, lines, head, i, j + 1, true));
    }
    return known[{i, j}] = best;
}

long long patchBytes(vector<string>& old, vector<string>& new_, long long hunkBytes) {
    return cost(old, new_, hunkBytes, 0, 0, false);
}
