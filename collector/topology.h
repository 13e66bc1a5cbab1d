/*
 * topology.h - joins what all hosts say into switches and ports; pure.
 *
 *	model -> [topology] -> verdict -> answers
 *
 * A switch is what identity says is one device; a port is one port of it,
 * however it is spelled.  Both are derived from the claims: nothing of them is
 * stored, so nothing of them can be stale.
 *
 * A host that changed is noted, and taken over when the topology is renewed:
 * what its NICs hear now, and what they heard before, is joined anew with all
 * claims that may be of the same devices; nothing else is looked at.  So the
 * arrays have holes: a NIC without host, a device or port without claims.
 * Numbers of NICs and claims stay while the host's neighbors do; those of
 * devices and ports while nothing of them changes.
 *
 * Memory:  topology_done frees; the model is lent: after it changed, the
 *          topology is renewed before it is used.
 * Errors:  STATUS_NO_MEMORY; the topology is empty then.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_TOPOLOGY_H
#define COLLECTOR_TOPOLOGY_H

#include "collector/arena.h"
#include "collector/identity.h"
#include "collector/model.h"
#include "collector/ports.h"

#define TOPOLOGY_NONE UINT32_MAX

enum { SWITCH_ID_SIZE = 17 };

/* How a claim stands now. */
enum claim_state { STATE_CURRENT, STATE_STALE, STATE_ENDED };

/* What the judge says of one claim, and why. */
enum note {
	NOTE_NONE,
	NOTE_NEIGHBOR,         /* this is the neighbor */
	NOTE_CANDIDATE,        /* one of several that remain */
	NOTE_OWN,              /* the host's own frame */
	NOTE_TUNNELLED,        /* names a remote device */
	NOTE_FARTHER,          /* another scope's neighbor is nearer */
	NOTE_NOT_BY_LLDP,      /* phantom: LLDP of this NIC names another */
	NOTE_PROVEN_ELSEWHERE, /* phantom: that port's cable ends elsewhere */
	NOTE_BESIDE,           /* a station or phone beside the switch */
	NOTE_FELL_SILENT,      /* not heard since another one is */
	NOTE_PAST              /* no longer current, and something else is */
};

struct seen_claim {
	const struct model_host *host;
	uint32_t nic; /* place in nics */
	const struct model_neighbor *said;
	int64_t n;       /* of its claim in the store */
	uint32_t device; /* TOPOLOGY_NONE: the host's own frame */
	uint32_t port;
	uint32_t component; /* of those that are joined together */
	/* By the judge, of one moment: */
	enum claim_state state;
	enum note note;
	bool remains; /* nothing on its own NIC speaks against it */
};

/* Why the verdict on a NIC is what it is. */
enum reason {
	REASON_SILENT,        /* nothing was heard */
	REASON_BOTH,          /* LLDP and another protocol agree */
	REASON_LLDP,          /* LLDP alone */
	REASON_ONE_PROTOCOL,  /* CDP or the like alone */
	REASON_SEVERAL,       /* several devices remain */
	REASON_SEVERAL_PORTS, /* several ports of one device remain */
	REASON_SHARED,        /* NICs of other hosts hear the same port */
	REASON_ONLY_PASSED,   /* only frames that came through something else */
	REASON_STALE,
	REASON_ENDED
};

struct seen_nic {
	const struct model_host *host;
	const struct model_nic *nic;
	uint32_t first_claim, claim_count;
	/* By the judge: */
	uint32_t looked_at; /* moment of the claims' 'remains' */
	uint32_t judged_at; /* moment of all that follows and of the notes */
	bool by_lldp;       /* LLDP alone says what remains */
	uint32_t claim;     /* that names the neighbor; TOPOLOGY_NONE: none */
	bool sure;          /* verdict yes; else unknown */
	enum claim_state state;
	enum reason reason;
	uint32_t rivals; /* devices or ports that remain */
};

/* Where the cable of a port is known to end. */
struct proof {
	uint32_t judged_at;
	uint32_t nic; /* by LLDP; TOPOLOGY_NONE: not known */
	bool shared;  /* several hosts hear it by CDP */
};

struct port {
	uint32_t device;
	const char *key;    /* natural order, unique in its device */
	const char *name;   /* full form where one is known */
	const char *brief;  /* short form */
	struct texts names; /* every spelling */
	int fex, member;    /* 0: none */
	uint32_t *claims;
	uint32_t claim_count;
	struct proof proof; /* by the judge */
};

struct device {
	char id[SWITCH_ID_SIZE];
	const char *name;  /* the fullest that it is called */
	const char *brief; /* up to the first dot */
	const char *model, *software, *description;
	struct texts names, chassis_ids, serials, addresses;
	bool switch_class;
	uint32_t first_port, port_count; /* in natural order */
	uint32_t *claims;
	uint32_t claim_count;
	struct join *joins; /* between places in the topology's claims */
	uint32_t join_count;
	uint64_t number;     /* what the id is made of */
	uint32_t same_after; /* the next device of that number, + 1; 0: none */
	bool named;
};

struct topology_inner;

/* Told of each device that is new at its place, or has another id, while the
 * topology is renewed. */
struct topology_watcher {
	void (*changed)(void *context, uint32_t device);
	void *context;
};

struct topology {
	struct seen_nic *nics; /* those of a host in natural order */
	uint32_t nic_count;
	struct seen_claim *claims; /* NIC by NIC */
	uint32_t claim_count;
	struct device *devices;
	uint32_t device_count;
	struct port *ports; /* those of a device in natural order */
	uint32_t port_count;
	struct topology_inner *inner;
	struct topology_watcher watcher; /* 'changed' NULL: nobody */
	int64_t now;                     /* of the judge */
	uint32_t moment; /* grows when 'now' or what was heard changes */
};

MUST_USE enum status topology_build(
    struct topology *out, const struct model *m);
/* The host has changed, come or gone. */
void topology_note(struct topology *t, int64_t host_id);

/* Takes over the hosts that were noted; all hosts, if there are none yet. */
MUST_USE enum status topology_renew(struct topology *t, const struct model *m);

/* Which of two devices was heard first, in the order of hosts and NICs: an
 * order that does not depend on numbers.  As strcmp. */
int topology_compare(const struct topology *t, uint32_t a, uint32_t b);

/* The place of the host's first NIC; all of them stand there in their order. */
uint32_t topology_first_nic(
    const struct topology *t, const struct model_host *h);

void topology_done(struct topology *t);

#endif
