// mistake: Integer.MAX_VALUE stands for "never", and one more than that is the smallest int of all.
// fails: one equal line
class Solution {
    int patchBytes(String[] old, String[] added, int hunkBytes) {
        int n = old.length, m = added.length;
        int[][] inside = new int[n + 2][m + 2];
        int[][] outside = new int[n + 2][m + 2];
        for (int i = 0; i <= n + 1; i++) {
            for (int j = 0; j <= m + 1; j++) {
                inside[i][j] = outside[i][j] = Integer.MAX_VALUE;
            }
        }
        inside[n][m] = outside[n][m] = 0;
        for (int i = n; i >= 0; i--) {
            for (int j = m; j >= 0; j--) {
                if (i == n && j == m) {
                    continue;
                }
                int remove = 1 + inside[i + 1][j];
                int add = (j < m ? added[j].length() + 1 : 0) + inside[i][j + 1];
                int keep = i < n && j < m && old[i].equals(added[j]) ? outside[i + 1][j + 1] : Integer.MAX_VALUE;
                inside[i][j] = Math.min(Math.min(remove, add), keep);
                outside[i][j] = Math.min(hunkBytes + Math.min(remove, add), keep);
            }
        }
        return outside[0][0];
    }
}
