#include "base/config.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum {
	FILE_SIZE_MOST = 1 << 20, /* nobody writes a longer one by hand */
	LIST_MOST = 256
};

/* '-' and '_' are one. */
static bool
same_name(const char *name, const char *given, size_t length)
{
	if (strlen(name) != length)
		return false;
	for (size_t i = 0; i < length; i++) {
		char a = name[i] == '-' ? '_' : name[i];
		char b = given[i] == '-' ? '_' : given[i];

		if (a != b)
			return false;
	}
	return true;
}

static const struct config_key *
find_key(const struct config_key *keys, const char *name, size_t length)
{
	for (; keys->name; keys++) {
		if (same_name(keys->name, name, length))
			return keys;
	}
	return NULL;
}

static enum status
set_text(char **value, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		return STATUS_NO_MEMORY;
	free(*value);
	*value = copy;
	return STATUS_OK;
}

static enum status
add_item(struct config_list *list, const char *text)
{
	char **items;

	if (list->count >= LIST_MOST)
		return STATUS_TOO_LARGE;
	items = realloc(list->items, (list->count + 1) * sizeof(*items));
	if (!items)
		return STATUS_NO_MEMORY;
	list->items = items;
	items[list->count] = strdup(text);
	if (!items[list->count])
		return STATUS_NO_MEMORY;
	list->count++;
	return STATUS_OK;
}

/* A list's text may hold several items with commas or blanks between. */
static enum status
set_list(struct config_list *list, const char *text)
{
	enum status status = STATUS_OK;
	char *copy = strdup(text), *rest = NULL;

	if (!copy)
		return STATUS_NO_MEMORY;
	for (char *item = strtok_r(copy, ", \t", &rest);
	     item && status == STATUS_OK; item = strtok_r(NULL, ", \t", &rest))
		status = add_item(list, item);
	free(copy);
	return status;
}

static bool
set_flag(bool *value, const char *text)
{
	bool yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
	bool no = strcmp(text, "no") == 0 || strcmp(text, "false") == 0;

	if (!yes && !no)
		return false;
	*value = yes;
	return true;
}

static bool
set_number(const struct config_key *key, const char *text)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || number < key->least ||
	    number > key->most)
		return false;
	*(long *)key->value = number;
	return true;
}

static enum status
set_value(const struct config_key *key, const char *text,
    char error[static CONFIG_ERROR_SIZE])
{
	switch (key->kind) {
	case CONFIG_TEXT:
		return set_text(key->value, text);
	case CONFIG_LIST:
		return set_list(key->value, text);
	case CONFIG_FLAG:
		if (set_flag(key->value, text))
			return STATUS_OK;
		snprintf(error, CONFIG_ERROR_SIZE,
		    "%s is \"%.60s\"; it must be yes or no", key->name, text);
		return STATUS_MALFORMED;
	case CONFIG_NUMBER:
		if (set_number(key, text))
			return STATUS_OK;
		snprintf(error, CONFIG_ERROR_SIZE,
		    "%s is \"%.60s\"; it must be a whole number from %ld to "
		    "%ld",
		    key->name, text, key->least, key->most);
		return STATUS_MALFORMED;
	}
	return STATUS_UNKNOWN;
}

/* Cuts white space off both ends, in place. */
static char *
trim(char *text)
{
	char *end;

	while (isspace((unsigned char)*text))
		text++;
	end = text + strlen(text);
	while (end > text && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	return text;
}

/* Quotes would be a part of the value, which nobody means. */
static enum status
set_unquoted(const struct config_key *key, const char *text,
    char error[static CONFIG_ERROR_SIZE])
{
	if (*text != '"' && *text != '\'')
		return set_value(key, text, error);
	snprintf(error, CONFIG_ERROR_SIZE,
	    "%s begins with a quote; write the value without quotes",
	    key->name);
	return STATUS_MALFORMED;
}

static enum status
read_line(const struct config_key *keys, char *line,
    char error[static CONFIG_ERROR_SIZE])
{
	const struct config_key *key;
	char *equals, *name;

	line = trim(line);
	if (*line == '\0' || *line == '#')
		return STATUS_OK;
	equals = strchr(line, '=');
	if (!equals) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "\"%.80s\" has no '='; a line is: key = value", line);
		return STATUS_MALFORMED;
	}
	*equals = '\0';
	name = trim(line);
	key = find_key(keys, name, strlen(name));
	if (!key) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "there is no key \"%.60s\"; --help lists them", name);
		return STATUS_MALFORMED;
	}
	return set_unquoted(key, trim(equals + 1), error);
}

/* Puts "path, line N: " before what 'error' says. */
static void
name_line(
    const char *path, unsigned number, char error[static CONFIG_ERROR_SIZE])
{
	char what[CONFIG_ERROR_SIZE];

	memcpy(what, error, sizeof(what));
	snprintf(error, CONFIG_ERROR_SIZE, "%.90s, line %u: %.140s", path,
	    number, what);
}

enum status
config_read_file(const struct config_key *keys, const char *path,
    char error[static CONFIG_ERROR_SIZE])
{
	CLEANUP(buffer_done) struct buffer text = { .limit = FILE_SIZE_MOST };
	enum status status = buffer_read_file(&text, path);
	char *rest = text.octets;

	if (status != STATUS_OK) {
		snprintf(error, CONFIG_ERROR_SIZE, "%.150s: %s", path,
		    status_text(status));
		return status;
	}
	for (unsigned number = 1; rest; number++) {
		char *line = strsep(&rest, "\n");

		error[0] = '\0';
		status = read_line(keys, line, error);
		if (status != STATUS_OK) {
			name_line(path, number, error);
			return status;
		}
	}
	return STATUS_OK;
}

/* Takes one long option; '*out_used' is how many arguments it was. */
static enum status
read_option(const struct config_key *keys, char **arguments, int *out_used,
    char error[static CONFIG_ERROR_SIZE])
{
	const char *given = arguments[0] + 2;
	const char *equals = strchr(given, '=');
	size_t length = equals ? (size_t)(equals - given) : strlen(given);
	const struct config_key *key = find_key(keys, given, length);

	*out_used = 1;
	if (!key) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "there is no option --%.60s; --help lists them", given);
		return STATUS_MALFORMED;
	}
	if (equals)
		return set_value(key, equals + 1, error);
	if (key->kind == CONFIG_FLAG)
		return set_value(key, "yes", error);
	if (!arguments[1]) {
		snprintf(
		    error, CONFIG_ERROR_SIZE, "--%s needs a value", key->name);
		return STATUS_MALFORMED;
	}
	*out_used = 2;
	return set_value(key, arguments[1], error);
}

enum status
config_read_arguments(const struct config_key *keys, int *argc, char **argv,
    char error[static CONFIG_ERROR_SIZE])
{
	int kept = 1, at = 1;

	while (at < *argc) {
		enum status status;
		int used;

		if (strcmp(argv[at], "--") == 0) {
			at++;
			break;
		}
		if (strncmp(argv[at], "--", 2) != 0) {
			argv[kept++] = argv[at++];
			continue;
		}
		status = read_option(keys, argv + at, &used, error);
		if (status != STATUS_OK)
			return status;
		at += used;
	}
	while (at < *argc)
		argv[kept++] = argv[at++];
	argv[kept] = NULL;
	*argc = kept;
	return STATUS_OK;
}

void
config_print_help(const struct config_key *keys)
{
	for (; keys->name; keys++) {
		char option[40];
		int length = snprintf(option, sizeof(option), "--%s%s",
		    keys->name, keys->kind == CONFIG_FLAG ? "" : " VALUE");

		for (int i = 0; i < length && i < (int)sizeof(option) - 1; i++)
			option[i] = option[i] == '_' ? '-' : option[i];
		printf("  %-26s %s\n", option, keys->help);
	}
}

void
config_done(const struct config_key *keys)
{
	for (; keys->name; keys++) {
		if (keys->kind == CONFIG_TEXT) {
			char **text = keys->value;

			free(*text);
			*text = NULL;
		} else if (keys->kind == CONFIG_LIST) {
			struct config_list *list = keys->value;

			for (size_t i = 0; i < list->count; i++)
				free(list->items[i]);
			free(list->items);
			*list = (struct config_list){ 0 };
		}
	}
}
