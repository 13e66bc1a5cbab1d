#include "collector/inside.h"

#include <stdlib.h>
#include <string.h>

#include "collector/inside_read.h"
#include "collector/skim.h"

/* What was read of one host. */
struct model_inner {
	struct inside inside;
	struct arena arena;
	struct inside_names names;
	bool has_frame, has_all;
};

const char *
inside_member_word(enum member_state state)
{
	static const char *const words[] = { "unknown", "active", "standby",
		"down", "unused" };

	return words[state];
}

bool
inside_is_machine(const struct inside_workload *w)
{
	return strcmp(w->kind, "kernel_port") != 0;
}

/* ---- when it is read -------------------------------------------------------
 */

static const struct inside nothing;
static _Thread_local bool ran_out;

static struct inside_reading
reading_of(const struct model_host *h)
{
	return (struct inside_reading){ h, &h->inner->inside, &h->inner->arena,
		&h->inner->names };
}

const struct inside *
model_frame(const struct model_host *h)
{
	struct inside_reading r;

	if (!h->inner)
		return &nothing;
	if (h->inner->has_frame)
		return &h->inner->inside;
	r = reading_of(h);
	inside_read_frame(&r);
	h->inner->has_frame = !h->inner->arena.failed;
	if (h->inner->has_frame)
		return &h->inner->inside;
	inside_forget(h->inner);
	ran_out = true;
	return &nothing;
}

/* What was lent stays, and what could not be read is tried again. */
static bool
read_one(const struct model_host *h, uint32_t workload)
{
	struct inside_reading r = reading_of(h);

	if (r.inside->workloads[workload].read)
		return true;
	inside_read_workload(&r, workload);
	if (!r.arena->failed)
		return true;
	r.arena->failed = false;
	ran_out = true;
	return false;
}

static void
count_vnics(struct inside *in, const struct inside_workload *w)
{
	in->vnic_count += w->vnic_count;
	for (uint32_t i = 0; i < w->vnic_count; i++) {
		const struct inside_vnic *n = &w->vnics[i];

		if (n->vswitch != INSIDE_NONE)
			in->vswitches[n->vswitch].vnic_count++;
		if (n->group != INSIDE_NONE)
			in->groups[n->group].vnic_count++;
	}
}

const struct inside *
model_inside(const struct model_host *h)
{
	const struct inside *in = model_frame(h);

	if (in == &nothing || h->inner->has_all)
		return in;
	for (uint32_t i = 0; i < in->workload_count; i++) {
		if (!read_one(h, i))
			return &nothing;
	}
	for (uint32_t i = 0; i < in->workload_count; i++)
		count_vnics(&h->inner->inside, &in->workloads[i]);
	h->inner->has_all = true;
	inside_names_done(&h->inner->names);
	return in;
}

const struct inside_workload *
model_workload(const struct model_host *h, uint32_t workload)
{
	const struct inside *in = model_frame(h);

	return workload < in->workload_count && read_one(h, workload)
		   ? &in->workloads[workload]
		   : NULL;
}

/* Those before it are read, too: it is not known how many vNICs they have. */
const struct inside_vnic *
model_vnic(const struct model_host *h, uint32_t vnic)
{
	const struct inside_workload *w;

	for (uint32_t i = 0; (w = model_workload(h, i)); i++) {
		if (vnic < w->vnic_count)
			return &w->vnics[vnic];
		vnic -= w->vnic_count;
	}
	return NULL;
}

/* What it is called by, as it stands in the facts: its name, or its id. */
static struct skim_member
name_in(const char *facts)
{
	struct skim members = skim_begin(facts);
	struct skim_member m, id = { 0 };

	while (skim_next(&members, &m)) {
		if (skim_is(&m, "name") && m.value_size > strlen("\"\""))
			return m;
		if (skim_is(&m, "id"))
			id = m;
	}
	return id;
}

const char *
model_workload_name(const struct model_host *h, uint32_t workload)
{
	const struct inside *in = model_frame(h);
	const struct inside_workload *w = model_workload(h, workload);
	struct skim_member own;

	if (!w)
		return "";
	own = name_in(w->facts);
	for (uint32_t i = 0; i < in->workload_count; i++) {
		struct skim_member other = name_in(in->workloads[i].facts);

		if (i != workload && skim_is_same(&other, &own))
			return w->id;
	}
	return w->name;
}

uint32_t
inside_vnic_place(const struct inside *in, const struct inside_vnic *n)
{
	uint32_t before = 0;

	for (uint32_t i = 0; i < n->workload; i++)
		before += in->workloads[i].vnic_count;
	return before + (uint32_t)(n - in->workloads[n->workload].vnics);
}

bool
inside_ran_out(void)
{
	bool was = ran_out;

	ran_out = false;
	return was;
}

struct model_inner *
inside_new(void)
{
	return calloc(1, sizeof(struct model_inner));
}

void
inside_forget(struct model_inner *inner)
{
	arena_done(&inner->arena);
	inside_names_done(&inner->names);
	*inner = (struct model_inner){ .has_frame = false };
}

bool
inside_is_whole(const struct model_inner *inner)
{
	return inner->has_all;
}

void
inside_free(struct model_inner *inner)
{
	if (inner)
		inside_forget(inner);
	free(inner);
}
