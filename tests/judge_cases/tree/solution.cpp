TreeNode* f(TreeNode* root) {
    if (root) {
        auto left = f(root->right);
        root->right = f(root->left);
        root->left = left;
    }
    return root;
}
