def f(root):
    if root:
        root.left, root.right = f(root.right), f(root.left)
    return root
