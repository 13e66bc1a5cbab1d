#include "collector/draw/then.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const char *
then_clock(int64_t now, int64_t when, char out[static THEN_CLOCK_SIZE])
{
	time_t of_drawing = now, of_then = when;
	const char *form = "%Y-%m-%d";
	struct tm today, then;

	out[0] = '\0';
	if (!gmtime_r(&of_drawing, &today) || !gmtime_r(&of_then, &then))
		return out;
	if (today.tm_year == then.tm_year)
		form = today.tm_yday == then.tm_yday ? "%H:%M" : "%b %d %H:%M";
	(void)strftime(out, THEN_CLOCK_SIZE, form, &then);
	return out;
}

const char *
then_verb(const struct scene_claim *c)
{
	if (c->about == ABOUT_CARRIES)
		return c->stale ? "carried " : "carries ";
	if (c->about == ABOUT_NEEDS && !*c->text)
		return c->stale ? "needed " : "needs ";
	return c->stale ? "was " : "";
}

const char *
then_claim(const struct scene *s, const struct scene_claim *c,
    char out[static THEN_SIZE])
{
	char at[THEN_CLOCK_SIZE];

	out[0] = '\0';
	if (!c->stale || c->last_heard <= 0)
		return out;
	(void)snprintf(out, THEN_SIZE, "%s %s",
	    c->side == CLAIM_NETWORK ? "last heard" : "as of",
	    then_clock(s->now, c->last_heard, at));
	return out;
}

/* "silent" with its time between two words, if it is known. */
static const char *
say_silent(const struct scene *s, const struct scene_host *h,
    char out[static THEN_SIZE], const char *before, const char *behind)
{
	char at[THEN_CLOCK_SIZE];

	(void)snprintf(out, THEN_SIZE, "%s", h->silent ? "silent" : "");
	if (h->silent && h->seen_at > 0)
		(void)snprintf(out, THEN_SIZE, "silent%s %s%s", before,
		    then_clock(s->now, h->seen_at, at), behind);
	return out;
}

const char *
then_silent(const struct scene *s, const struct scene_host *h,
    char out[static THEN_SIZE])
{
	return say_silent(s, h, out, ", last seen", " UTC");
}

const char *
then_silent_short(const struct scene *s, const struct scene_host *h,
    char out[static THEN_SIZE])
{
	return say_silent(s, h, out, " since", "");
}

const struct scene_host *
then_host_of_way(const struct scene *s)
{
	const struct scene_path *path = s->path;
	uint32_t host = SCENE_NONE;

	if (path->nic < s->nic_count)
		host = s->nics[path->nic].host;
	else if (path->machine < s->machine_count)
		host = s->machines[path->machine].host;
	else if (path->vswitch_count && path->vswitches[0] < s->vswitch_count)
		host = s->vswitches[path->vswitches[0]].host;
	return host < s->host_count ? &s->hosts[host] : NULL;
}

const char *
then_about(struct arena *a, const struct scene *s, const struct scene_host *h)
{
	char silent[THEN_SIZE];
	size_t size;
	char *out;

	if (!*then_silent(s, h, silent))
		return h->about;
	size = strlen(silent) + sizeof(", ") + strlen(h->about);
	out = arena_take(a, size);
	if (!out)
		return "silent";
	(void)snprintf(
	    out, size, "%s%s%s", silent, *h->about ? ", " : "", h->about);
	return out;
}

const char *
then_idle(const struct scene_machine *machine, const struct scene_vnic *vnic)
{
	if (*machine->state && strcmp(machine->state, "running") != 0 &&
	    strcmp(machine->state, "unknown") != 0)
		return machine->state;
	return vnic && vnic->disconnected ? "disconnected" : "";
}
