/*
 * neighbor.h - what one NIC heard from one sender by one protocol.
 *
 *	frame -> decode -> [neighbor] -> report, show, read
 *
 * This value is what demarc is all about: everything that a frame of CDP,
 * LLDP, EDP, FDP or SONMP says of the device at the other end of the cable.
 *
 * Memory:  a plain value without pointers; copy it freely.  Only the part
 *          before 'management_addresses' is zeroed by neighbor_clear; the
 *          arrays behind it are valid up to their counts.
 * Units:   TTL in seconds, power in milliwatts, sizes in octets.
 * Absent:  a plain member is there when its bit in 'has' is set; a text when
 *          text.at is not 0; an identifier when its type is not ID_NONE.
 * Source:  docs/PROTOCOLS.md names the clause of each member.
 */
#ifndef REPORT_NEIGHBOR_H
#define REPORT_NEIGHBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/attributes.h"
#include "base/cursor.h"

enum {
	MAC_SIZE = 6,

	/* An Ethernet frame of 1500 octets has at most 1470 of text, and
	 * cleaning makes of one bad octet three. */
	NEIGHBOR_TEXTS_SIZE = 4608,
	NEIGHBOR_TAGS_MOST = 4,
	/* A management address TLV takes 11 octets at least, but nobody needs
	 * more than this; those left out are counted. */
	NEIGHBOR_ADDRESSES_MOST = 8,
	/* A VLAN name TLV with a short name takes 13 octets; 1500 / 13. */
	NEIGHBOR_VLANS_MOST = 128,
	NEIGHBOR_FACTS_MOST = 96,
	NEIGHBOR_UNKNOWN_MOST = 32,
	/* 4096 VLANs, one bit each: VLAN v is 1 << v % 8 of octet v / 8 */
	NEIGHBOR_VLAN_BITMAP_SIZE = 512
};

enum protocol {
	PROTOCOL_NONE,
	PROTOCOL_LLDP,
	PROTOCOL_CDP,
	PROTOCOL_EDP,
	PROTOCOL_FDP,
	PROTOCOL_SONMP
};

/* How far the destination address lets a frame travel (802.1AB-2016, table
 * 7-1); SCOPE_TUNNELLED: sent to Cisco's L2 protocol tunnel address, so it
 * names a remote device. */
enum scope {
	SCOPE_NONE,
	SCOPE_NEAREST_BRIDGE,
	SCOPE_NEAREST_NON_TPMR_BRIDGE,
	SCOPE_NEAREST_CUSTOMER_BRIDGE,
	SCOPE_TUNNELLED
};

enum id_type {
	ID_NONE,
	ID_CHASSIS_COMPONENT,
	ID_INTERFACE_ALIAS,
	ID_PORT_COMPONENT,
	ID_MAC,
	ID_NETWORK_ADDRESS,
	ID_INTERFACE_NAME,
	ID_AGENT_CIRCUIT,
	ID_LOCAL,
	ID_DEVICE_ID, /* CDP, FDP: the device ID, a name or a serial */
	ID_UNKNOWN    /* a subtype that the standard reserves */
};

/* A text: its place in neighbor.texts, cleaned, with a NUL behind it.
 * at == 0: the frame does not say it.  length in octets, without the NUL. */
struct text {
	uint16_t at;
	uint16_t length;
};

/* Who or which port, as said.  ID_MAC holds 6 raw octets in 'value',
 * ID_NETWORK_ADDRESS the family octet (IANA: 1 IPv4, 2 IPv6) and the raw
 * address; all other types cleaned text. */
struct identifier {
	enum id_type type;
	struct text value;
};

enum address_family { ADDRESS_NONE, ADDRESS_IPV4, ADDRESS_IPV6, ADDRESS_MAC };

struct address {
	uint8_t family; /* enum address_family */
	uint8_t octets[16];
};

struct vlan_tag {
	uint16_t id; /* 0: priority tag */
	uint8_t priority;
	bool service; /* TPID 0x88a8 */
};

struct vlan_name {
	uint16_t id;
	struct text name;
};

/* The sets of system capabilities; bit numbers are of LLDP (802.1AB-2016,
 * table 8-4) as far as it has them. */
enum capability {
	CAPABILITY_OTHER = 1 << 0,
	CAPABILITY_REPEATER = 1 << 1,
	CAPABILITY_BRIDGE = 1 << 2,
	CAPABILITY_WLAN_ACCESS_POINT = 1 << 3,
	CAPABILITY_ROUTER = 1 << 4,
	CAPABILITY_TELEPHONE = 1 << 5,
	CAPABILITY_DOCSIS = 1 << 6,
	CAPABILITY_STATION = 1 << 7,
	CAPABILITY_CVLAN = 1 << 8,
	CAPABILITY_SVLAN = 1 << 9,
	CAPABILITY_TPMR = 1 << 10,
	CAPABILITY_SOURCE_ROUTE_BRIDGE = 1 << 16, /* CDP from here on */
	CAPABILITY_SWITCH = 1 << 17,
	CAPABILITY_HOST = 1 << 18,
	CAPABILITY_IGMP = 1 << 19,
	CAPABILITY_CVTA = 1 << 20,
	CAPABILITY_TWO_PORT_MAC_RELAY = 1 << 21,
	CAPABILITY_REMOTELY_MANAGED = 1 << 22
};

enum duplex { DUPLEX_HALF, DUPLEX_FULL };

/* Bits of neighbor.has. */
enum neighbor_has {
	HAS_VERSION = 1 << 0,
	HAS_TTL = 1 << 1,
	HAS_CAPABILITIES = 1 << 2,
	HAS_NATIVE_VLAN = 1 << 3,
	HAS_PVID = 1 << 4,
	HAS_VOICE_VLAN = 1 << 5,
	HAS_MANAGEMENT_VLAN = 1 << 6,
	HAS_DUPLEX = 1 << 7,
	HAS_AUTONEGOTIATION = 1 << 8,
	HAS_MTU = 1 << 9,
	HAS_MAX_FRAME = 1 << 10,
	HAS_AGGREGATION = 1 << 11,
	HAS_CHECKSUM = 1 << 12,
	HAS_VLAN_BITMAP = 1 << 13,
	HAS_MAU_TYPE = 1 << 14
};

/* A fact of a group: power, med, dcbx, or a vendor's name; report/facts.h names
 * them. */
enum fact_kind {
	FACT_NUMBER,
	FACT_BOOLEAN,
	FACT_TEXT,
	FACT_MAC,     /* 'text' holds 6 raw octets */
	FACT_ADDRESS, /* 'text' holds family octet and address, as
			 ID_NETWORK_ADDRESS */
	FACT_LIST,  /* 'text' holds raw octets, shown as an array of numbers */
	FACT_OCTETS /* 'text' holds raw octets, shown in hexadecimal */
};

struct fact {
	uint16_t name; /* enum fact_name of report/facts.h */
	uint8_t kind;  /* enum fact_kind */
	union {
		uint32_t number; /* also of FACT_BOOLEAN */
		struct text text;
	};
};

struct unknown_tlv {
	uint32_t oui;  /* LLDP: 24 bits of an organization; 0: basic type */
	uint16_t type; /* type or subtype */
	uint16_t size; /* octets of its value */
};

struct neighbor {
	uint32_t has; /* enum neighbor_has */
	enum protocol protocol;
	enum scope scope;
	uint8_t source_mac[MAC_SIZE];
	uint8_t destination_mac[MAC_SIZE];
	uint16_t ttl_s; /* 0: the neighbor says goodbye */
	uint8_t version;
	uint8_t vlan_tag_count;
	struct vlan_tag vlan_tags[NEIGHBOR_TAGS_MOST]; /* outermost first */

	struct identifier chassis_id;
	struct identifier port_id;
	struct text port_description;
	struct text system_name;
	struct text system_description;
	struct text platform; /* model */
	struct text software;
	struct text vtp_domain;
	struct text serial;
	uint32_t capabilities_supported; /* enum capability */
	uint32_t capabilities_enabled;

	uint16_t native_vlan; /* CDP 0x000a */
	uint16_t pvid;        /* 802.1; 0: the port has none */
	uint16_t voice_vlan;
	uint16_t management_vlan;
	uint16_t max_frame; /* 802.3 */
	uint32_t mtu;       /* CDP 0x0011 */
	enum duplex duplex;
	struct {
		bool supported, enabled;
		uint16_t advertised; /* 802.3 PMD bits, in its order */
		uint16_t mau_type;   /* IANA MAU MIB dot3MauType */
	} autonegotiation;
	struct {
		bool capable, enabled;
		uint32_t port; /* aggregated port's number; 0: none */
	} aggregation;
	bool checksum_wrong; /* CDP, FDP, EDP: noted, not fatal */

	uint16_t skipped_tlvs; /* bad or unusable optional TLVs */
	uint16_t lost_items;   /* values beyond a limit of this struct */
	uint16_t texts_used;
	uint8_t address_count;
	uint8_t vlan_count;
	uint8_t fact_count;
	uint8_t unknown_count;

	/* Not zeroed: valid up to the counts above. */
	struct address management_addresses[NEIGHBOR_ADDRESSES_MOST];
	struct unknown_tlv unknown_tlvs[NEIGHBOR_UNKNOWN_MOST];
	struct fact facts[NEIGHBOR_FACTS_MOST];
	struct vlan_name vlans[NEIGHBOR_VLANS_MOST];
	uint8_t vlan_bitmap[NEIGHBOR_VLAN_BITMAP_SIZE]; /* HAS_VLAN_BITMAP */
	char texts[NEIGHBOR_TEXTS_SIZE];
};

/* Makes '*n' empty.  In pieces, since gcc makes one large memset a string
 * instruction that takes a tenth of the time of decoding a frame. */
static inline void
neighbor_clear(struct neighbor *n)
{
	enum { HEAD = offsetof(struct neighbor, management_addresses) };
	enum { PIECE = 32 };
	uint8_t *octets = (uint8_t *)n;

	for (size_t at = 0; at + PIECE <= HEAD; at += PIECE)
		memset(octets + at, 0, PIECE);
	memset(octets + HEAD - PIECE, 0, PIECE);
	n->texts_used = 1; /* so that no text stands at 0 */
}

/* The text, lent until '*n' changes; NULL when the frame does not say it. */
static inline const char *
neighbor_text(const struct neighbor *n, struct text text)
{
	return text.at ? &n->texts[text.at] : NULL;
}

/* Cleans what is left in 'c' into the texts of 'n' (base/text.h).  What does
 * not fit is cut and counted in lost_items.  The text may be empty, and is
 * absent only when 'c' has failed or there is no room at all. */
struct text neighbor_add_text(struct neighbor *n, struct cursor *c);

/* Keeps what is left in 'c' as raw octets. */
struct text neighbor_add_octets(struct neighbor *n, struct cursor *c);

/* Each keeps one more item; what is beyond the limit is counted as lost. */
void neighbor_add_address(
    struct neighbor *n, enum address_family family, const uint8_t *octets);
void neighbor_add_vlan(struct neighbor *n, uint16_t id, struct text name);
void neighbor_add_number(struct neighbor *n, unsigned name, uint32_t number);
void neighbor_add_boolean(struct neighbor *n, unsigned name, bool value);
void neighbor_add_fact(struct neighbor *n, unsigned name, enum fact_kind kind,
    struct cursor *value);
/* The same for a text or octets that 'n' keeps already; nothing when absent. */
void neighbor_add_fact_text(
    struct neighbor *n, unsigned name, enum fact_kind kind, struct text text);
void neighbor_add_unknown(
    struct neighbor *n, uint32_t oui, unsigned type, size_t size);

/* Writes an identifier as people read it ("00:11:22:33:44:55", "10.0.0.1",
 * "Ethernet1/3") into 'out' and gives 'out'; "" when it is absent. */
const char *neighbor_id_text(const struct neighbor *n,
    const struct identifier *id, char *out, size_t capacity);

/* Reads family octet and raw address (ID_NETWORK_ADDRESS, FACT_ADDRESS); false
 * when it is neither IPv4 nor IPv6. */
bool neighbor_text_address(
    const struct neighbor *n, struct text text, struct address *out);

/* The names used in documents: "lldp", "nearest-bridge", "interface_name". */
const char *protocol_name(enum protocol protocol);
const char *scope_name(enum scope scope);
const char *id_type_name(enum id_type type);

#endif
