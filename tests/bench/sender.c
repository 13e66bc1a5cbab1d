/*
 * sender.c - LLDP frames at a steady rate, round robin over many NICs.
 *
 * Usage: sender PREFIX COUNT RATE SECONDS
 * Sends RATE frames a second in all over PREFIX0 .. PREFIX(COUNT-1), the same
 * one again on each NIC, as a switch does.  Prints how many it sent.
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

#include <arpa/inet.h>

enum {
	FRAME_MAX = 400,
	NICS_MAX = 1024,
};

struct nic {
	int socket;
	size_t size;
	uint8_t frame[FRAME_MAX];
};

static struct nic nics[NICS_MAX];

/* Appends one LLDP TLV: 7 bits of type, 9 of length. */
static void
add_tlv(struct nic *n, unsigned type, const void *value, size_t size)
{
	n->frame[n->size++] = (uint8_t)(type << 1 | size >> 8);
	n->frame[n->size++] = (uint8_t)size;
	memcpy(n->frame + n->size, value, size);
	n->size += size;
}

static void
add_text(struct nic *n, unsigned type, const char *text)
{
	add_tlv(n, type, text, strlen(text));
}

/* What a Nexus leaf says on its port 'number': about 300 octets. */
static void
build_frame(struct nic *n, unsigned number)
{
	static const uint8_t head[] = { 0x01, 0x80, 0xc2, 0, 0, 0x0e, 0, 0xde,
		0xfb, 0, 1, 0, 0x88, 0xcc };
	static const uint8_t chassis[] = { 4, 0, 0xde, 0xfb, 0, 0, 1 };
	static const uint8_t ttl[] = { 0, 120 };
	static const uint8_t capabilities[] = { 0, 0x14, 0, 0x14 };
	static const uint8_t address[] = { 5, 1, 198, 51, 100, 1, 2, 0, 0, 0, 1,
		0 };
	static const uint8_t pvid[] = { 0, 0x80, 0xc2, 1, 0, 10 };
	static const uint8_t vlan[] = { 0, 0x80, 0xc2, 3, 0, 10, 4, 'p', 'r',
		'o', 'd' };
	static const uint8_t frame_size[] = { 0, 0x12, 0x0f, 4, 0x23, 0xfe };
	char port[32];

	memcpy(n->frame, head, sizeof(head));
	n->size = sizeof(head);
	n->frame[11] = (uint8_t)number;
	snprintf(port, sizeof(port), "\5Ethernet1/%u", number);
	add_tlv(n, 1, chassis, sizeof(chassis));
	add_text(n, 2, port);
	add_tlv(n, 3, ttl, sizeof(ttl));
	add_text(n, 4, "to a host of the benchmark, rack 7, unit 12");
	add_text(n, 5, "leaf1a.dc1.example.net");
	add_text(n, 6,
	    "Cisco Nexus Operating System (NX-OS) Software 9.3(8)\n"
	    "TAC support: http://www.example.net/tac\n"
	    "Copyright (c) 2002-2021, a vendor of switches");
	add_tlv(n, 7, capabilities, sizeof(capabilities));
	add_tlv(n, 8, address, sizeof(address));
	add_tlv(n, 127, pvid, sizeof(pvid));
	add_tlv(n, 127, vlan, sizeof(vlan));
	add_tlv(n, 127, frame_size, sizeof(frame_size));
	add_text(n, 0, "");
}

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

static void
send_all(unsigned count, unsigned rate, unsigned seconds)
{
	struct timespec next;
	unsigned long sent = 0, failed = 0;

	clock_gettime(CLOCK_MONOTONIC, &next);
	for (unsigned long i = 0; i < (unsigned long)rate * seconds; i++) {
		const struct nic *n = &nics[i % count];

		if (send(n->socket, n->frame, n->size, 0) == (ssize_t)n->size)
			sent++;
		else
			failed++;
		next.tv_nsec += 1000000000L / (long)rate;
		if (next.tv_nsec >= 1000000000L) {
			next.tv_nsec -= 1000000000L;
			next.tv_sec++;
		}
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
	printf("%lu\n", sent);
	if (failed > 0)
		fprintf(stderr, "%lu frames were not sent\n", failed);
}

static unsigned
number(const char *text)
{
	return (unsigned)strtoul(text, NULL, 10);
}

int
main(int argc, char **argv)
{
	if (argc != 5 || number(argv[2]) > NICS_MAX || number(argv[3]) == 0) {
		fprintf(stderr, "usage: sender PREFIX COUNT RATE SECONDS\n");
		return 2;
	}
	for (unsigned i = 0; i < number(argv[2]); i++) {
		char name[IF_NAMESIZE];

		snprintf(name, sizeof(name), "%.8s%u", argv[1], i);
		nics[i].socket = open_nic(name);
		build_frame(&nics[i], i);
	}
	send_all(number(argv[2]), number(argv[3]), number(argv[4]));
	return 0;
}
