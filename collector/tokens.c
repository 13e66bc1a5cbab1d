#include "collector/tokens.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 6 };

static const char *const roles[] = { "agent", "vcenter", "viewer", "network",
	"systems", "admin" };
enum { ROLES = sizeof(roles) / sizeof(roles[0]) };

const char *
role_name(enum role role)
{
	return (size_t)role < ROLES ? roles[role] : "unknown";
}

bool
role_from_word(const char *word, enum role *out)
{
	for (size_t i = 0; i < ROLES; i++) {
		if (strcmp(word, roles[i]) == 0) {
			*out = (enum role)i;
			return true;
		}
	}
	return false;
}

bool
token_is_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789.-_";
	size_t length = strlen(name);

	return length > 0 && length < TOKEN_NAME_SIZE &&
	       strspn(name, allowed) == length;
}

bool
token_is_binding(const char *binding)
{
	size_t length = strlen(binding);

	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)binding[i] < ' ' || binding[i] == 0x7f)
			return false;
	}
	return length > 0 && length < TOKEN_BINDING_SIZE;
}

bool
token_hash(const char *shown, uint8_t out[static TOKEN_HASH_SIZE])
{
	return gnutls_hash_fast(GNUTLS_DIG_SHA256, shown, strlen(shown), out) ==
	       0;
}

void
tokens_done(struct tokens *t)
{
	free(t->items);
	free(t->text);
	tokens_init(t);
}

/* ---- the list ------------------------------------------------------------ */

static bool
read_time(const char *text, int64_t *out)
{
	char *end;

	if (strcmp(text, "-") == 0) {
		*out = -1;
		return true;
	}
	*out = strtoll(text, &end, 10);
	return end != text && *end == '\0' && *out >= 0;
}

static bool
read_hash(const char *text, uint8_t out[static TOKEN_HASH_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	if (strlen(text) != 2 * TOKEN_HASH_SIZE ||
	    strspn(text, digits) != 2 * TOKEN_HASH_SIZE)
		return false;
	for (size_t i = 0; i < TOKEN_HASH_SIZE; i++) {
		size_t high = (size_t)(strchr(digits, text[2 * i]) - digits);
		size_t low = (size_t)(strchr(digits, text[2 * i + 1]) - digits);

		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

/* Cuts a line into its fields, in place. */
static bool
cut(char *line, char *fields[static FIELDS])
{
	for (size_t i = 0; i < FIELDS; i++) {
		fields[i] = strsep(&line, "\t");
		if (!fields[i] || fields[i][0] == '\0')
			return false;
	}
	return !line;
}

static bool
read_line(char *line, struct token *out)
{
	char *fields[FIELDS];

	if (!cut(line, fields))
		return false;
	*out = (struct token){ .name = fields[0], .binding = fields[2] };
	return token_is_name(out->name) &&
	       role_from_word(fields[1], &out->role) &&
	       token_is_binding(out->binding) &&
	       read_time(fields[3], &out->created) &&
	       read_time(fields[4], &out->revoked) &&
	       read_hash(fields[5], out->hash);
}

static int
by_name(const void *a, const void *b)
{
	const struct token *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static bool
has_twins(const struct tokens *t)
{
	for (size_t i = 1; i < t->count; i++) {
		if (strcmp(t->items[i - 1].name, t->items[i].name) == 0)
			return true;
	}
	return false;
}

static enum status
read_lines(struct tokens *t, size_t most, size_t *out_line)
{
	char *rest = t->text, *line;

	for (*out_line = 1; (line = strsep(&rest, "\n")); ++*out_line) {
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (t->count == most || t->count == TOKENS_MOST)
			return STATUS_TOO_LARGE;
		if (!read_line(line, &t->items[t->count]))
			return STATUS_MALFORMED;
		t->count++;
	}
	qsort(t->items, t->count, sizeof(*t->items), by_name);
	*out_line = 0;
	return has_twins(t) ? STATUS_CONFLICT : STATUS_OK;
}

enum status
tokens_read(struct tokens *t, const char *text, size_t *out_line)
{
	struct tokens read;
	size_t lines = 1;
	enum status status = STATUS_NO_MEMORY;

	*out_line = 0;
	for (const char *c = text; *c; c++)
		lines += *c == '\n';
	tokens_init(&read);
	read.text = strdup(text);
	read.items = calloc(lines, sizeof(*read.items));
	if (read.text && read.items)
		status = read_lines(&read, lines, out_line);
	if (status == STATUS_OK)
		*t = read;
	else
		tokens_done(&read);
	return status;
}

void
tokens_write(struct buffer *out, const struct token *token)
{
	buffer_printf(out, "%s\t%s\t%s\t%lld\t", token->name,
	    role_name(token->role), token->binding, (long long)token->created);
	if (token->revoked < 0)
		buffer_char(out, '-');
	else
		buffer_printf(out, "%lld", (long long)token->revoked);
	buffer_char(out, '\t');
	for (size_t i = 0; i < TOKEN_HASH_SIZE; i++)
		buffer_printf(out, "%02x", token->hash[i]);
	buffer_char(out, '\n');
}

/* ---- who is it -------------------------------------------------------------
 */

const struct token *
tokens_find(const struct tokens *t, const char *name, size_t length)
{
	size_t first = 0, behind = t->count;

	while (first < behind) {
		size_t middle = first + (behind - first) / 2;
		const struct token *token = &t->items[middle];
		int order = strncmp(token->name, name, length);

		if (order == 0 && token->name[length] == '\0')
			return token;
		if (order < 0)
			first = middle + 1;
		else
			behind = middle;
	}
	return NULL;
}

const struct token *
tokens_check(const struct tokens *t, const char *shown)
{
	uint8_t hash[TOKEN_HASH_SIZE];
	const char *mark = strchr(shown, '~');
	const struct token *token;

	if (!mark || !token_hash(shown, hash))
		return NULL;
	token = tokens_find(t, shown, (size_t)(mark - shown));
	/* In a time that does not tell how much of it was right. */
	if (!token || gnutls_memcmp(hash, token->hash, TOKEN_HASH_SIZE) != 0)
		return NULL;
	return token->revoked < 0 ? token : NULL;
}
