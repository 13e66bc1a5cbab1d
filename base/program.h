/*
 * program.h - where the programs are that others of ours start.
 *
 * Memory:  the caller's.
 * Errors:  none: starting it will tell.
 */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

enum { PROGRAM_PATH_SIZE = 256 };

/* Beside ourselves, as in a build tree; else where it is installed. */
void program_find(const char *name, char out[static PROGRAM_PATH_SIZE]);

#endif
