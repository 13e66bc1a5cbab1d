#include "collector/bound.h"

#include <string.h>

#include "base/text.h"
#include "collector/ingest.h"
#include "collector/verdict.h"

static const char *
refuse_vcenter(const char *via, const struct incoming *report,
    const struct bound_host *host, int64_t now)
{
	bool ours = host->known && strcmp(host->via, via) == 0;

	if (!report->heartbeat && strcmp(report->via, via) != 0)
		return "this token is for the reports of another vCenter than "
		       "agent.via names";
	if (!host->known || ours)
		return NULL;
	if (host->via[0] == '\0')
		return "this host has an agent of its own; the token of a "
		       "vCenter cannot report for it";
	if (report->heartbeat || now - host->seen_at <= HOST_SILENT_S)
		return "another vCenter tells of this host";
	return NULL;
}

void
bound_look(
    const struct model *m, const char *machine_id, struct bound_host *out)
{
	const struct model_host *host =
	    model_find(m, ingest_host_id(machine_id));

	*out = (struct bound_host){ .known = host != NULL };
	if (!host)
		return;
	text_copy(out->via, sizeof(out->via), host->via);
	out->seen_at = host->seen_at;
}

const char *
bound_refuses(const struct caller *caller, const struct incoming *report,
    const struct bound_host *host, int64_t now)
{
	if (caller->role == ROLE_VCENTER)
		return refuse_vcenter(caller->binding, report, host, now);
	if (caller->role != ROLE_AGENT ||
	    strcmp(caller->binding, report->machine_id) != 0)
		return "this token is bound to another host";
	return NULL;
}
