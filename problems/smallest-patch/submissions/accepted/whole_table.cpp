#include <bits/stdc++.h>
using namespace std;

long long patchBytes(vector<string>& old, vector<string>& new_, long long hunkBytes) {
    const int n = old.size(), m = new_.size();
    const long long never = 1e18;

    // The fewest bytes for what is left from old[i] and new_[j] on: within a hunk, and where none is begun.
    vector inside(n + 1, vector<long long>(m + 1)), outside = inside;
    for (int i = n; i >= 0; i--) {
        for (int j = m; j >= 0; j--) {
            if (i == n && j == m) {
                continue;
            }
            long long remove = i < n ? 1 + inside[i + 1][j] : never;
            long long add = j < m ? ssize(new_[j]) + 1 + inside[i][j + 1] : never;
            long long keep = i < n && j < m && old[i] == new_[j] ? outside[i + 1][j + 1] : never;
            inside[i][j] = min({remove, add, keep});
            outside[i][j] = min(hunkBytes + min(remove, add), keep);
        }
    }
    return outside[0][0];
}
