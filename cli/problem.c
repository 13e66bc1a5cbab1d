#include "cli/problem.h"

#include <assert.h>
#include <stdio.h>

#include "cli/answer.h"
#include "cli/page.h"
#include "cli/words.h"

enum { NAME_SIZE = 4096 };

/* Nothing is called so: where to look then, in words of the command line. */
static void
show_nothing(const struct command *command, char **words)
{
	const struct command *list = commands_list_of(command);
	struct buffer name;

	buffer_init(&name, NAME_SIZE);
	for (size_t i = 0; words[i]; i++) {
		buffer_text(&name, i > 0 ? " " : "");
		page_clean(&name, words[i]);
	}
	assert(list);
	fprintf(stderr,
	    "demarc: no %s is called \"%s\"; \"demarc %s\" lists them\n",
	    words_kind(command->name), buffer_string(&name), list->name);
	buffer_done(&name);
}

/* The same of what was asked for; false: it is something else. */
static bool
show_not_found(const struct question *q)
{
	const struct command *command = q->command;
	char *host[] = { q->span->host, NULL };

	if (commands_is_of_time(command) && q->span->host)
		show_nothing(commands_find("host"), host);
	else if (command->answer == answer_vlan)
		fprintf(stderr,
		    "demarc: nobody needs VLAN %ld and no port tells it; that"
		    " does not mean that it is not allowed\n",
		    commands_vlan(q->words));
	else if (command->argument && !commands_is_of_time(command) &&
		 commands_list_of(command))
		show_nothing(command, q->words);
	else
		return false;
	return true;
}

int
problem_show(
    const struct question *q, const struct json_value *document, long status)
{
	const struct command *command = q->command;
	const char *detail = json_get_string(document, "detail");
	struct buffer text;

	if (status == 404 && show_not_found(q))
		return NOTHING;
	if (status == 400 && command->argument &&
	    !commands_is_of_time(command) && !commands_is_drawing(command) &&
	    !q->span->at) {
		fprintf(stderr, "demarc: the collector cannot read this "
				"question; it may have 255 octets of UTF-8\n");
		return WRONG_QUESTION;
	}
	if (!detail)
		detail = json_get_string(document, "title");
	buffer_init(&text, PAGE_TEXT_SIZE + 8);
	page_clean(&text, detail ? detail : "the collector does not say why");
	fprintf(stderr, "demarc: %s\n", buffer_string(&text));
	buffer_done(&text);
	if (status == 404)
		return NOTHING;
	return status >= 400 && status < 500 ? WRONG_QUESTION : NOT_REACHED;
}

int
problem_token(const struct client *client, const char *file)
{
	if (client->token_file)
		fprintf(stderr,
		    "demarc: %s does not know the token in %s, or it was "
		    "revoked\n",
		    client->collector, client->token_file);
	else
		fprintf(stderr,
		    "demarc: %s wants a token: name its file with --token_file,"
		    " or with \"token_file = FILE\" in %s\n",
		    client->collector, file);
	return WRONG_QUESTION;
}
