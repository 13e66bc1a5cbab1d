#include "agent/memory.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/decode.h"
#include "base/clock.h"

enum {
	SIZE_MOST = 8 << 20, /* 64 NICs with 32 neighbors of 2 KB each */
	BOOT_SIZE = 40,
	MS_PER_S = 1000,
	NUMBERS = 4
};

static const char NAME[] = "neighbors";
static const char UNFINISHED[] = "neighbors.unfinished";
static const char BOOT_ID[] = "/proc/sys/kernel/random/boot_id";

/* A line: NIC, times its link changed, first heard, last heard, frames, the
 * last frame in hexadecimal. */
static void
write_heard(struct buffer *out, const struct nic *nic, const struct heard *h)
{
	if (h->ended != END_NONE)
		return;
	buffer_printf(out,
	    "%s %" PRIu32 " %" PRId64 " %" PRId64 " %" PRIu64 " ",
	    nic->link.name, nic->link.carrier_changes, h->first_at, h->last_at,
	    h->frames);
	for (size_t i = 0; i < h->size; i++)
		buffer_printf(out, "%02x", h->frame[i]);
	buffer_char(out, '\n');
}

void
memory_write(const struct agent *agent, const char *boot, struct buffer *out)
{
	buffer_printf(out, "%s\n", boot);
	for (const struct nic *nic = agent->nics.first; nic; nic = nic->next) {
		const struct neighbors_nic *of =
		    neighbors_find_nic(&agent->neighbors, nic->link.index);

		if (nic->removed_at != 0 || !of)
			continue;
		for (const struct heard *h = of->first; h; h = h->next)
			write_heard(out, nic, h);
	}
}

static unsigned
hex_digit(char c)
{
	return c >= 'a' ? (unsigned)(c - 'a') + 10 : (unsigned)(c - '0');
}

/* Gives the size of the frame; 0: it is none. */
static size_t
read_frame(const char *hex, uint8_t out[static CAPTURE_FRAME_SIZE])
{
	size_t digits = strspn(hex, "0123456789abcdef");

	if (hex[digits] != '\0' || digits % 2 != 0 ||
	    digits / 2 > CAPTURE_FRAME_SIZE)
		return 0;
	for (size_t i = 0; i < digits / 2; i++)
		out[i] = (uint8_t)(hex_digit(hex[2 * i]) << 4 |
				   hex_digit(hex[2 * i + 1]));
	return digits / 2;
}

static const struct nic *
find_nic(const struct agent *agent, const char *name)
{
	for (const struct nic *n = agent->nics.first; n; n = n->next) {
		if (strcmp(n->link.name, name) == 0 && n->listening &&
		    n->link.carrier)
			return n;
	}
	return NULL;
}

static bool
restore(struct agent *agent, const struct nic *nic,
    const int64_t numbers[static NUMBERS], struct cursor frame)
{
	int64_t age_s = clock_unix_s() - numbers[2];
	struct hearing hearing = { .nic = nic->link.index,
		.frame = frame,
		.now = instant_after(clock_now(), -age_s * MS_PER_S),
		.unix_s = numbers[2] };
	struct neighbor said;
	const char *reason;

	if (age_s < 0 ||
	    decode_frame(LINK_ETHERNET, frame, &said, &reason) != DECODE_OK)
		return false;
	if ((said.has & HAS_TTL) ? age_s >= said.ttl_s
				 : age_s >= NEIGHBORS_TTL_S)
		return false;
	hearing.own = nics_own_mac(&agent->nics, said.source_mac);
	return neighbors_restore(&agent->neighbors, &hearing, &said, numbers[1],
	    (uint64_t)numbers[3]);
}

static bool
read_line(struct agent *agent, char *line)
{
	uint8_t frame[CAPTURE_FRAME_SIZE];
	char *rest = line, *name = strsep(&rest, " ");
	const struct nic *nic = find_nic(agent, name);
	int64_t numbers[NUMBERS];
	size_t size;

	for (int i = 0; i < NUMBERS; i++) {
		char *word = strsep(&rest, " ");

		if (!word)
			return false;
		numbers[i] = strtoimax(word, NULL, 10);
	}
	if (!nic || !rest || numbers[0] != nic->link.carrier_changes)
		return false;
	size = read_frame(rest, frame);
	return size > 0 &&
	       restore(agent, nic, numbers, cursor_over(frame, size));
}

unsigned
memory_read(struct agent *agent, const char *boot, char *text)
{
	char *rest = text;
	const char *first = strsep(&rest, "\n");
	unsigned count = 0;

	if (strcmp(first, boot) != 0)
		return 0;
	while (rest && *rest != '\0')
		count += read_line(agent, strsep(&rest, "\n"));
	return count;
}

static bool
read_boot(char out[static BOOT_SIZE])
{
	int fd = open(BOOT_ID, O_RDONLY | O_CLOEXEC);
	ssize_t size = fd < 0 ? -1 : read(fd, out, BOOT_SIZE - 1);

	if (fd >= 0)
		close(fd);
	if (size <= 0)
		return false;
	out[size] = '\0';
	out[strcspn(out, "\n")] = '\0';
	return true;
}

void
memory_save(const struct agent *agent)
{
	CLEANUP(buffer_done) struct buffer text = { .limit = SIZE_MOST };
	char boot[BOOT_SIZE];
	ssize_t written;
	int fd;

	if (agent->spool.directory < 0 || !read_boot(boot))
		return;
	memory_write(agent, boot, &text);
	fd = openat(agent->spool.directory, UNFINISHED,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || !buffer_ok(&text)) {
		if (fd >= 0)
			close(fd);
		return;
	}
	written = write(fd, buffer_string(&text), text.size);
	close(fd);
	/* Not synced: after a power cut it would not be believed anyway. */
	if (written == (ssize_t)text.size)
		(void)!renameat(agent->spool.directory, UNFINISHED,
		    agent->spool.directory, NAME);
}

unsigned
memory_load(struct agent *agent)
{
	CLEANUP(buffer_done) struct buffer text = { .limit = SIZE_MOST };
	const struct spool_entry entry = { .name = "neighbors" };
	char boot[BOOT_SIZE];

	if (agent->spool.directory < 0 || !read_boot(boot) ||
	    spool_read(&agent->spool, &entry, &text) != STATUS_OK ||
	    text.size == 0)
		return 0;
	return memory_read(agent, boot, text.octets);
}
