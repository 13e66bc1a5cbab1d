#include "agent/read.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/describe.h"
#include "agent/savefile.h"
#include "report/neighbor_json.h"

enum {
	/* Few system calls, and what is written stays in the cache. */
	FLUSH_AT = 64 * 1024,
	/* A frame has at most 64 KiB of text, and six octets an escape. */
	OUTPUT_LIMIT = FLUSH_AT + 1024 * 1024
};

static const char usage[] =
    "usage: demarc-agent read [--json] FILE...\n"
    "\n"
    "Shows what the discovery frames of capture files (pcap, pcapng) say:\n"
    "LLDP, CDP, EDP, FDP and SONMP, on Ethernet and Cisco HDLC.  FILE - is\n"
    "the standard input, as in: tcpdump -i eno1 -w - | demarc-agent read -\n"
    "\n"
    "  --json    one JSON object a line, one line a captured frame\n"
    "  --help    this text\n"
    "\n"
    "Exit status: 0; 1 when a frame was malformed or a file ends too early;\n"
    "2 when a file cannot be read.\n";

struct counts {
	unsigned long frames;
	unsigned long of[DECODE_NOT_DISCOVERY + 1];
};

struct reader {
	struct buffer out;
	bool json;
	bool several; /* files: lines of JSON then name theirs */
	bool at_once; /* somebody waits for each frame: the input is a pipe */
	bool failed;  /* the output was refused: nobody listens any more */
	int exit_status;
	struct neighbor neighbor;
};

static void
worsen(struct reader *r, int exit_status)
{
	if (exit_status > r->exit_status)
		r->exit_status = exit_status;
}

static void
complain(struct reader *r, const char *path, const char *why, int exit_status)
{
	fprintf(stderr, "demarc-agent: read %s: %s\n", path, why);
	worsen(r, exit_status);
}

/* Writes what has gathered. */
static void
flush(struct reader *r)
{
	struct cursor c = cursor_over(buffer_string(&r->out), r->out.size);

	while (c.left > 0 && !r->failed) {
		ssize_t sent = write(STDOUT_FILENO, c.next, c.left);

		if (sent >= 0) {
			cursor_skip(&c, (size_t)sent);
		} else if (errno != EINTR) {
			complain(r, "output", strerror(errno), READ_NO_FILE);
			r->failed = true;
		}
	}
	buffer_clear(&r->out);
}

void
read_write_frame(struct json *j, const struct read_frame *frame)
{
	const char *status = decode_result_name(frame->result);

	json_object_begin(j);
	if (frame->file)
		json_add_string(j, "file", frame->file);
	json_add_number(j, "frame", (int64_t)frame->number);
	json_name(j, "status");
	json_word(j, status, strlen(status));
	if (frame->reason)
		json_add_string(j, "reason", frame->reason);
	if (frame->result != DECODE_NOT_DISCOVERY &&
	    frame->neighbor->protocol != PROTOCOL_NONE) {
		json_name(j, "neighbor");
		neighbor_json(j, frame->neighbor);
	}
	json_object_end(j);
}

static void
show_frame(struct buffer *out, const struct read_frame *frame)
{
	static const char *const words[] = {
		[DECODE_OK] = "ok",
		[DECODE_MALFORMED] = "malformed",
		[DECODE_NOT_DISCOVERY] = "not discovery",
	};

	buffer_printf(out, "frame %lu: %s%s%s\n", frame->number,
	    words[frame->result], frame->reason ? ": " : "",
	    frame->reason ? frame->reason : "");
	if (frame->result != DECODE_NOT_DISCOVERY)
		describe_neighbor(out, frame->neighbor);
}

static void
take_frame(struct reader *r, struct cursor octets, enum link_type link,
    struct read_frame *frame)
{
	struct json j = json_over(&r->out);

	frame->number++;
	frame->result =
	    decode_frame(link, octets, &r->neighbor, &frame->reason);
	if (frame->result == DECODE_MALFORMED)
		worsen(r, READ_MALFORMED);
	if (r->json) {
		read_write_frame(&j, frame);
		buffer_char(&r->out, '\n');
	} else {
		show_frame(&r->out, frame);
	}
	if (r->at_once || r->out.size >= FLUSH_AT)
		flush(r);
}

static const char *
plural(unsigned long count)
{
	return count == 1 ? "" : "s";
}

static void
show_summary(struct reader *r, const char *path, const struct counts *c)
{
	buffer_printf(&r->out,
	    "%s: %lu frame%s, %lu neighbor%s, %lu malformed, "
	    "%lu not discovery\n",
	    path, c->frames, plural(c->frames), c->of[DECODE_OK],
	    plural(c->of[DECODE_OK]), c->of[DECODE_MALFORMED],
	    c->of[DECODE_NOT_DISCOVERY]);
}

static void
read_file(struct reader *r, const char *path)
{
	char error[SAVEFILE_ERROR_SIZE];
	struct read_frame frame = { .neighbor = &r->neighbor };
	struct counts counts = { 0 };
	struct savefile *file;
	struct cursor octets;

	if (savefile_open(path, &file, error)) {
		complain(r, path, error, READ_NO_FILE);
		return;
	}
	r->at_once = strcmp(path, "-") == 0;
	frame.file = r->several ? path : NULL;
	for (;;) {
		if (savefile_next(file, &octets, error)) {
			flush(r);
			complain(r, path, error, READ_MALFORMED);
			break;
		}
		if (!cursor_ok(&octets) || r->failed)
			break;
		take_frame(r, octets, savefile_link(file), &frame);
		counts.of[frame.result]++;
	}
	savefile_free(file);
	counts.frames = frame.number;
	if (!r->json)
		show_summary(r, path, &counts);
	flush(r);
}

/* Takes the options out of argv[1..]; what stays are files. */
static bool
take_options(struct reader *r, int *argc, char **argv)
{
	bool options = true;
	int kept = 1;

	for (int i = 1; i < *argc; i++) {
		const char *a = argv[i];

		if (!options || a[0] != '-' || strcmp(a, "-") == 0) {
			argv[kept++] = argv[i];
		} else if (strcmp(a, "--") == 0) {
			options = false;
		} else if (strcmp(a, "--json") == 0) {
			r->json = true;
		} else {
			fprintf(stderr,
			    "demarc-agent: read: there is no option %s; "
			    "there are --json and --help\n",
			    a);
			return false;
		}
	}
	*argc = kept;
	return true;
}

static bool
asks_for_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			return true;
	return false;
}

int
read_command(int argc, char **argv)
{
	static struct reader r; /* the neighbor is too large for a stack */

	if (asks_for_help(argc, argv)) {
		fputs(usage, stdout);
		return READ_OK;
	}
	r = (struct reader){ 0 };
	if (!take_options(&r, &argc, argv))
		return READ_NO_FILE;
	if (argc < 2) {
		fprintf(stderr, "demarc-agent: read: which file?\n%s", usage);
		return READ_NO_FILE;
	}
	r.several = argc > 2;
	buffer_init(&r.out, OUTPUT_LIMIT);
	for (int i = 1; i < argc && !r.failed; i++)
		read_file(&r, argv[i]);
	buffer_done(&r.out);
	return r.exit_status;
}
