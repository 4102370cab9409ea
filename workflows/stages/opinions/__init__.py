"""Departments are heard (部门意见): lists of names go out, and an answer comes of each."""
