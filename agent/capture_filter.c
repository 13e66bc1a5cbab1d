#include "agent/capture_filter.h"

#include <pcap/pcap.h>

enum { SNAPSHOT_SIZE = 2048 };

/* EDP's address is a unicast one by its first bit.  It is joined as if it
 * were a group: joined as what it is, it makes a NIC that has no unicast
 * filter promiscuous. */
static const struct capture_address addresses[] = {
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e } }, /* LLDP, nearest bridge */
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x03 } }, /* nearest non-TPMR */
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x00 } }, /* nearest customer */
	{ { 0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcc } }, /* CDP */
	{ { 0x01, 0x00, 0x0c, 0xcd, 0xcd, 0xd0 } }, /* CDP in a tunnel */
	{ { 0x00, 0xe0, 0x2b, 0x00, 0x00, 0x00 } }, /* EDP */
	{ { 0x01, 0xe0, 0x52, 0xcc, 0xcc, 0xcc } }, /* FDP */
	{ { 0x01, 0x00, 0x81, 0x00, 0x01, 0x00 } }, /* SONMP */
	{ { 0x01, 0x00, 0x81, 0x00, 0x01, 0x01 } }, /* SONMP, flat network */
};

/* A length of at most 1500 in the place of the EtherType means LLC; 0x4242 is
 * spanning tree, and the octets from 20 on are the protocol within SNAP.
 * Tagged ones of these pass, and the decoder finds that they are not ours. */
static const char expression[] =
    "((ether dst 01:80:c2:00:00:0e or ether dst 01:80:c2:00:00:03 or"
    " ether dst 01:80:c2:00:00:00) and not"
    " (ether[12:2] = 0x888e or ether[12:2] = 0x88f7 or"
    " (ether[12:2] <= 1500 and ether[14:2] = 0x4242))) or"
    " ((ether dst 01:00:0c:cc:cc:cc or ether dst 01:00:0c:cd:cd:d0) and not"
    " (ether[12:2] <= 1500 and (ether[20:2] = 0x2003 or"
    " ether[20:2] = 0x2004 or ether[20:2] = 0x0111 or"
    " ether[20:2] = 0x0104 or ether[20:2] = 0x010b))) or"
    " ether dst 00:e0:2b:00:00:00 or ether dst 01:e0:52:cc:cc:cc or"
    " ether dst 01:00:81:00:01:00 or ether dst 01:00:81:00:01:01";

static enum status
copy_program(const struct bpf_program *program, struct capture_filter *out)
{
	if (program->bf_len > CAPTURE_FILTER_MOST)
		return STATUS_TOO_LARGE;
	for (unsigned i = 0; i < program->bf_len; i++) {
		const struct bpf_insn *from = &program->bf_insns[i];

		out->code[i] = (struct sock_filter){ .code = from->code,
			.jt = from->jt,
			.jf = from->jf,
			.k = from->k };
	}
	out->size = (uint16_t)program->bf_len;
	return STATUS_OK;
}

enum status
capture_filter_compile(struct capture_filter *out)
{
	enum status status = STATUS_SYSTEM;
	struct bpf_program program;
	pcap_t *dead = pcap_open_dead(DLT_EN10MB, SNAPSHOT_SIZE);

	if (!dead)
		return STATUS_NO_MEMORY;
	if (pcap_compile(dead, &program, expression, 1, PCAP_NETMASK_UNKNOWN) ==
	    0) {
		status = copy_program(&program, out);
		pcap_freecode(&program);
	}
	pcap_close(dead);
	return status;
}

size_t
capture_addresses(const struct capture_address **out_addresses)
{
	*out_addresses = addresses;
	return sizeof(addresses) / sizeof(addresses[0]);
}
