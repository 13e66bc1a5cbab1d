/*
 * tree.h - a directory of a test's own, and its end.
 *
 * Memory:  none.
 * Errors:  tree_remove: what cannot be removed stays.
 */
#ifndef TESTS_SUPPORT_TREE_H
#define TESTS_SUPPORT_TREE_H

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

enum { TREE_DESCRIPTORS = 8 };

static inline int
tree_remove_one(
    const char *path, const struct stat *about, int type, struct FTW *at)
{
	(void)about;
	(void)type;
	(void)at;
	return remove(path);
}

static inline void
tree_remove(const char *path)
{
	(void)nftw(
	    path, tree_remove_one, TREE_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

#endif
