/*
 * token_file.h - the file that holds the list of tokens.
 *
 *	disk -> [token_file] -> tokens
 *
 * The file is for its owner alone, and is replaced as a whole, so that who
 * reads it never sees half of it.  Who changes it holds FILE.lock.
 *
 * Memory:  tokens_done frees what was read.
 * Errors:  STATUS_NOT_FOUND: there is no such file; others with 'error'.
 */
#ifndef COLLECTOR_TOKEN_FILE_H
#define COLLECTOR_TOKEN_FILE_H

#include <sys/stat.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/tokens.h"

enum { TOKEN_FILE_ERROR_SIZE = 320 };

/* '*out_file' tells what was read, to compare with later. */
MUST_USE enum status token_file_read(const char *path, struct tokens *out,
    struct stat *out_file, char error[static TOKEN_FILE_ERROR_SIZE]);

/* Was the file changed, made or removed since?  'then' of st_ino 0: there was
 * none. */
bool token_file_changed(const char *path, const struct stat *then);

/* -1 with 'error': it cannot be locked.  Close it in the end. */
int token_file_lock(const char *path, char error[static TOKEN_FILE_ERROR_SIZE]);

/* Replaces the file by 'text'. */
MUST_USE enum status token_file_write(const char *path,
    const struct buffer *text, char error[static TOKEN_FILE_ERROR_SIZE]);

#endif
