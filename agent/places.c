#include "agent/places.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>

#include "agent/answer.h"
#include "base/text.h"

static const char *
text_of(enum status status)
{
	return status == STATUS_SYSTEM ? strerror(errno) : status_text(status);
}

static bool
take_question(void *owner, const char *question, struct buffer *out)
{
	return answer_question(owner, question, out);
}

enum status
places_open_control(struct agent *agent, const struct account *account)
{
	struct control_settings settings = { .loop = agent->loop,
		.path = agent->options->control_socket,
		.answer = take_question,
		.owner = agent };
	char path[PATH_MAX];
	enum status status;

	text_copy(path, sizeof(path), settings.path);
	status = privilege_make_directory(dirname(path), account);
	if (status == STATUS_OK)
		status = control_new(&settings, &agent->control);
	if (status == STATUS_CONFLICT)
		log_error("another demarc-agent answers at %s already; "
			  "control_socket names another place",
		    settings.path);
	else if (status == STATUS_SYSTEM && errno == EEXIST)
		log_error("%s is there and is no socket, so it stays; "
			  "control_socket names another place",
		    settings.path);
	else if (status != STATUS_OK)
		log_error("cannot answer at %s: %s; control_socket names "
			  "another place",
		    settings.path, text_of(status));
	return status;
}

enum status
places_open_spool(struct agent *agent, const struct account *account)
{
	char path[PATH_MAX];
	enum status status;

	if (agent->options->collectors.count == 0)
		return STATUS_OK;
	if (agent->host.id[0] == '\0') {
		log_error("this host has no /etc/machine-id; host_id gives it "
			  "one");
		return STATUS_NOT_FOUND;
	}
	snprintf(path, sizeof(path), "%.3000s/spool",
	    agent->options->state_directory);
	status =
	    privilege_make_directory(agent->options->state_directory, account);
	if (status == STATUS_OK)
		status = privilege_make_directory(path, account);
	/* An earlier run may have been another user's. */
	if (status == STATUS_OK)
		status = privilege_own_directory(path, account);
	if (status == STATUS_OK)
		status = spool_open(&agent->spool, path);
	if (status == STATUS_OK)
		spool_clean(&agent->spool);
	else
		log_error("cannot keep reports in %s: %s; state_directory "
			  "names another place",
		    path, text_of(status));
	return status;
}

enum status
places_give_up(const struct agent *agent, const struct account *account)
{
	enum status status = privilege_give_up(account, CAP_NET_RAW);

	if (status != STATUS_OK)
		log_error("cannot become user %s: %s",
		    agent->options->user ? agent->options->user : "nobody",
		    strerror(errno));
	return status;
}

enum status
places_find_account(const struct options *options, struct account *out)
{
	enum status status = privilege_find(options->user, out);

	if (status != STATUS_OK)
		log_error("there is no user \"%s\"; user names one that is "
			  "there",
		    options->user ? options->user : "nobody");
	return status;
}
