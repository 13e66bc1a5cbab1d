/*
 * capture_tag.h - puts the outer VLAN tag back into a frame.
 *
 *	packet socket -> [capture_tag] -> capture, capture_tagged
 *
 * The kernel takes the outer tag off before a packet socket sees the frame,
 * whether the NIC did so already or not, and tells it in PACKET_AUXDATA.
 * Frames with a tag that it does not know (0x9100) come as they are.
 *
 * Memory:  the caller's.
 * Errors:  none.
 * Units:   octets.
 * Source:  packet(7); linux/if_packet.h, struct tpacket_auxdata.
 */
#ifndef AGENT_CAPTURE_TAG_H
#define AGENT_CAPTURE_TAG_H

#include <linux/if_packet.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum { CAPTURE_TAG_SIZE = 4, CAPTURE_ADDRESSES_SIZE = 12 };

/* Room for what recvmsg tells of a frame besides its octets. */
enum { CAPTURE_CONTROL_SIZE = CMSG_SPACE(sizeof(struct tpacket_auxdata)) };

/* 'octets' has room for a tag at its front and the received frame, of at least
 * its two addresses, behind that.  Gives where the frame begins: at 0 when a
 * tag was put in, else behind the room. */
size_t capture_tag_put_back(struct msghdr *message, uint8_t *octets);

#endif
