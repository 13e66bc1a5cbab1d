#include "agent/judge.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "agent/links.h"
#include "base/attributes.h"

enum { LLDP_GROUP = 1 << 14 /* 01:80:c2:00:00:0e */ };

static struct finding *add(struct findings *out, enum verdict verdict,
    const char *topic, const char *format, ...) PRINTF_LIKE(4, 5);

static struct finding *
add(struct findings *out, enum verdict verdict, const char *topic,
    const char *format, ...)
{
	struct finding *f = &out->items[out->count];
	va_list arguments;

	if (out->count + 1 < FINDINGS_MOST)
		out->count++;
	*f = (struct finding){ .verdict = verdict, .topic = topic };
	va_start(arguments, format);
	vsnprintf(f->text, sizeof(f->text), format, arguments);
	va_end(arguments);
	return f;
}

static void
judge_link(const struct nic_evidence *e, struct findings *out)
{
	const struct link *l = e->link;
	struct finding *f;
	char speed[40] = "speed unknown";

	if (!l->up) {
		f = add(out, VERDICT_PROBLEM, "link", "the NIC is down");
		snprintf(f->fix, sizeof(f->fix), "ip link set %s up", l->name);
		return;
	}
	if (!l->carrier) {
		f = add(out, VERDICT_PROBLEM, "link",
		    "no carrier: no cable, or the port at its other end is "
		    "off");
		snprintf(f->fix, sizeof(f->fix),
		    "check cable, transceiver and switch port; ethtool %s",
		    l->name);
		return;
	}
	if (e->facts.speed_mbps > 0)
		snprintf(speed, sizeof(speed), "%" PRIu32 " Mb/s%s",
		    e->facts.speed_mbps,
		    !e->facts.has_duplex             ? ""
		    : e->facts.duplex == DUPLEX_FULL ? ", full duplex"
						     : ", half duplex");
	add(out, VERDICT_OK, "link", "up, carrier, %s", speed);
}

static void
judge_driver(const struct nic_evidence *e, struct findings *out)
{
	const struct nic_facts *f = &e->facts;

	if (f->driver[0] == '\0')
		add(out, VERDICT_UNKNOWN, "driver",
		    "the kernel does not say which");
	else
		add(out, VERDICT_OK, "driver", "%s%s%s%s%s", f->driver,
		    f->firmware[0] ? ", firmware " : "", f->firmware,
		    f->bus[0] ? ", at " : "", f->bus);
}

static void
judge_firmware(const struct nic_evidence *e, struct findings *out)
{
	const struct firmware_agent *a = &e->firmware;
	struct finding *f;

	switch (a->state) {
	case FIRMWARE_LLDP_NONE:
		return;
	case FIRMWARE_LLDP_OFF:
		add(out, VERDICT_OK, "firmware", "its LLDP agent is off (%s)",
		    a->flag);
		return;
	case FIRMWARE_LLDP_UNKNOWN:
		f = add(out, VERDICT_UNKNOWN, "firmware",
		    "%s NICs may run an LLDP agent that takes the frames; "
		    "this one does not tell",
		    e->facts.driver);
		snprintf(f->fix, sizeof(f->fix), "ethtool --show-priv-flags %s",
		    e->link->name);
		return;
	case FIRMWARE_LLDP_ON:
		f = add(out, VERDICT_PROBLEM, "firmware",
		    "its LLDP agent is on and takes LLDP frames before Linux "
		    "sees them (CDP still passes)");
		snprintf(f->fix, sizeof(f->fix),
		    "ethtool --set-priv-flags %s %s %s (the link drops for "
		    "some seconds)",
		    e->link->name, a->flag, a->set_off);
		return;
	}
}

/* There was a neighbor, and it is gone although the cable is not. */
static void
judge_ended(const struct nic_evidence *e, struct findings *out)
{
	const struct nic_heard *h = &e->heard;
	char when[sizeof("2026-11-22 12:00:00 UTC")] = "";
	time_t at = (time_t)h->ended_at;
	struct finding *f;
	struct tm parts;

	if (!h->known || h->ended_at == 0 || !e->link->carrier)
		return;
	if (gmtime_r(&at, &parts))
		(void)strftime(
		    when, sizeof(when), "%Y-%m-%d %H:%M:%S UTC", &parts);
	f = add(out, VERDICT_UNKNOWN, "silent",
	    "last frame %lld s ago, neighbor expired at %s; nothing since",
	    (long long)(h->asked_at - h->last_at), when);
	snprintf(f->fix, sizeof(f->fix),
	    "is LLDP or CDP still on at the switch, and the cable in the same "
	    "port? demarc-agent show %s names the neighbor",
	    e->link->name);
}

/* Drivers of NICs that a hypervisor makes. */
static bool
is_virtual_driver(const char *driver)
{
	static const char *const drivers[] = { "virtio_net", "vmxnet3",
		"hv_netvsc", "vif", "xen_netfront", "ena", "gve", "tun",
		"veth" };

	for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++) {
		if (strcmp(driver, drivers[i]) == 0)
			return true;
	}
	return false;
}

static void
judge_silence(const struct nic_evidence *e, struct findings *out)
{
	const char *driver = e->facts.driver;
	struct finding *f;

	if (e->heard.heard > 0 || e->heard.last_at > 0 || !e->link->carrier)
		return;
	if (e->filters_vlans) {
		f = add(out, VERDICT_UNKNOWN, "vlan",
		    "the NIC drops frames of VLANs that the host does not "
		    "have: a switch that tags its CDP or LLDP stays unheard");
		snprintf(f->fix, sizeof(f->fix),
		    "ethtool -K %s rx-vlan-filter off", e->link->name);
	}
	if (e->link->kind[0] != '\0' || is_virtual_driver(driver)) {
		add(out, VERDICT_UNKNOWN, "virtual",
		    "a virtual NIC (%s) hears its virtual switch, which "
		    "seldom speaks; listen on the hypervisor",
		    e->link->kind[0] ? e->link->kind : driver);
		return;
	}
	f = add(out, VERDICT_UNKNOWN, "switch",
	    "the switch may speak neither LLDP nor CDP on this port");
	snprintf(f->fix, sizeof(f->fix),
	    "on the switch: IOS: lldp run, cdp run; NX-OS: feature lldp, cdp "
	    "enable; Junos: set protocols lldp interface all; EOS: lldp run");
	if (strcmp(driver, "mlx5_core") == 0 && e->facts.bus[0]) {
		f = add(out, VERDICT_UNKNOWN, "firmware",
		    "NVIDIA firmware may take LLDP; the driver does not tell");
		snprintf(f->fix, sizeof(f->fix),
		    "mlxconfig -d %s query | grep LLDP_NB", e->facts.bus);
	}
}

static void
judge_member(const struct nic_evidence *e, struct findings *out)
{
	const struct link *m = e->master, *l = e->link;
	const char *leg = l->bond_leg == BOND_LEG_ACTIVE   ? ", active leg"
			  : l->bond_leg == BOND_LEG_BACKUP ? ", backup leg"
							   : "";

	if (!m)
		return;
	if (strcmp(l->member_kind, "bond") == 0)
		add(out, VERDICT_OK, "member", "of bond %s (%s)%s", m->name,
		    link_bond_mode_name(m)[0] ? link_bond_mode_name(m)
					      : "mode unknown",
		    leg);
	else
		add(out, VERDICT_OK, "member", "of %s %s",
		    l->member_kind[0] ? l->member_kind : "device", m->name);
	if (strcmp(l->member_kind, "bridge") == 0 &&
	    ((l->group_forward_mask | m->group_forward_mask) & LLDP_GROUP))
		add(out, VERDICT_OK, "bridge",
		    "%s forwards LLDP to its other ports (group_fwd_mask "
		    "0x%x): guests hear this switch as theirs",
		    m->name, l->group_forward_mask | m->group_forward_mask);
}

static void
judge_counts(const struct nic_evidence *e, struct findings *out)
{
	const struct nic_heard *h = &e->heard;
	struct finding *f;

	if (!h->known) {
		f = add(out, VERDICT_UNKNOWN, "heard",
		    "no agent answers, so nothing was counted");
		snprintf(f->fix, sizeof(f->fix), "demarc-agent listen %s",
		    e->link->name);
		return;
	}
	if (!h->listening) {
		f = add(out, VERDICT_PROBLEM, "heard",
		    "the running agent does not listen here");
		snprintf(f->fix, sizeof(f->fix),
		    "demarc-agent show %s says why; nic and ignore_nic in "
		    "/etc/demarc/agent.conf choose",
		    e->link->name);
		return;
	}
	add(out, h->heard > 0 && h->dropped == 0 ? VERDICT_OK : VERDICT_UNKNOWN,
	    "heard",
	    "%" PRIu64 " frames, %" PRIu64 " dropped, %" PRIu64 " malformed",
	    h->heard, h->dropped, h->malformed);
}

void
judge_nic(const struct nic_evidence *evidence, struct findings *out)
{
	out->count = 0;
	judge_link(evidence, out);
	judge_driver(evidence, out);
	judge_firmware(evidence, out);
	judge_member(evidence, out);
	judge_counts(evidence, out);
	judge_ended(evidence, out);
	judge_silence(evidence, out);
}

enum verdict
judge_worst(const struct findings *findings)
{
	enum verdict worst = VERDICT_OK;

	for (unsigned i = 0; i < findings->count; i++) {
		if (findings->items[i].verdict > worst)
			worst = findings->items[i].verdict;
	}
	return worst;
}

const char *
verdict_name(enum verdict verdict)
{
	static const char *const names[] = { [VERDICT_OK] = "ok",
		[VERDICT_UNKNOWN] = "unknown",
		[VERDICT_PROBLEM] = "problem" };

	return names[verdict];
}
