#include "collector/token_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "collector/token_file.h"

enum { WRONG_USE = 2, MACHINE_ID_DIGITS = 32 };

static int
say(const char *what)
{
	fprintf(stderr, "demarc-collector: %s\n", what);
	return EXIT_FAILURE;
}

static int
usage(void)
{
	fprintf(stderr,
	    "demarc-collector: usage:\n"
	    "  token add NAME agent HOST-ID     reports as this one host\n"
	    "  token add NAME vcenter VIA       reports what this vCenter has\n"
	    "  token add NAME viewer|network|systems|admin\n"
	    "                                   a person, or a program, asks\n"
	    "  token list\n"
	    "  token revoke NAME\n"
	    "The file is named by --tokens.\n");
	return WRONG_USE;
}

static int
wrong(const char *what)
{
	fprintf(stderr, "demarc-collector: %s\n", what);
	return WRONG_USE;
}

static bool
make_secret(const char *name, char out[static TOKEN_TEXT_SIZE])
{
	uint8_t octets[TOKEN_SECRET_SIZE];
	size_t length = strlen(name);

	if (getrandom(octets, sizeof(octets), 0) != sizeof(octets))
		return false;
	memcpy(out, name, length);
	out[length++] = '~';
	for (size_t i = 0; i < sizeof(octets); i++)
		(void)snprintf(out + length + 2 * i, 3, "%02x", octets[i]);
	return true;
}

/* Writes all tokens, and 'more' when there is one. */
static int
save(const char *path, const struct tokens *tokens, const struct token *more)
{
	char error[TOKEN_FILE_ERROR_SIZE];
	struct buffer text;
	enum status status;

	buffer_init(&text, TOKENS_SIZE_MOST);
	buffer_text(&text, "# tokens of demarc; changed by demarc-collector "
			   "token\n");
	for (size_t i = 0; i < tokens->count; i++)
		tokens_write(&text, &tokens->items[i]);
	if (more)
		tokens_write(&text, more);
	status = token_file_write(path, &text, error);
	buffer_done(&text);
	return status == STATUS_OK ? EXIT_SUCCESS : say(error);
}

static int
add_token(
    const char *path, const struct tokens *tokens, const struct token *token)
{
	char shown[TOKEN_TEXT_SIZE];
	struct token more = *token;
	int result;

	if (tokens_find(tokens, token->name, strlen(token->name)))
		return say("this name is taken, perhaps by a token that was "
			   "revoked; choose another");
	if (!make_secret(token->name, shown) || !token_hash(shown, more.hash))
		return say("no token can be made: there are no random octets");
	result = save(path, tokens, &more);
	if (result == EXIT_SUCCESS)
		puts(shown);
	return result;
}

static int
revoke_token(const char *path, struct tokens *tokens, const struct token *token)
{
	for (size_t i = 0; i < tokens->count; i++) {
		struct token *t = &tokens->items[i];

		if (strcmp(t->name, token->name) != 0)
			continue;
		if (t->revoked >= 0)
			return say("it was revoked before");
		t->revoked = clock_unix_s();
		return save(path, tokens, NULL);
	}
	return say("no token has this name; token list shows all");
}

static const char *
date(int64_t unix_s, char out[static 32])
{
	time_t at = (time_t)unix_s;
	struct tm utc;

	if (unix_s < 0 || !gmtime_r(&at, &utc) ||
	    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
		return "-";
	return out;
}

static int
list(const struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *t = &tokens->items[i];
		char created[32], revoked[32];

		printf("%s\t%s\t%s\t%s\t%s\n", t->name, role_name(t->role),
		    t->binding, date(t->created, created),
		    t->revoked < 0 ? "good" : date(t->revoked, revoked));
	}
	return EXIT_SUCCESS;
}

/* Reads the words of add; 0: they are right. */
static int
read_new(char *const *words, struct token *out)
{
	const char *binding = words[2] ? words[3] : NULL;

	if (!words[1] || !words[2] || (binding && words[4]))
		return usage();
	if (!token_is_name(words[1]))
		return wrong("a name has letters, digits, \".\", \"-\" and "
			     "\"_\", at most 64");
	if (!role_from_word(words[2], &out->role))
		return wrong("the role must be agent, vcenter, viewer, "
			     "network, systems or admin");
	if (role_reports(out->role) != (binding != NULL))
		return wrong("agent needs the host's id, vcenter the name that "
			     "demarc-vsphere reports as \"via\"; the other "
			     "roles need neither");
	if (out->role == ROLE_AGENT &&
	    (strlen(binding) != MACHINE_ID_DIGITS ||
		strspn(binding, "0123456789abcdef") != MACHINE_ID_DIGITS))
		return wrong("a host's id is the 32 digits of its "
			     "/etc/machine-id");
	if (binding && !token_is_binding(binding))
		return wrong("what a token is bound to has at most 256 octets "
			     "and no control characters");
	out->name = words[1];
	out->binding = binding ? binding : "-";
	out->created = clock_unix_s();
	out->revoked = -1;
	return 0;
}

static int
change(const char *path, char *const *words, const struct token *token)
{
	char error[TOKEN_FILE_ERROR_SIZE];
	int lock = token_file_lock(path, error);
	struct tokens tokens;
	struct stat file;
	enum status status;
	int result;

	if (lock < 0)
		return say(error);
	tokens_init(&tokens);
	status = token_file_read(path, &tokens, &file, error);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		result = say(error);
	else if (strcmp(words[0], "add") == 0)
		result = add_token(path, &tokens, token);
	else if (strcmp(words[0], "revoke") == 0)
		result = revoke_token(path, &tokens, token);
	else
		result = list(&tokens);
	tokens_done(&tokens);
	(void)close(lock);
	return result;
}

int
token_command(const char *path, char *const *words)
{
	struct token token = { .name = NULL };
	int result;

	if (words[0] && strcmp(words[0], "add") == 0) {
		result = read_new(words, &token);
		return result ? result : change(path, words, &token);
	}
	if (words[0] && strcmp(words[0], "revoke") == 0 && words[1] &&
	    !words[2]) {
		token.name = words[1];
		return change(path, words, &token);
	}
	if (words[0] && strcmp(words[0], "list") == 0 && !words[1])
		return change(path, words, &token);
	return usage();
}
