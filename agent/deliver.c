#include "agent/deliver.h"

#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "agent/deliver_place.h"
#include "base/clock.h"
#include "base/failover.h"
#include "base/gzip.h"
#include "base/secret.h"
#include "base/text.h"

enum {
	DOCUMENT_SIZE_MOST = 16 << 20,
	REPLY_SIZE_MOST = 64 * 1024, /* a problem document has some hundred */
	/* What is smaller takes one or two packets anyway. */
	PACKED_SIZE_LEAST = 2048,
	URL_SIZE = 1024,
	STATUS_CONFLICTS = 409
};

static const char ROUTE[] = "/api/v1/reports";
static const char UNIX_PREFIX[] = "unix:";

struct deliver {
	const struct deliver_settings *settings;
	const struct spool *spool;
	CURL *curl;
	struct curl_slist *headers;
	struct failover failover;
	struct buffer document, packed, reply;
	bool plain; /* a collector refused what was packed, this time */
	char *why;
	char lost[DELIVER_WHY_SIZE]; /* what was not taken, and why */
};

static size_t
take_reply(char *octets, size_t size, size_t count, void *data)
{
	struct buffer *reply = data;

	/* More than fits is not worth keeping, but no failure either. */
	if (reply->size + size * count <= REPLY_SIZE_MOST)
		buffer_append(reply, octets, size * count);
	return size * count;
}

/* The path of a Unix socket; NULL when the address is a URL. */
static const char *
unix_path_of(const char *collector)
{
	size_t size = sizeof(UNIX_PREFIX) - 1;

	return strncmp(collector, UNIX_PREFIX, size) == 0 ? collector + size
							  : NULL;
}

static void
set_address(struct deliver *d, const char *collector)
{
	char url[URL_SIZE];
	size_t length = strlen(collector);

	if (unix_path_of(collector)) {
		curl_easy_setopt(
		    d->curl, CURLOPT_UNIX_SOCKET_PATH, unix_path_of(collector));
		snprintf(url, sizeof(url), "http://localhost%s", ROUTE);
	} else {
		curl_easy_setopt(d->curl, CURLOPT_UNIX_SOCKET_PATH, NULL);
		while (length > 0 && collector[length - 1] == '/')
			length--;
		snprintf(
		    url, sizeof(url), "%.*s%s", (int)length, collector, ROUTE);
	}
	curl_easy_setopt(d->curl, CURLOPT_URL, url);
}

/* Why a collector was not reached.  Of a Unix socket curl says no more than
 * "Failed to connect to localhost". */
static const char *
reason_of(
    struct deliver *d, const char *collector, CURLcode code, const char *error)
{
	long number = 0;

	curl_easy_getinfo(d->curl, CURLINFO_OS_ERRNO, &number);
	if (code != CURLE_COULDNT_CONNECT || !unix_path_of(collector))
		return error[0] ? error : curl_easy_strerror(code);
	if (number == ENOENT)
		return "there is no such socket; is demarc-collector running?";
	if (number == ECONNREFUSED)
		return "nobody listens there; is demarc-collector running?";
	return number > 0 ? strerror((int)number) : "cannot connect";
}

/* The headers of one request: those of all, and what our clock shows now, so
 * that the collector can tell a clock that is off from a report that waited.
 * Free the one that is returned. */
static struct curl_slist *
set_headers(struct deliver *d, bool packed)
{
	char sent_at[48];
	struct curl_slist *headers, *next;

	snprintf(sent_at, sizeof(sent_at), "Demarc-Sent-At: %lld",
	    (long long)clock_unix_s());
	headers = curl_slist_append(NULL, sent_at);
	for (next = d->headers; headers && next; next = next->next)
		(void)curl_slist_append(headers, next->data);
	if (headers && packed)
		(void)curl_slist_append(headers, "Content-Encoding: gzip");
	curl_easy_setopt(
	    d->curl, CURLOPT_HTTPHEADER, headers ? headers : d->headers);
	return headers;
}

/* Sends the document to one collector; 0: not reached, else its status. */
static long
post(struct deliver *d, const char *collector, bool packed)
{
	const struct buffer *body = packed ? &d->packed : &d->document;
	char error[CURL_ERROR_SIZE] = "";
	struct curl_slist *headers = set_headers(d, packed);
	CURLcode code;
	long status = 0;

	buffer_clear(&d->reply);
	set_address(d, collector);
	curl_easy_setopt(d->curl, CURLOPT_ERRORBUFFER, error);
	curl_easy_setopt(d->curl, CURLOPT_POSTFIELDS, buffer_string(body));
	curl_easy_setopt(
	    d->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->size);
	code = curl_easy_perform(d->curl);
	curl_easy_setopt(d->curl, CURLOPT_ERRORBUFFER, NULL);
	curl_easy_setopt(d->curl, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(headers);
	if (code == CURLE_OK)
		curl_easy_getinfo(d->curl, CURLINFO_RESPONSE_CODE, &status);
	else
		snprintf(d->why, DELIVER_WHY_SIZE,
		    "collector %.80s not reached: %.120s", collector,
		    reason_of(d, collector, code, error));
	return status;
}

static bool
is_taken(long status)
{
	return status >= 200 && status < 300;
}

/* Refused for good: what is wrong is the document, and it will be wrong
 * tomorrow.  Any other refusal may be the address or a right, and waits. */
static bool
is_refused(long status)
{
	return status == 400 || status == 413 || status == 415 || status == 422;
}

/* Sends it packed where that makes it smaller.  A collector that does not know
 * the coding says so (415), or takes it for a broken document (400): whatever
 * is refused packed is refused only if it is refused as it is, too. */
static long
post_smaller(struct deliver *d, const char *collector)
{
	long status;

	if (d->packed.size == 0 || d->plain)
		return post(d, collector, false);
	status = post(d, collector, true);
	if (!is_refused(status))
		return status;
	d->plain = true;
	return post(d, collector, false);
}

/* Sends it to the collector that answered last, or to each in turn, until one
 * gives an answer that settles it. */
static long
post_to_any(struct deliver *d)
{
	for (bool over = false; !over;) {
		int64_t now_ms = clock_unix_ms();
		size_t place = failover_place(&d->failover, now_ms);
		const char *to = d->settings->collectors.items[place];
		uint64_t dice = (uint64_t)now_ms;
		long status = 0;

		if (!d->settings->token_file || secret_may_go_to(to))
			status = post_smaller(d, to);
		else
			snprintf(d->why, DELIVER_WHY_SIZE,
			    "collector %.80s: a token goes to https:// and "
			    "unix:/ only",
			    to);

		if (is_taken(status) || is_refused(status) ||
		    status == STATUS_CONFLICTS) {
			failover_succeed(&d->failover, place);
			return status;
		}
		if (status == 401 || status == 403)
			snprintf(d->why, DELIVER_WHY_SIZE,
			    "collector %.80s refuses %s (%ld); see token_file",
			    to,
			    d->settings->token_file ? "this host's token"
						    : "who shows no token",
			    status);
		else if (status != 0)
			snprintf(d->why, DELIVER_WHY_SIZE,
			    "collector %.80s answers with status %ld", to,
			    status);
		(void)!getrandom(&dice, sizeof(dice), GRND_NONBLOCK);
		over =
		    failover_fail(&d->failover, place, clock_unix_ms(), dice);
	}
	return 0;
}

/* Keeps the document with what was said of it. */
static void
set_aside(struct deliver *d, const struct spool_entry *entry, long status)
{
	char said[120];
	bool cut;

	said[text_clean(said, sizeof(said) - 1, buffer_string(&d->reply),
	    d->reply.size, &cut)] = '\0';
	snprintf(d->lost, sizeof(d->lost),
	    "the collector refused a document (%ld), kept in spool/refused: "
	    "%.120s",
	    status, said);
	if (spool_refuse(d->spool, entry, buffer_string(&d->reply)) !=
	    STATUS_OK)
		spool_remove(d->spool, entry);
}

/* One document; DELIVER_DONE: go on with the next. */
static enum deliver_result
deliver_one(struct deliver *d, const struct spool_entry *entry)
{
	enum status read;
	long status;

	buffer_clear(&d->document);
	read = spool_read(d->spool, entry, &d->document);
	if (read == STATUS_NOT_FOUND)
		return DELIVER_DONE; /* dropped meanwhile */
	if (read != STATUS_OK || d->document.size == 0) {
		snprintf(d->lost, sizeof(d->lost),
		    "%s cannot be read and was removed", entry->name);
		spool_remove(d->spool, entry);
		return DELIVER_DONE;
	}
	buffer_clear(&d->packed);
	if (d->document.size >= PACKED_SIZE_LEAST &&
	    gzip_pack(buffer_string(&d->document), d->document.size, GZIP_SOME,
		&d->packed) != STATUS_OK)
		buffer_clear(&d->packed);
	status = post_to_any(d);
	if (is_taken(status)) {
		spool_remove(d->spool, entry);
	} else if (status == STATUS_CONFLICTS &&
		   entry->kind == SPOOL_HEARTBEAT) {
		spool_remove(d->spool, entry);
		return DELIVER_CONFLICT;
	} else if (status == STATUS_CONFLICTS) {
		/* To send it anew at once would never end. */
		snprintf(d->why, DELIVER_WHY_SIZE,
		    "the collector does not take the whole report (409)");
		return DELIVER_LATER;
	} else if (is_refused(status)) {
		set_aside(d, entry, status);
	} else {
		return DELIVER_LATER;
	}
	return DELIVER_DONE;
}

/* The headers of all requests.  The token is read each time: it may be another
 * one since. */
static bool
set_common_headers(struct deliver *d)
{
	char token[SECRET_SIZE], line[SECRET_SIZE + 32];
	char error[SECRET_ERROR_SIZE];
	const char *path = d->settings->token_file;

	curl_slist_free_all(d->headers);
	d->headers = curl_slist_append(NULL, "Content-Type: application/json");
	/* No waiting for "100 Continue": a report is small. */
	if (!d->headers || !curl_slist_append(d->headers, "Expect:")) {
		text_copy(d->why, DELIVER_WHY_SIZE, "no memory for a request");
		return false;
	}
	if (!path)
		return true;
	if (secret_read_token(path, token, error) != STATUS_OK) {
		snprintf(d->why, DELIVER_WHY_SIZE, "%.200s", error);
		return false;
	}
	snprintf(line, sizeof(line), "Authorization: Bearer %s", token);
	(void)curl_slist_append(d->headers, line);
	explicit_bzero(token, sizeof(token));
	explicit_bzero(line, sizeof(line));
	return true;
}

/* A connection that was kept may lead nowhere by now: what is sent by it and
 * not acknowledged shows that, as soon as a new one would. */
static int
bound_silence(void *context, curl_socket_t fd, curlsocktype type)
{
	const struct deliver *d = context;
	unsigned most_ms = (unsigned)d->settings->connect_ms;

	(void)type;
	/* Of a Unix socket it is none. */
	(void)setsockopt(
	    fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &most_ms, sizeof(most_ms));
	return CURL_SOCKOPT_OK;
}

static void
set_up(struct deliver *d)
{
	const struct deliver_settings *s = d->settings;

	curl_easy_setopt(d->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(d->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(d->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(d->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(d->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(
	    d->curl, CURLOPT_USERAGENT, "demarc-deliver/" DEMARC_VERSION);
	curl_easy_setopt(d->curl, CURLOPT_CONNECTTIMEOUT_MS, s->connect_ms);
	curl_easy_setopt(d->curl, CURLOPT_TIMEOUT_MS, s->total_ms);
	curl_easy_setopt(d->curl, CURLOPT_SOCKOPTFUNCTION, bound_silence);
	curl_easy_setopt(d->curl, CURLOPT_SOCKOPTDATA, d);
	curl_easy_setopt(d->curl, CURLOPT_WRITEFUNCTION, take_reply);
	curl_easy_setopt(d->curl, CURLOPT_WRITEDATA, &d->reply);
	if (s->ca) {
		/* Those of the named file, and no others. */
		curl_easy_setopt(d->curl, CURLOPT_CAINFO, s->ca);
		curl_easy_setopt(d->curl, CURLOPT_CAPATH, NULL);
	}
	/* Read for each connection: who stays sees one that is replaced. */
	curl_easy_setopt(d->curl, CURLOPT_CA_CACHE_TIMEOUT, 0L);
	buffer_init(&d->document, DOCUMENT_SIZE_MOST);
	buffer_init(&d->packed, DOCUMENT_SIZE_MOST);
	buffer_init(&d->reply, REPLY_SIZE_MOST);
}

struct deliver *
deliver_new(const struct deliver_settings *settings, const struct spool *spool)
{
	struct deliver *d = calloc(1, sizeof(*d));
	CURL *curl = curl_easy_init();

	if (!d || !curl) {
		curl_easy_cleanup(curl);
		free(d);
		return NULL;
	}
	d->settings = settings;
	d->spool = spool;
	d->curl = curl;
	d->failover = (struct failover){ .count = settings->collectors.count,
		.return_ms = settings->return_ms };
	deliver_place_read(
	    spool, &settings->collectors, clock_unix_ms(), &d->failover);
	set_up(d);
	return d;
}

void
deliver_free(struct deliver *d)
{
	if (!d)
		return;
	buffer_done(&d->document);
	buffer_done(&d->packed);
	buffer_done(&d->reply);
	curl_slist_free_all(d->headers);
	curl_easy_cleanup(d->curl);
	free(d);
}

enum deliver_result
deliver_all(struct deliver *d, char why[static DELIVER_WHY_SIZE])
{
	enum deliver_result result = DELIVER_DONE;
	struct spool_entry entry;

	why[0] = '\0';
	d->why = why;
	d->lost[0] = '\0';
	d->plain = false;
	if (!set_common_headers(d))
		result = DELIVER_LATER;
	while (result == DELIVER_DONE &&
	       spool_next(d->spool, 0, &entry) == STATUS_OK)
		result = deliver_one(d, &entry);
	deliver_place_keep(d->spool, &d->settings->collectors, &d->failover);
	/* That another collector was tried before is of no account now. */
	if (result == DELIVER_DONE)
		text_copy(why, DELIVER_WHY_SIZE, d->lost);
	return result;
}
