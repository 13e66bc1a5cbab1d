#include "agent/libvirt/session.h"

#include <errno.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/libvirt/domain_xml.h"
#include "agent/libvirt/known.h"
#include "agent/libvirt/vf.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"

enum {
	/* Starting a machine makes several events. */
	SOON_MS = 20,
	TURN_MS = 10 * 1000,
	TURNS = 6, /* until each machine was read anew */
	KEEPALIVE_S = 5,
	KEEPALIVES_MOST = 3,
	/* No keepalive is sent while a call waits for its answer. */
	PATIENCE_S = 15,
	WHY_SIZE = 200
};

static const char DEVICES[] = "/sys/bus/pci/devices";

struct session {
	const struct session_settings *settings;
	virConnectPtr connection;
	struct known known;
	struct buffer line;
	int soon, turn; /* timers of libvirt's loop */
	unsigned turn_number;
	bool ended;  /* nothing more can be told */
	bool nobody; /* reads it */
	char why[WHY_SIZE];
};

static void
set_why(struct session *s, const char *why)
{
	bool cut;

	s->why[text_clean(s->why, sizeof(s->why) - 1, why, strlen(why), &cut)] =
	    '\0';
}

static void
end(struct session *s, const char *why)
{
	if (!s->ended)
		set_why(s, why);
	s->ended = true;
}

/* ---- lines -----------------------------------------------------------------
 */

static struct json
begin_line(struct session *s)
{
	struct json j = json_over(&s->line);

	buffer_clear(&s->line);
	json_object_begin(&j);
	return j;
}

static void
send_line(struct session *s, struct json *j)
{
	size_t sent = 0;

	(void)alarm(0); /* the reader may take its time */
	json_object_end(j);
	buffer_char(&s->line, '\n');
	while (buffer_ok(&s->line) && sent < s->line.size) {
		ssize_t size = write(s->settings->out,
		    buffer_string(&s->line) + sent, s->line.size - sent);

		if (size < 0 && errno != EINTR) {
			s->nobody = true;
			end(s, strerror(errno));
			return;
		}
		sent += size > 0 ? (size_t)size : 0;
	}
}

static void
tell_gone(struct session *s, const char *uuid)
{
	struct json j;

	if (!known_remove(&s->known, uuid))
		return;
	j = begin_line(s);
	json_add_string(&j, "gone", uuid);
	send_line(s, &j);
}

static void
tell_domain(struct session *s, struct domain *d)
{
	struct json j = begin_line(s);

	json_name(&j, "domain");
	domain_write(&j, d);
	if (!buffer_ok(&s->line)) {
		/* No machine has so much to tell; it is there all the same. */
		d->nics_lost = (uint16_t)(d->nics_lost + d->nic_count);
		d->nic_count = 0;
		j = begin_line(s);
		json_name(&j, "domain");
		domain_write(&j, d);
	}
	switch (known_note(
	    &s->known, d->uuid, buffer_string(&s->line), s->line.size)) {
	case KNOWN_CHANGED:
		send_line(s, &j);
		break;
	case KNOWN_FULL:
		log_warning("libvirt has more than %d machines; \"%s\" is "
			    "left out",
		    KNOWN_MOST, d->name);
		break;
	case KNOWN_SAME:
		break;
	}
}

/* ---- one machine
 * -------------------------------------------------------------
 */

/* Gives false when it is no longer here: after a migration it may still be
 * defined, but lives elsewhere. */
static bool
read_state(virDomainPtr domain, enum workload_state *out)
{
	int state = VIR_DOMAIN_NOSTATE, reason = 0;

	if (virDomainGetState(domain, &state, &reason, 0) < 0)
		return false;
	switch (state) {
	case VIR_DOMAIN_RUNNING:
	case VIR_DOMAIN_BLOCKED:
	case VIR_DOMAIN_SHUTDOWN: /* it is about to be off */
		*out = STATE_RUNNING;
		break;
	case VIR_DOMAIN_PAUSED:
		*out = STATE_PAUSED;
		break;
	case VIR_DOMAIN_PMSUSPENDED:
		*out = STATE_SUSPENDED;
		break;
	case VIR_DOMAIN_SHUTOFF:
	case VIR_DOMAIN_CRASHED:
		*out = STATE_OFF;
		if (virDomainHasManagedSaveImage(domain, 0) == 1)
			*out = STATE_SUSPENDED;
		break;
	default:
		*out = STATE_UNKNOWN;
	}
	return state != VIR_DOMAIN_SHUTOFF ||
	       reason != VIR_DOMAIN_SHUTOFF_MIGRATED;
}

/* A machine that is off names its network only: this is the network's bridge.
 * One that runs was resolved when it started. */
static void
resolve_network(struct session *s, struct domain_nic *n)
{
	virNetworkPtr network;
	char *bridge = NULL;
	bool cut;

	if (n->kind != DOMAIN_NIC_NETWORK || n->source[0] != '\0' ||
	    n->network[0] == '\0')
		return;
	network = virNetworkLookupByName(s->connection, n->network);
	if (network)
		bridge = virNetworkGetBridgeName(network);
	if (bridge)
		n->source[text_clean(n->source, sizeof(n->source) - 1, bridge,
		    strlen(bridge), &cut)] = '\0';
	free(bridge);
	if (network)
		virNetworkFree(network);
}

/* The UUID is libvirt's own word for it, whatever the document says. */
static void
read_domain(
    struct session *s, virDomainPtr domain, const char *uuid, struct domain *d)
{
	char *xml = virDomainGetXMLDesc(domain, 0);
	const char *name = virDomainGetName(domain);
	enum status status = STATUS_NOT_FOUND;
	bool cut;

	if (xml)
		status = domain_xml_read(xml, strlen(xml), d);
	free(xml);
	text_copy(d->uuid, sizeof(d->uuid), uuid);
	if (status != STATUS_OK) {
		d->nics_lost = 1;
		if (name)
			d->name[text_clean(d->name, sizeof(d->name) - 1, name,
			    strlen(name), &cut)] = '\0';
	}
	for (unsigned i = 0; i < d->nic_count; i++) {
		resolve_network(s, &d->nics[i]);
		vf_find(&d->nics[i], DEVICES);
	}
}

static void
look_at(struct session *s, virDomainPtr domain)
{
	CLEANUP(domain_done) struct domain d = { .nics = NULL };
	char uuid[VIR_UUID_STRING_BUFLEN];
	enum workload_state state;

	(void)alarm(PATIENCE_S);
	if (virDomainGetUUIDString(domain, uuid) < 0)
		return;
	if (!read_state(domain, &state)) {
		tell_gone(s, uuid);
		return;
	}
	read_domain(s, domain, uuid, &d);
	d.state = state;
	tell_domain(s, &d);
}

static void
look_at_uuid(struct session *s, const char *uuid)
{
	virDomainPtr domain;

	(void)alarm(PATIENCE_S);
	domain = virDomainLookupByUUIDString(s->connection, uuid);
	if (domain) {
		look_at(s, domain);
		virDomainFree(domain);
	} else if (virGetLastErrorCode() == VIR_ERR_NO_DOMAIN) {
		tell_gone(s, uuid);
	}
}

static void
look_at_all(struct session *s)
{
	virDomainPtr *all = NULL;
	int count = virConnectListAllDomains(s->connection, &all, 0);
	struct json j;

	if (count < 0) {
		end(s, virGetLastErrorMessage());
		return;
	}
	for (int i = 0; i < count; i++) {
		if (!s->ended)
			look_at(s, all[i]);
		virDomainFree(all[i]);
	}
	free(all);
	j = begin_line(s);
	json_add_boolean(&j, "complete", true);
	if (!s->ended)
		send_line(s, &j);
}

/* ---- events
 * ------------------------------------------------------------------
 */

static void
note(struct session *s, virDomainPtr domain)
{
	char uuid[VIR_UUID_STRING_BUFLEN];

	if (virDomainGetUUIDString(domain, uuid) < 0)
		return;
	known_mark(&s->known, uuid);
	virEventUpdateTimeout(s->soon, SOON_MS);
}

static int
domain_event(virConnectPtr connection, virDomainPtr domain, int event,
    int detail, void *owner)
{
	(void)connection;
	(void)event;
	(void)detail;
	note(owner, domain);
	return 0;
}

static void
device_event(virConnectPtr connection, virDomainPtr domain, const char *alias,
    void *owner)
{
	(void)connection;
	(void)alias;
	note(owner, domain);
}

static void
network_event(virConnectPtr connection, virNetworkPtr network, int event,
    int detail, void *owner)
{
	struct session *s = owner;

	(void)connection;
	(void)network;
	(void)event;
	(void)detail;
	known_mark_turn(&s->known, 0, 1);
	virEventUpdateTimeout(s->soon, SOON_MS);
}

static void
closed(virConnectPtr connection, int reason, void *owner)
{
	(void)connection;
	end(owner, reason == VIR_CONNECT_CLOSE_REASON_KEEPALIVE
		       ? "libvirt does not answer"
		       : "libvirt ended the connection");
}

static void
look_soon(int timer, void *owner)
{
	struct session *s = owner;
	char uuid[UUID_TEXT_SIZE];

	virEventUpdateTimeout(timer, -1);
	while (!s->ended && known_take_marked(&s->known, uuid))
		look_at_uuid(s, uuid);
	(void)alarm(0);
}

static void
take_turn(int timer, void *owner)
{
	struct session *s = owner;

	(void)timer;
	known_mark_turn(&s->known, s->turn_number++ % TURNS, TURNS);
	look_soon(s->soon, s);
}

static void
reader_left(int watch, int fd, int events, void *owner)
{
	struct session *s = owner;

	(void)watch;
	(void)fd;
	(void)events;
	s->nobody = true;
	end(s, "nobody reads");
}

/* ---- beginning and end
 * -------------------------------------------------------
 */

static bool
connect_to(struct session *s)
{
	const struct session_settings *to = s->settings;

	for (size_t i = 0; i < to->uri_count && !s->connection; i++) {
		s->connection = virConnectOpenReadOnly(to->uris[i]);
		/* The first says why; that the second is not there either is
		 * no news. */
		if (!s->connection && s->why[0] == '\0')
			set_why(s, virGetLastErrorMessage());
	}
	s->ended = !s->connection;
	if (s->ended)
		return false;
	s->why[0] = '\0';
	/* A driver inside the library needs neither. */
	(void)virConnectSetKeepAlive(
	    s->connection, KEEPALIVE_S, KEEPALIVES_MOST);
	(void)virConnectRegisterCloseCallback(s->connection, closed, s, NULL);
	return true;
}

static bool
follow_one(
    struct session *s, int event, virConnectDomainEventGenericCallback callback)
{
	return virConnectDomainEventRegisterAny(
		   s->connection, NULL, event, callback, s, NULL) >= 0;
}

static bool
follow(struct session *s)
{
	s->soon = virEventAddTimeout(-1, look_soon, s, NULL);
	s->turn = virEventAddTimeout(TURN_MS, take_turn, s, NULL);
	if (s->soon < 0 || s->turn < 0 ||
	    !follow_one(s, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
		VIR_DOMAIN_EVENT_CALLBACK(domain_event))) {
		end(s, virGetLastErrorMessage());
		return false;
	}
	/* Not every driver has these; the turns make up for them. */
	(void)follow_one(s, VIR_DOMAIN_EVENT_ID_DEVICE_ADDED,
	    VIR_DOMAIN_EVENT_CALLBACK(device_event));
	(void)follow_one(s, VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED,
	    VIR_DOMAIN_EVENT_CALLBACK(device_event));
	(void)virConnectNetworkEventRegisterAny(s->connection, NULL,
	    VIR_NETWORK_EVENT_ID_LIFECYCLE,
	    VIR_NETWORK_EVENT_CALLBACK(network_event), s, NULL);
	return true;
}

static void
say_goodbye(struct session *s)
{
	struct json j = begin_line(s);

	json_add_string(&j, "lost", s->why);
	if (!s->nobody)
		send_line(s, &j);
}

static void
be_quiet(void *owner, virErrorPtr error)
{
	(void)owner;
	(void)error;
}

enum status
session_run(const struct session_settings *settings)
{
	struct session s = { .settings = settings, .soon = -1, .turn = -1 };

	virSetErrorFunc(NULL, be_quiet);
	if (virInitialize() < 0 || virEventRegisterDefaultImpl() < 0)
		return STATUS_SYSTEM;
	if (virEventAddHandle(settings->out, VIR_EVENT_HANDLE_HANGUP,
		reader_left, &s, NULL) < 0)
		return STATUS_SYSTEM;
	buffer_init(&s.line, DOMAIN_LINE_MOST);
	(void)alarm(PATIENCE_S);
	if (connect_to(&s) && follow(&s))
		look_at_all(&s);
	(void)alarm(0);
	while (!s.ended) {
		if (virEventRunDefaultImpl() < 0)
			end(&s, virGetLastErrorMessage());
	}
	say_goodbye(&s);
	known_done(&s.known);
	buffer_done(&s.line);
	/* The process ends now; a peer that hangs would only delay that. */
	return STATUS_OK;
}
