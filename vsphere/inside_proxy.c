#include "vsphere/inside_proxy.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "vsphere/names.h"

void
inside_open_proxy(const struct inside *in, const struct proxy_value *value,
    struct inside_proxy *out)
{
	const struct list *list = in->host->values[HOST_PROXIES];

	*out = (struct inside_proxy){ .pnics = in->host->values[HOST_PNICS],
		.list = list,
		.value = value };
	out->dvs =
	    inventory_find_switch(in->inventory, list_text(list, value->uuid));
	if (!out->dvs)
		return;
	out->config_list = out->dvs->values[SWITCH_CONFIG];
	if (out->config_list && out->config_list->count > 0)
		out->config = list_items(out->config_list);
}

/* The vCenter's name is the newer one: hosts are told of it later. */
const char *
inside_proxy_name(const struct inside_proxy *proxy)
{
	const char *name =
	    proxy->dvs ? list_only(proxy->dvs->values[SWITCH_NAME]) : "";

	return name[0] ? name : list_text(proxy->list, proxy->value->name);
}

/* The second of the pair that has this first. */
static const char *
second_of(const struct list *list, struct place pairs, const char *first)
{
	for (const char *p = list_text(list, pairs); *p; p = list_next(p)) {
		const char *second = names_second(p, first);

		if (second)
			return second;
	}
	return "";
}

/* The pair that tells of which LAG a port is. */
static const char *
lag_of(const struct inside_proxy *proxy, const char *port)
{
	const struct list *list = proxy->list;

	for (const char *p = list_text(list, proxy->value->lag_ports); *p;
	     p = list_next(p)) {
		const char *end = strchr(p, '\n');

		if (end && strcmp(end + 1, port) == 0)
			return p;
	}
	return "";
}

bool
inside_read_proxy_wire(
    const struct inside_proxy *proxy, const char *key, struct inside_wire *out)
{
	const char *port;

	if (!inside_read_wire(proxy->pnics, key, out))
		return false;
	port = second_of(proxy->list, proxy->value->wired, out->device);
	out->uplink = second_of(proxy->list, proxy->value->ports, port);
	out->lag = port[0] ? lag_of(proxy, port) : "";
	return true;
}

void
inside_copy_lag(char out[static PORT_NAME_SIZE], const char *pair)
{
	snprintf(out, PORT_NAME_SIZE, "%.*s", (int)strcspn(pair, "\n"), pair);
}

struct teams
inside_proxy_teams(const struct inside_proxy *proxy)
{
	return (struct teams){ proxy->config_list,
		proxy->config ? &proxy->config->teaming : NULL };
}

/* The uplink that is this LAG; it is added when it is not there. */
static struct uplink *
find_lag(struct uplink *lags, unsigned *count, uint32_t place, const char *pair)
{
	char name[PORT_NAME_SIZE];
	struct uplink *u;

	inside_copy_lag(name, pair);
	for (unsigned i = 0; i < *count; i++) {
		if (strcmp(lags[i].name, name) == 0)
			return &lags[i];
	}
	if (*count == INSIDE_LAGS_MOST)
		return NULL;
	u = &lags[(*count)++];
	*u = (struct uplink){
		.vswitch = place, .kind = UPLINK_BOND, .lacp = LACP_CONFIGURED
	};
	text_copy(u->name, sizeof(u->name), name);
	return u;
}

static void
add_lags(struct inside *in, const struct inside_proxy *proxy,
    struct uplink *lags, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (proxy->config)
			text_copy(lags[i].mode, sizeof(lags[i].mode),
			    second_of(proxy->config_list, proxy->config->lags,
				lags[i].name));
		(void)virtual_add_uplink(in->out, &lags[i]);
	}
}

void
inside_add_proxy_uplinks(
    struct inside *in, uint32_t place, const struct inside_proxy *proxy)
{
	struct uplink others = { .vswitch = place, .kind = UPLINK_TEAM };
	struct uplink lags[INSIDE_LAGS_MOST];
	struct teams teams = inside_proxy_teams(proxy);
	struct inside_wire wire;
	unsigned count = 0;

	text_copy(others.name, sizeof(others.name), "uplinks");
	if (proxy->config)
		text_copy(others.mode, sizeof(others.mode),
		    list_text(
			proxy->config_list, proxy->config->teaming.policy));
	for (const char *key = list_text(proxy->list, proxy->value->pnics);
	     *key; key = list_next(key)) {
		struct uplink *lag;

		if (!inside_read_proxy_wire(proxy, key, &wire))
			continue;
		lag = wire.lag[0] ? find_lag(lags, &count, place, wire.lag)
				  : NULL;
		/* Whether the LAG may be used its port groups say. */
		inside_add_member(lag ? lag : &others, &wire,
		    lag ? MEMBER_ACTIVE : inside_state(teams, wire.uplink));
	}
	if (others.member_count == 1 && others.mode[0] == '\0')
		others.kind = UPLINK_NIC;
	if (others.member_count > 0)
		(void)virtual_add_uplink(in->out, &others);
	add_lags(in, proxy, lags, count);
}
