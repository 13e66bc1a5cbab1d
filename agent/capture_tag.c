#include "agent/capture_tag.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <string.h>

static const struct tpacket_auxdata *
auxdata_of(struct msghdr *message)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;
	     c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level == SOL_PACKET &&
		    c->cmsg_type == PACKET_AUXDATA)
			return (const void *)CMSG_DATA(c);
	}
	return NULL;
}

size_t
capture_tag_put_back(struct msghdr *message, uint8_t *octets)
{
	const struct tpacket_auxdata *aux = auxdata_of(message);
	uint16_t tag[2];

	if (!aux || !(aux->tp_status & TP_STATUS_VLAN_VALID))
		return CAPTURE_TAG_SIZE;
	tag[0] = htons(ETH_P_8021Q);
	if (aux->tp_status & TP_STATUS_VLAN_TPID_VALID)
		tag[0] = htons(aux->tp_vlan_tpid);
	tag[1] = htons(aux->tp_vlan_tci);
	memmove(octets, octets + CAPTURE_TAG_SIZE, CAPTURE_ADDRESSES_SIZE);
	memcpy(octets + CAPTURE_ADDRESSES_SIZE, tag, sizeof(tag));
	return 0;
}
