/*
 * main.c - the demarc command: asks a collector, shows the answer.
 *
 *	arguments -> path of the API -> client -> answer -> terminal
 *
 * Exit status: 0 found, 1 nothing found, 2 wrong question, 3 collector not
 * reached, 4 answer not written.
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/config.h"
#include "base/json_read.h"
#include "cli/answer.h"
#include "cli/as_of.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/draw.h"
#include "cli/findings.h"
#include "cli/problem.h"
#include "cli/span.h"
#include "cli/terminal.h"
#include "cli/words.h"

enum {
	QUESTION_MOST = 4096,
	COLUMNS_ABSENT = 80 /* where no terminal says how wide it is */
};

static const char configuration[] = "/etc/demarc/demarc.conf";
static const char collector_absent[] = "http://127.0.0.1:7413";

static struct options {
	char *collector, *ca, *token_file, *config;
	struct span_options span;
	struct draw_options draw;
	struct findings_options findings;
	bool json, help, version;
} options;

/* What the command line says wins over the file. */
static const struct config_key keys[] = {
	{ "collector", CONFIG_TEXT, &options.collector, 0, 0,
	    "https:// or http://HOST:PORT, or unix:/PATH" },
	{ "ca", CONFIG_TEXT, &options.ca, 0, 0,
	    "certificates of authorities to trust for https" },
	{ "token_file", CONFIG_TEXT, &options.token_file, 0, 0,
	    "its first line is your token (or $DEMARC_TOKEN_FILE)" },
	{ "at", CONFIG_TEXT, &options.span.at, 0, 0,
	    "as it was at this moment (-2h, '2026-11-22 14:05')" },
	{ "since", CONFIG_TEXT, &options.span.since, 0, 0,
	    "of changes: from this moment on (-1h, 14:05)" },
	{ "until", CONFIG_TEXT, &options.span.until, 0, 0,
	    "of changes: before this moment" },
	{ "host", CONFIG_TEXT, &options.span.host, 0, 0,
	    "of changes, diff and findings: of this host" },
	{ "kind", CONFIG_TEXT, &options.span.kind, 0, 0,
	    "of changes and diff: of this kind" },
	{ "limit", CONFIG_TEXT, &options.span.limit, 0, 0,
	    "of changes, diff and findings: not more than so many" },
	{ "owner", CONFIG_TEXT, &options.findings.owner, 0, 0,
	    "of findings: network or systems, who can mend it" },
	{ "severity", CONFIG_TEXT, &options.findings.severity, 0, 0,
	    "of findings: remark, warning or error, or worse" },
	{ "rule", CONFIG_TEXT, &options.findings.rule, 0, 0,
	    "of findings: by this rule" },
	{ "verdict", CONFIG_TEXT, &options.findings.verdict, 0, 0,
	    "of findings: broken, or unknown" },
	{ "output", CONFIG_TEXT, &options.draw.output, 0, 0,
	    "of draw (-o): the file, whose name says the format" },
	{ "theme", CONFIG_TEXT, &options.draw.theme, 0, 0,
	    "of draw: light, dark or print" },
	{ "highlight", CONFIG_TEXT, &options.draw.highlight, 0, 0,
	    "of draw: the VM or NIC whose way is marked" },
	{ "detail", CONFIG_TEXT, &options.draw.detail, 0, 0,
	    "of draw: strip, full, ladder or index" },
	{ "page", CONFIG_TEXT, &options.draw.page, 0, 0,
	    "of draw: which page of an index" },
	{ "json", CONFIG_FLAG, &options.json, 0, 0,
	    "print the collector's answer unchanged" },
	{ "config", CONFIG_TEXT, &options.config, 0, 0,
	    "read this file instead of /etc/demarc/demarc.conf" },
	{ "help", CONFIG_FLAG, &options.help, 0, 0, "show this" },
	{ "version", CONFIG_FLAG, &options.version, 0, 0, "say which demarc" },
	{ 0 },
};

static struct options file_options;

static const struct config_key file_keys[] = {
	{ "collector", CONFIG_TEXT, &file_options.collector, 0, 0, "" },
	{ "ca", CONFIG_TEXT, &file_options.ca, 0, 0, "" },
	{ "token_file", CONFIG_TEXT, &file_options.token_file, 0, 0, "" },
	{ 0 },
};

static void
print_usage(void)
{
	printf("demarc - which switch port does this NIC use?\n\n");
	commands_print(stdout);
	printf("  demarc help COMMAND     more about one of them\n\n");
	config_print_help(keys);
	printf("\nExit status: 0 found, 1 nothing found, 2 wrong question,\n"
	       "3 collector not reached, 4 answer not written."
	       "  The manual: man demarc\n");
}

static int
unknown_command(const char *name)
{
	fprintf(
	    stderr, "demarc: there is no command \"%s\"; there are: ", name);
	commands_print_names(stderr);
	fprintf(stderr, "help\n");
	return WRONG_QUESTION;
}

static int
help(const char *name)
{
	const struct command *c = name ? commands_find(name) : NULL;

	if (name && !c)
		return unknown_command(name);
	if (!c) {
		print_usage();
		return FOUND;
	}
	printf("demarc %s%s%s - %s\n%s%s", c->name, *c->arguments ? " " : "",
	    c->arguments, c->summary, *c->help ? "\n" : "", c->help);
	return FOUND;
}

static enum span_kind
span_kind(const struct command *command)
{
	if (command->answer == answer_changes)
		return SPAN_CHANGES;
	if (command->answer == answer_findings)
		return SPAN_FINDINGS;
	if (commands_is_ack(command))
		return SPAN_ACK;
	return command->answer == answer_diff ? SPAN_DIFF : SPAN_MOMENT;
}

/* Joins the words with blanks and appends them to the path. */
static bool
write_path(struct buffer *out, const struct command *command, char **words,
    char error[static SPAN_ERROR_SIZE])
{
	(void)snprintf(error, SPAN_ERROR_SIZE, "the question is too long");
	if (commands_is_drawing(command))
		return draw_path(&options.draw, words, out, error) &&
		       span_of_question(
			   &options.span, '&', time(NULL), out, error) &&
		       buffer_ok(out);
	buffer_text(out, command->path);
	if (command->answer == answer_findings &&
	    !findings_path(&options.findings, &options.span, out))
		return false;
	if (commands_is_of_time(command))
		return (command->answer == answer_diff ? span_of_diff
						       : span_of_changes)(
			   &options.span, words, time(NULL), out, error) &&
		       buffer_ok(out);
	for (size_t i = 0; words[i]; i++) {
		if (i > 0)
			buffer_text(out, "%20");
		client_escape(out, words[i]);
	}
	if (!span_of_question(&options.span,
		strchr(buffer_string(out), '?') ? '&' : '?', time(NULL), out,
		error))
		return false;
	return buffer_ok(out);
}

static void
print_unchanged(const struct buffer *body)
{
	fwrite(body->octets, 1, body->size, stdout);
	if (isatty(STDOUT_FILENO))
		putchar('\n'); /* the prompt begins a line of its own */
}

/* What a switch has to say that find names; NULL: nothing to be asked. */
static struct json_value *
ask_more(const struct command *command, const struct client *client,
    const struct json_value *document)
{
	CLEANUP(buffer_done) struct buffer path = { .limit = QUESTION_MOST };
	struct json_value *more = NULL;
	char error[CLIENT_ERROR_SIZE + SPAN_ERROR_SIZE];
	struct reply reply;
	const char *id = NULL;

	if (command->answer == answer_find && !options.json)
		id = answer_find_switch(document);
	if (!id)
		return NULL;
	buffer_text(&path, "/api/v1/switches/");
	client_escape(&path, id);
	if (!span_of_question(&options.span, '?', time(NULL), &path, error))
		return NULL;
	if (client_get(client, buffer_string(&path), &reply, error) !=
	    STATUS_OK)
		return NULL;
	if (reply.status != 200 ||
	    json_parse(buffer_string(&reply.body), reply.body.size, &more,
		error) != STATUS_OK)
		more = NULL;
	reply_done(&reply);
	return more;
}

static int
show_page(const struct command *command, const struct json_value *document,
    const struct json_value *more)
{
	struct buffer text;
	int columns = terminal_columns();
	struct page page = { .out = &text,
		.columns = columns ? columns : COLUMNS_ABSENT,
		.uncut = !columns && !isatty(STDOUT_FILENO),
		.colour = terminal_wants_colour(),
		.now = json_get_number(document, "now", 0),
		.more = more };
	bool found;

	buffer_init(&text, 2 * (size_t)CLIENT_REPLY_MOST);
	as_of_show(&text, document);
	found = command->answer(&page, document);
	if (!options.json)
		fputs(buffer_string(&text), stdout);
	buffer_done(&text);
	return found ? FOUND : NOTHING;
}

static int
save(const struct reply *reply)
{
	char error[DRAW_ERROR_SIZE];

	if (!draw_write(&options.draw, &reply->body, error)) {
		fprintf(stderr, "demarc: %s\n", error);
		return NOT_WRITTEN;
	}
	if (draw_pages(&options.draw, reply->pages, error))
		fprintf(stderr, "demarc: %s\n", error);
	return FOUND;
}

static int
show(const struct command *command, const struct client *client, char **words,
    const struct reply *reply)
{
	CLEANUP(json_cleanup) struct json_value *document = NULL;
	CLEANUP(json_cleanup) struct json_value *more = NULL;
	char error[JSON_ERROR_SIZE];
	enum status status = json_parse(
	    buffer_string(&reply->body), reply->body.size, &document, error);

	if (status != STATUS_OK || !json_is_object(document)) {
		fprintf(stderr,
		    "demarc: what answers at %s is no collector: %s\n",
		    client->collector,
		    status == STATUS_OK ? "the reply is no object" : error);
		return NOT_REACHED;
	}
	if (options.json)
		print_unchanged(&reply->body);
	if (reply->status == 401)
		return problem_token(client, configuration);
	if (reply->status != 200)
		return problem_show(
		    &(struct question){ command, words, &options.span },
		    document, reply->status);
	more = ask_more(command, client, document);
	return show_page(command, document, more);
}

static int
ask(const struct command *command, const struct client *client, char **words)
{
	CLEANUP(buffer_done) struct buffer path = { .limit = QUESTION_MOST };
	CLEANUP(buffer_done) struct buffer body = { .limit = QUESTION_MOST };
	char error[CLIENT_ERROR_SIZE + SPAN_ERROR_SIZE];
	bool ack = commands_is_ack(command);
	struct reply reply;
	enum status status;
	int code;

	(void)snprintf(
	    error, sizeof(error), "say which finding, and why: ack ID NOTE");
	if (!(ack ? findings_ack(words, &path, &body)
		  : write_path(&path, command, words, error))) {
		fprintf(stderr, "demarc: %s\n", error);
		return WRONG_QUESTION;
	}
	status = ack ? client_post(client, buffer_string(&path),
			   buffer_string(&body), &reply, error)
		     : client_get(client, buffer_string(&path), &reply, error);
	if (status == STATUS_MALFORMED || status == STATUS_NOT_ALLOWED) {
		fprintf(stderr, "demarc: %s\n", error);
		return WRONG_QUESTION;
	}
	if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
		fprintf(stderr, "demarc: %s\n", error);
		return NOT_REACHED;
	}
	if (status != STATUS_OK) {
		fprintf(stderr,
		    "demarc: %s\nIs demarc-collector running there? Another"
		    " one is named with --collector, or with \"collector ="
		    " ADDRESS\" in %s.\n",
		    error, configuration);
		return NOT_REACHED;
	}
	code = commands_is_drawing(command) && reply.status == 200
		   ? save(&reply)
		   : show(command, client, words, &reply);
	reply_done(&reply);
	return code;
}

/* Reads the file that was named, or the usual one if it is there. */
static bool
read_configuration(char error[static CONFIG_ERROR_SIZE])
{
	const char *path = options.config ? options.config : configuration;
	enum status status = config_read_file(file_keys, path, error);

	return status == STATUS_OK ||
	       (status == STATUS_NOT_FOUND && !options.config);
}

/* Does any of the words hold more than blanks? */
static bool
has_words(char **words)
{
	for (; *words; words++) {
		if ((*words)[strspn(*words, " \t\r\n")] != '\0')
			return true;
	}
	return false;
}

static const char *
first_of(const char *a, const char *b, const char *c)
{
	return a ? a : b ? b : c;
}

/* Does the command take all options that are said? */
static bool
options_fit(const struct command *command)
{
	char error[SPAN_ERROR_SIZE];

	if (!span_fits(
		&options.span, span_kind(command), command->name, error)) {
		fprintf(stderr, "demarc: %s\n", error);
		return false;
	}
	if (draw_is_said(&options.draw) && !commands_is_drawing(command)) {
		fprintf(stderr,
		    "demarc: %s takes no --output, --theme, --highlight, "
		    "--detail and --page; draw does\n",
		    command->name);
		return false;
	}
	if (findings_are_said(&options.findings) &&
	    command->answer != answer_findings) {
		fprintf(stderr,
		    "demarc: %s takes no --owner, --severity, --rule and "
		    "--verdict; findings does\n",
		    command->name);
		return false;
	}
	return true;
}

static int
run(int argc, char **argv)
{
	const struct command *command;
	struct client client;
	char **words;

	if (options.version) {
		printf("demarc %s\n", DEMARC_VERSION);
		return FOUND;
	}
	if (argc < 2 && !options.help) {
		print_usage();
		return WRONG_QUESTION;
	}
	if (options.help || strcmp(argv[1], "help") == 0)
		return help(options.help ? argv[1] : argv[2]);
	command = commands_find(argv[1]);
	if (!command)
		return unknown_command(argv[1]);
	words = argv + 2;
	command = commands_meant(command, &words);
	if (command->argument != has_words(words)) {
		if (command->argument)
			fprintf(stderr, "demarc: usage: demarc %s %s\n",
			    command->name, command->arguments);
		else
			fprintf(stderr, "demarc: %s takes no word: \"%s\"\n",
			    command->name, words[0]);
		return WRONG_QUESTION;
	}
	if (!options_fit(command))
		return WRONG_QUESTION;
	if (command->answer == answer_vlan && commands_vlan(words) == 0) {
		fprintf(stderr, "demarc: a VLAN is a number from 1 to 4094\n");
		return WRONG_QUESTION;
	}
	client = (struct client){ .collector = first_of(options.collector,
				      file_options.collector, collector_absent),
		.ca = first_of(options.ca, file_options.ca, NULL),
		.token_file = first_of(options.token_file,
		    getenv("DEMARC_TOKEN_FILE"), file_options.token_file) };
	return ask(command, &client, words);
}

int
main(int argc, char **argv)
{
	char error[CONFIG_ERROR_SIZE] = "";
	char output[] = "--output";
	int code = WRONG_QUESTION;

	/* Widths of characters are asked of the locale; names are UTF-8
	 * whatever the reader's locale is. */
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "");
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-o") == 0)
			argv[i] = output;
	}
	if (config_read_arguments(keys, &argc, argv, error) != STATUS_OK ||
	    !read_configuration(error))
		fprintf(stderr, "demarc: %s\n", error);
	else
		code = run(argc, argv);
	config_done(keys);
	config_done(file_keys);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "demarc: the answer could not be written: %s\n",
		    strerror(errno));
		code = NOT_WRITTEN;
	}
	return code;
}
