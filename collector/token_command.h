/*
 * token_command.h - demarc-collector token add, list, revoke.
 *
 *	words -> [token_command] -> token file
 *
 * Works on the file alone; a collector that runs sees the change with the next
 * request.
 *
 * Memory:  none kept.
 * Errors:  the exit status: 0, 1 (said on standard error), 2 (wrong use).
 */
#ifndef COLLECTOR_TOKEN_COMMAND_H
#define COLLECTOR_TOKEN_COMMAND_H

/* 'words' are those after "token"; ends with NULL. */
int token_command(const char *path, char *const *words);

#endif
