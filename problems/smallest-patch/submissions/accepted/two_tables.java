import java.util.List;

class Solution {
    private static final long NEVER = Long.MAX_VALUE / 4;

    long patchBytes(List<String> old, List<String> added, long hunkBytes) {
        int n = old.size(), m = added.size();
        // The fewest bytes for what is left from old[i] and added[j] on: within a hunk, and where none is begun.
        long[][] inside = new long[n + 1][m + 1];
        long[][] outside = new long[n + 1][m + 1];
        for (int i = n; i >= 0; i--) {
            for (int j = m; j >= 0; j--) {
                if (i == n && j == m) {
                    continue;
                }
                long remove = i < n ? 1 + inside[i + 1][j] : NEVER;
                long add = j < m ? added.get(j).length() + 1 + inside[i][j + 1] : NEVER;
                long keep = i < n && j < m && old.get(i).equals(added.get(j)) ? outside[i + 1][j + 1] : NEVER;
                inside[i][j] = Math.min(Math.min(remove, add), keep);
                outside[i][j] = Math.min(hunkBytes + Math.min(remove, add), keep);
            }
        }
        return outside[0][0];
    }
}
