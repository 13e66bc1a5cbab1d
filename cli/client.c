#include "cli/client.h"

#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/secret.h"

static const char unix_prefix[] = "unix:";

static size_t
receive(char *octets, size_t one, size_t count, void *owner)
{
	struct buffer *body = owner;

	buffer_append(body, octets, one * count);
	return buffer_ok(body) ? one * count : 0;
}

static bool
begins_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Writes the URL of 'path' at 'collector'; sets the socket when it is one. */
static enum status
address(CURL *curl, const char *collector, const char *path, struct buffer *url)
{
	size_t size = strlen(collector);

	if (begins_with(collector, unix_prefix)) {
		const char *socket = collector + sizeof(unix_prefix) - 1;

		if (socket[0] != '/')
			return STATUS_MALFORMED;
		curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket);
		buffer_text(url, "http://localhost");
	} else if (begins_with(collector, "http://") ||
		   begins_with(collector, "https://")) {
		while (size > 0 && collector[size - 1] == '/')
			size--;
		buffer_append(url, collector, size);
	} else {
		return STATUS_MALFORMED;
	}
	buffer_text(url, path);
	return buffer_ok(url) ? STATUS_OK : STATUS_TOO_LARGE;
}

/* The environment decides nothing: no proxy, no ~/.netrc, no redirection. */
static void
set_options(CURL *curl, const char *url, struct reply *reply)
{
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CLIENT_CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)CLIENT_TOTAL_S);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "demarc/" DEMARC_VERSION);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply->body);
}

static bool
add_header(struct curl_slist **headers, const char *line)
{
	struct curl_slist *more = curl_slist_append(*headers, line);

	if (more)
		*headers = more;
	return more != NULL;
}

static bool
set_token(const struct client *client, struct curl_slist **headers,
    char error[static CLIENT_ERROR_SIZE])
{
	char token[SECRET_SIZE], line[SECRET_SIZE + 32];
	char why[SECRET_ERROR_SIZE];
	bool added;

	if (!client->token_file)
		return true;
	if (!secret_may_go_to(client->collector)) {
		snprintf(error, CLIENT_ERROR_SIZE,
		    "a token is not sent to %.200s, where others may listen; "
		    "use https:// or unix:/",
		    client->collector);
		return false;
	}
	if (secret_read_token(client->token_file, token, why) != STATUS_OK) {
		snprintf(error, CLIENT_ERROR_SIZE, "%s", why);
		return false;
	}
	snprintf(line, sizeof(line), "Authorization: Bearer %s", token);
	added = add_header(headers, line);
	explicit_bzero(token, sizeof(token));
	explicit_bzero(line, sizeof(line));
	return added;
}

/* Those of the named file, and no others. */
static bool
set_ca(CURL *curl, const char *ca, char error[static CLIENT_ERROR_SIZE])
{
	if (!ca)
		return true;
	if (access(ca, R_OK) != 0) {
		snprintf(error, CLIENT_ERROR_SIZE,
		    "the file of authorities %.200s cannot be used: %s", ca,
		    strerror(errno));
		return false;
	}
	curl_easy_setopt(curl, CURLOPT_CAINFO, ca);
	curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	return true;
}

/* Something listens there, but not as it was asked to; false: nothing does. */
static bool
say_other(CURLcode code, const char *collector, const char *detail,
    char error[static CLIENT_ERROR_SIZE])
{
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		snprintf(error, CLIENT_ERROR_SIZE,
		    "the certificate of %.200s is not trusted: %.120s; --ca "
		    "FILE names who signs it",
		    collector, detail);
	else if (code == CURLE_SSL_CACERT_BADFILE)
		snprintf(error, CLIENT_ERROR_SIZE,
		    "no certificate can be read from the file of --ca: %.200s",
		    detail);
	else if (code == CURLE_SSL_CONNECT_ERROR)
		snprintf(error, CLIENT_ERROR_SIZE,
		    "%.200s does not speak TLS as it should: %.120s; perhaps "
		    "it is http://",
		    collector, detail);
	else if (code == CURLE_GOT_NOTHING && !begins_with(collector, "https:"))
		snprintf(error, CLIENT_ERROR_SIZE,
		    "what listens at %.200s hung up without an answer; perhaps "
		    "it is https://",
		    collector);
	else
		return false;
	return true;
}

/* Of a drawing that is an index. */
static long
pages_of(CURL *curl)
{
	struct curl_header *said;

	return curl_easy_header(curl, "Demarc-Pages", 0, CURLH_HEADER, -1,
		   &said) == CURLHE_OK
		   ? strtol(said->value, NULL, 10)
		   : 0;
}

static enum status
perform(CURL *curl, const char *collector, struct reply *reply,
    char error[static CLIENT_ERROR_SIZE])
{
	char detail[CURL_ERROR_SIZE] = "";
	long number = 0;
	CURLcode code;

	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
	code = curl_easy_perform(curl);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
	if (code == CURLE_OK) {
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply->status);
		reply->pages = pages_of(curl);
		return STATUS_OK;
	}
	if (!buffer_ok(&reply->body)) {
		snprintf(error, CLIENT_ERROR_SIZE,
		    "the reply of %.200s is longer than %d MiB", collector,
		    CLIENT_REPLY_MOST >> 20);
		return STATUS_TOO_LARGE;
	}
	curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &number);
	if (code == CURLE_COULDNT_CONNECT && number != 0)
		snprintf(detail, sizeof(detail), "%s", strerror((int)number));
	if (detail[0] == '\0')
		snprintf(
		    detail, sizeof(detail), "%s", curl_easy_strerror(code));
	if (say_other(code, collector, detail, error))
		return STATUS_UNKNOWN;
	snprintf(error, CLIENT_ERROR_SIZE, "no collector at %.200s: %.200s",
	    collector, detail);
	return STATUS_NOT_FOUND;
}

static bool
set_document(CURL *curl, const char *document, struct curl_slist **headers)
{
	if (!document)
		return true;
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, document);
	return add_header(headers, "Content-Type: application/json");
}

/* 'document' NULL: a question. */
static enum status
ask(const struct client *client, const char *path, const char *document,
    struct reply *out_reply, char error[static CLIENT_ERROR_SIZE])
{
	const char *collector = client->collector;
	struct curl_slist *headers = NULL;
	CLEANUP(buffer_done) struct buffer url = { .limit = 1 << 16 };
	struct reply reply = { 0 };
	enum status status = STATUS_NO_MEMORY;
	CURL *curl = curl_easy_init();

	snprintf(error, CLIENT_ERROR_SIZE, "%s", status_text(status));
	if (!curl)
		return status;
	buffer_init(&reply.body, CLIENT_REPLY_MOST);
	status = address(curl, collector, path, &url);
	if (status == STATUS_OK &&
	    !(set_ca(curl, client->ca, error) &&
		set_token(client, &headers, error) &&
		set_document(curl, document, &headers))) {
		status = STATUS_NOT_ALLOWED;
	} else if (status == STATUS_OK) {
		curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
		set_options(curl, buffer_string(&url), &reply);
		status = perform(curl, collector, &reply, error);
	} else if (status == STATUS_TOO_LARGE) {
		snprintf(error, CLIENT_ERROR_SIZE, "the question is too long");
	} else {
		snprintf(error, CLIENT_ERROR_SIZE,
		    "\"%.200s\" is no address of a collector; it must be "
		    "https://HOST:PORT, http://HOST:PORT or unix:/PATH",
		    collector);
	}
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	if (status == STATUS_OK)
		*out_reply = reply;
	else
		reply_done(&reply);
	return status;
}

enum status
client_get(const struct client *client, const char *path,
    struct reply *out_reply, char error[static CLIENT_ERROR_SIZE])
{
	return ask(client, path, NULL, out_reply, error);
}

enum status
client_post(const struct client *client, const char *path, const char *document,
    struct reply *out_reply, char error[static CLIENT_ERROR_SIZE])
{
	return ask(client, path, document, out_reply, error);
}

void
reply_done(struct reply *reply)
{
	buffer_done(&reply->body);
}

void
client_escape(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char octet = (unsigned char)*text;

		if (isascii(octet) && (isalnum(octet) || strchr("-._~", octet)))
			buffer_char(out, *text);
		else
			buffer_printf(out, "%%%02X", octet);
	}
}
