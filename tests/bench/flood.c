/*
 * flood.c - tagged broadcasts at a steady rate on one NIC.
 *
 * Usage: flood NIC RATE SECONDS VLANS
 * Sends RATE ARP requests a second, of VLANS VLANs in turn, beginning with 100.
 * Prints how many it sent.
 */
#include <errno.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/if_ether.h>
#include <linux/if_packet.h>

enum { FRAME_SIZE = 64, AT_TAG = 14, AT_ONCE = 64, NS_PER_S = 1000000000 };

static const uint8_t request[FRAME_SIZE] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0x52, 0x54, 0, 0x12, 0x34, 0x56, 0x81, 0, 0, 0, 8, 6, 0, 1, 8, 0, 6, 4,
	0, 1, 0x52, 0x54, 0, 0x12, 0x34, 0x56, 10, 1, 0, 7 };

static int
open_nic(const char *name)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET };
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	to.sll_ifindex = (int)if_nametoindex(name);
	if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)) < 0) {
		fprintf(stderr, "%s: %s\n", name, strerror(errno));
		exit(1);
	}
	return fd;
}

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)NS_PER_S + t.tv_nsec;
}

/* Sends the next ones; gives how many went. */
static unsigned long
send_some(int fd, unsigned long sent, unsigned long vlans)
{
	static uint8_t frames[AT_ONCE][FRAME_SIZE];
	struct iovec parts[AT_ONCE];
	struct mmsghdr messages[AT_ONCE];
	int count;

	memset(messages, 0, sizeof(messages));
	for (unsigned i = 0; i < AT_ONCE; i++) {
		unsigned long vlan = 100 + (sent + i) % vlans;

		memcpy(frames[i], request, FRAME_SIZE);
		frames[i][AT_TAG] = (uint8_t)(vlan >> 8);
		frames[i][AT_TAG + 1] = (uint8_t)vlan;
		parts[i] = (struct iovec){ frames[i], FRAME_SIZE };
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	count = sendmmsg(fd, messages, AT_ONCE, 0);
	return count < 0 ? 0 : (unsigned long)count;
}

int
main(int argc, char **argv)
{
	unsigned long rate, vlans, sent = 0;
	int64_t start, end;
	int fd;

	if (argc != 5) {
		fprintf(stderr, "usage: flood NIC RATE SECONDS VLANS\n");
		return 2;
	}
	fd = open_nic(argv[1]);
	rate = strtoul(argv[2], NULL, 10);
	vlans = strtoul(argv[4], NULL, 10);
	start = now_ns();
	end = start + strtol(argv[3], NULL, 10) * NS_PER_S;
	for (int64_t now = start; now < end; now = now_ns()) {
		double due = (double)(now - start) / NS_PER_S * (double)rate;

		if ((double)sent < due)
			sent += send_some(fd, sent, vlans);
	}
	printf("%lu\n", sent);
	return 0;
}
