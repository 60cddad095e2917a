// mistake: What was found on the left side is overwritten by what is found on the right, where the larger of both is asked for.
// fails: neighbours are close, first and last are not
#include <bits/stdc++.h>
using namespace std;

void times(TreeNode* node, long long time, vector<long long>& found) {
    if (!node) {
        return;
    }
    time += node->value;
    if (!node->left && !node->right) {
        found.push_back(time);
    }
    times(node->left, time, found);
    times(node->right, time, found);
}

int largestInStep(TreeNode* root, long long toleranceMs) {
    if (!root) {
        return 0;
    }
    vector<long long> found;
    times(root, 0, found);
    auto [first, last] = minmax_element(found.begin(), found.end());
    int best = 0;
    if (*last - *first <= toleranceMs) {
        return found.size();
    }
    for (TreeNode* child : {root->left, root->right}) {
        if (child) {
            best = largestInStep(child, toleranceMs);
        }
    }
    return best;
}
