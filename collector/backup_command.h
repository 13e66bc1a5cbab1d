/*
 * backup_command.h - demarc-collector backup, check, restore.
 *
 *	words -> [backup_command] -> backup -> files
 *
 * A backup may be made while a collector runs; a restore needs its place.
 *
 * Memory:  none kept.
 * Errors:  the exit status: 0, 1 (said on standard error), 2 (wrong use).
 */
#ifndef COLLECTOR_BACKUP_COMMAND_H
#define COLLECTOR_BACKUP_COMMAND_H

#include <stdbool.h>

/* "backup", "check", "restore". */
bool backup_is_command(const char *word);

/* 'words' begin with the command; they end with NULL. */
int backup_command(const char *database, char *const *words);

#endif
