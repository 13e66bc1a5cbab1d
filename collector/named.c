#include "collector/named.h"

#include <stdlib.h>
#include <string.h>

static bool
take_room(struct named *out, size_t hosts, size_t devices)
{
	out->hosts = calloc(hosts + 1, sizeof(const struct model_host *));
	out->devices = calloc(devices + 1, sizeof(*out->devices));
	return out->hosts && out->devices;
}

static bool
take_all(struct named *out, const struct view *v)
{
	if (!take_room(out, v->model->count, v->topology->device_count))
		return false;
	for (size_t i = 0; i < v->model->count; i++)
		out->hosts[out->host_count++] = v->model->hosts[i];
	for (uint32_t i = 0; i < v->topology->device_count; i++)
		out->devices[out->device_count++] = i;
	return true;
}

static int
compare_hosts(const void *a, const void *b)
{
	const struct model_host *const *m = a, *const *n = b;

	return ((*m)->host_id > (*n)->host_id) -
	       ((*m)->host_id < (*n)->host_id);
}

static bool
take_found(
    struct named *out, const struct view *v, const struct search_found *f)
{
	if (!take_room(out, f->host_count, f->device_count))
		return false;
	for (size_t i = 0; i < f->host_count; i++)
		out->hosts[out->host_count++] = f->hosts[i]->host;
	qsort(out->hosts, out->host_count, sizeof(*out->hosts), compare_hosts);
	for (size_t i = 0; i < f->device_count; i++) {
		if (f->devices[i] < v->topology->device_count)
			out->devices[out->device_count++] = f->devices[i];
	}
	return true;
}

bool
named_find(struct named *out, const struct view *v, const char *text)
{
	struct search_found f = { 0 };
	struct query q;
	bool ok;

	*out = (struct named){ .host_count = 0 };
	if (!text || !v->search || v->search->failed || !query_read(text, &q))
		ok = take_all(out, v);
	else if (q.apart > 0)
		ok = search_query(v->search, &q, &f) && take_found(out, v, &f);
	else
		ok = search_exact(v->search, &q, &f) && take_found(out, v, &f);
	search_found_done(&f);
	if (!ok)
		named_done(out);
	return ok;
}

void
named_done(struct named *n)
{
	free(n->hosts);
	free(n->devices);
	*n = (struct named){ .host_count = 0 };
}
