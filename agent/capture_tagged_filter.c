#include "agent/capture_tagged_filter.h"

#include <assert.h>
#include <linux/if_ether.h>

enum {
	OLD_SERVICE_TAG = 0x9100, /* QinQ before 802.1ad */
	GROUP_BIT = 1,            /* of the destination's first octet */
	AT_TYPE = 12,
	AT_TAG = 14,
	VLAN_MASK = 0xfff,
	/* Instructions before the muted VLANs. */
	HEAD = 13
};

/* Loads from where the kernel keeps what it knows of a frame. */
#define LOAD_NOTED(what)                                                       \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(SKF_AD_OFF + (what)))
#define IF_EQUAL(value, then, otherwise)                                       \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, then, otherwise)

void
tagged_filter_make(
    struct tagged_filter *out, const uint16_t *muted, size_t count)
{
	/* From instruction 'at' to the one that refuses. */
#define REFUSE(at) (uint8_t)(HEAD + count - (at))
	const struct sock_filter head[HEAD] = {
		/* 0 */ BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, GROUP_BIT, 0, REFUSE(1)),
		LOAD_NOTED(SKF_AD_VLAN_TAG_PRESENT),
		IF_EQUAL(0, 2, 0),
		/* 4 */ LOAD_NOTED(SKF_AD_VLAN_TAG),
		BPF_STMT(BPF_JMP | BPF_JA, 5), /* to 11 */
		/* 6 */ BPF_STMT(BPF_LD | BPF_H | BPF_ABS, AT_TYPE),
		IF_EQUAL(ETH_P_8021Q, 2, 0),
		IF_EQUAL(ETH_P_8021AD, 1, 0),
		IF_EQUAL(OLD_SERVICE_TAG, 0, REFUSE(9)),
		/* 10 */ BPF_STMT(BPF_LD | BPF_H | BPF_ABS, AT_TAG),
		/* 11 */ BPF_STMT(BPF_ALU | BPF_AND | BPF_K, VLAN_MASK),
		/* 12: priority tags are of no VLAN */
		IF_EQUAL(0, REFUSE(12), 0),
	};
	size_t at = HEAD;

	assert(count <= TAGGED_MUTED_MOST);
	for (size_t i = 0; i < HEAD; i++)
		out->code[i] = head[i];
	/* The next one is the one that takes, or another question. */
	for (size_t i = 0; i < count; i++, at++)
		out->code[at] = (struct sock_filter)IF_EQUAL(
		    muted[i], (uint8_t)(count - i), 0);
	out->code[at++] =
	    (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, TAGGED_FRAME_SIZE);
	out->code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0);
	out->size = (uint16_t)at;
#undef REFUSE
}
