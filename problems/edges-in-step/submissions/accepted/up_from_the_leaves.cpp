#include <bits/stdc++.h>
using namespace std;

struct Report {
    long long first, last, count; // times to the first and the last edge server, and how many there are
};

Report report(const TreeNode* node, long long tolerance, long long& best) {
    Report found{LLONG_MAX, 0, 0};
    for (const TreeNode* child : {node->left, node->right}) {
        if (child) {
            auto [first, last, count] = report(child, tolerance, best);
            found.first = min(found.first, first + child->value);
            found.last = max(found.last, last + child->value);
            found.count += count;
        }
    }
    if (found.count == 0) {
        found = {0, 0, 1};
    }
    if (found.last - found.first <= tolerance) {
        best = max(best, found.count);
    }
    return found;
}

long long largestInStep(TreeNode* root, long long toleranceMs) {
    long long best = 0;
    if (root) {
        report(root, toleranceMs, best);
    }
    return best;
}
