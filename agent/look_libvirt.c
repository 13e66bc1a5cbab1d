/* The part of look.h that follows libvirt. */
#include <string.h>

#include "agent/look_parts.h"
#include "agent/reporter.h"

static enum libvirt_line
take_line(void *owner, const struct json_value *line)
{
	struct agent *agent = owner;

	switch (domains_take(&agent->look.domains, line)) {
	case DOMAINS_MORE:
		return LIBVIRT_MORE;
	case DOMAINS_COMPLETE:
		reporter_note_change(agent, clock_now());
		return LIBVIRT_COMPLETE;
	case DOMAINS_CHANGED:
		reporter_note_change(agent, clock_now());
		return LIBVIRT_MORE;
	case DOMAINS_LOST:
		return LIBVIRT_LOST;
	case DOMAINS_MALFORMED:
		break;
	}
	return LIBVIRT_NONSENSE;
}

static void
forget_machines(void *owner)
{
	struct agent *agent = owner;

	domains_done(&agent->look.domains);
	reporter_note_change(agent, clock_now());
}

void
look_libvirt_open(struct agent *agent)
{
	struct libvirt_settings settings = { .loop = agent->loop,
		.where = agent->options->libvirt,
		.take = take_line,
		.forget = forget_machines,
		.owner = agent };

	if (strcmp(settings.where, "none") == 0)
		return;
	if (libvirt_new(&settings, &agent->look.libvirt) != STATUS_OK)
		log_error("no memory to follow libvirt");
}

void
look_libvirt_done(struct agent *agent)
{
	libvirt_free(agent->look.libvirt);
	agent->look.libvirt = NULL;
	domains_done(&agent->look.domains);
}
