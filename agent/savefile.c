#include "agent/savefile.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Few system calls for a large file; little memory. */
enum { STREAM_BUFFER_SIZE = 64 * 1024 };

struct savefile {
	pcap_t *pcap;
	enum link_type link;
	char stream_buffer[STREAM_BUFFER_SIZE];
};

static enum status
fail(enum status status, const char *why, char *error)
{
	snprintf(error, SAVEFILE_ERROR_SIZE, "%s", why);
	return status;
}

static enum status
fail_to_open(int number, char *error)
{
	switch (number) {
	case ENOENT:
		return fail(STATUS_NOT_FOUND, "there is no such file", error);
	case EACCES:
	case EPERM:
		return fail(
		    STATUS_NOT_ALLOWED, "the file may not be read", error);
	default:
		return fail(STATUS_SYSTEM, strerror(number), error);
	}
}

/* What frames the file holds. */
static enum status
find_link(struct savefile *file, char *error)
{
	int type = pcap_datalink(file->pcap);
	const char *name = pcap_datalink_val_to_name(type);

	if (type != DLT_EN10MB && type != DLT_C_HDLC) {
		snprintf(error, SAVEFILE_ERROR_SIZE,
		    "its frames are of link type %s (%d); demarc reads "
		    "EN10MB (Ethernet) and C_HDLC (Cisco HDLC)",
		    name ? name : "unknown", type);
		return STATUS_UNKNOWN;
	}
	file->link = type == DLT_EN10MB ? LINK_ETHERNET : LINK_CISCO_HDLC;
	return STATUS_OK;
}

static void
close_stream(FILE *stream)
{
	if (stream != stdin)
		fclose(stream);
}

/* 'file' is empty but for its buffer, which the stream is to use. */
static enum status
open_pcap(struct savefile *file, FILE *taken_stream, char *error)
{
	char why[PCAP_ERRBUF_SIZE] = "";

	if (taken_stream != stdin) /* which outlives us */
		(void)setvbuf(taken_stream, file->stream_buffer, _IOFBF,
		    STREAM_BUFFER_SIZE);
	file->pcap = pcap_fopen_offline(taken_stream, why);
	if (file->pcap)
		return find_link(file, error);
	close_stream(taken_stream);
	snprintf(error, SAVEFILE_ERROR_SIZE,
	    "it is no capture file (pcap or pcapng): %s", why);
	return STATUS_MALFORMED;
}

enum status
savefile_open_stream(FILE *taken_stream, struct savefile **out_file,
    char error[static SAVEFILE_ERROR_SIZE])
{
	struct savefile *file = malloc(sizeof(*file));
	enum status status;

	if (!file) {
		close_stream(taken_stream);
		return fail(STATUS_NO_MEMORY, "no memory", error);
	}
	file->pcap = NULL;
	status = open_pcap(file, taken_stream, error);
	if (status)
		savefile_free(file);
	else
		*out_file = file;
	return status;
}

enum status
savefile_open(const char *path, struct savefile **out_file,
    char error[static SAVEFILE_ERROR_SIZE])
{
	FILE *stream = stdin;

	if (strcmp(path, "-") != 0)
		stream = fopen(path, "rbe");
	if (!stream)
		return fail_to_open(errno, error);
	return savefile_open_stream(stream, out_file, error);
}

void
savefile_free(struct savefile *file)
{
	if (!file)
		return;
	if (file->pcap)
		pcap_close(file->pcap);
	free(file);
}

enum link_type
savefile_link(const struct savefile *file)
{
	return file->link;
}

enum status
savefile_next(struct savefile *file, struct cursor *out_frame,
    char error[static SAVEFILE_ERROR_SIZE])
{
	struct pcap_pkthdr *header;
	const unsigned char *octets;
	int rc = pcap_next_ex(file->pcap, &header, &octets);

	*out_frame = (struct cursor){ .failed = true };
	if (rc == PCAP_ERROR_BREAK)
		return STATUS_OK;
	if (rc != 1) {
		snprintf(error, SAVEFILE_ERROR_SIZE,
		    "it cannot be read further: %s", pcap_geterr(file->pcap));
		return STATUS_MALFORMED;
	}
	*out_frame = cursor_over(octets, header->caplen);
	return STATUS_OK;
}
