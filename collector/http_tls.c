#include "collector/http_tls.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/text.h"
#include "collector/ticket_file.h"

enum { PEM_SIZE_MOST = 256 * 1024 };

/* AES-128 first: its suites go with SHA-256, which processors do for a third
 * of SHA-384, and a handshake hashes more than it encrypts.  Who wants AES-256
 * alone offers nothing else, and gets it. */
static const char priorities[] =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"
    ":-CIPHER-ALL:+AES-128-GCM:+CHACHA20-POLY1305:+AES-256-GCM";

/* What the files held once. */
struct http_tls_pair {
	size_t users; /* connections */
	struct buffer certificate, key;
	uint8_t tickets[TICKET_KEY_SIZE]; /* GnuTLS rotates what it derives */
	gnutls_certificate_credentials_t credentials;
};

struct http_tls {
	struct http_tls_files files;
	pthread_mutex_t lock; /* of what follows */
	struct http_tls_pair *now;
};

static enum status
fail(char *error, const char *path, const char *what)
{
	(void)snprintf(error, HTTP_TLS_ERROR_SIZE, "%.120s cannot be used: %s",
	    path, what);
	return STATUS_NOT_ALLOWED;
}

static enum status
read_pem(struct buffer *out, const char *path, char *error)
{
	enum status status;

	buffer_init(out, PEM_SIZE_MOST);
	status = buffer_read_file(out, path);
	if (status == STATUS_OK)
		return status;
	return fail(error, path,
	    status == STATUS_SYSTEM ? strerror(errno) : status_text(status));
}

static void
free_pair(struct http_tls_pair *p)
{
	if (!p)
		return;
	if (p->key.octets)
		explicit_bzero(p->key.octets, p->key.size);
	explicit_bzero(p->tickets, sizeof(p->tickets));
	buffer_done(&p->certificate);
	buffer_done(&p->key);
	if (p->credentials)
		gnutls_certificate_free_credentials(p->credentials);
	free(p);
}

static gnutls_datum_t
datum(struct buffer *b)
{
	return (gnutls_datum_t){ .data = (unsigned char *)b->octets,
		.size = (unsigned)b->size };
}

static enum status
check_key(const char *path, char *error)
{
	struct stat file;

	if (stat(path, &file) == 0 && (file.st_mode & S_IRWXO))
		return fail(error, path,
		    "everybody may read this key; chmod o= keeps it secret");
	return STATUS_OK;
}

/* Puts what the files hold into 'p'. */
static enum status
fill_pair(const struct http_tls *t, struct http_tls_pair *p, char *error)
{
	gnutls_datum_t certificate, key;
	enum status status = check_key(t->files.key, error);
	int code;

	if (status == STATUS_OK)
		status = read_pem(&p->certificate, t->files.certificate, error);
	if (status == STATUS_OK)
		status = read_pem(&p->key, t->files.key, error);
	if (status != STATUS_OK)
		return status;
	if (gnutls_certificate_allocate_credentials(&p->credentials) < 0)
		return STATUS_NO_MEMORY;
	certificate = datum(&p->certificate);
	key = datum(&p->key);
	code = gnutls_certificate_set_x509_key_mem(
	    p->credentials, &certificate, &key, GNUTLS_X509_FMT_PEM);
	if (code >= 0)
		return ticket_file_get(t->files.tickets, p->tickets, error);
	(void)snprintf(error, HTTP_TLS_ERROR_SIZE,
	    "%.80s and %.80s are no certificate and its key in PEM: %s",
	    t->files.certificate, t->files.key, gnutls_strerror(code));
	return STATUS_MALFORMED;
}

enum status
http_tls_reload(struct http_tls *t, char error[static HTTP_TLS_ERROR_SIZE])
{
	struct http_tls_pair *p = calloc(1, sizeof(*p));
	enum status status = p ? STATUS_OK : STATUS_NO_MEMORY;
	struct http_tls_pair *before;
	bool used;

	text_copy(error, HTTP_TLS_ERROR_SIZE, status_text(STATUS_NO_MEMORY));
	if (p)
		status = fill_pair(t, p, error);
	if (status != STATUS_OK) {
		free_pair(p);
		return status;
	}
	(void)pthread_mutex_lock(&t->lock);
	before = t->now;
	t->now = p;
	used = before && before->users > 0;
	(void)pthread_mutex_unlock(&t->lock);
	if (!used)
		free_pair(before);
	return STATUS_OK;
}

struct http_tls_pair *
http_tls_begin(struct http_tls *t, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	gnutls_datum_t tickets = { .size = TICKET_KEY_SIZE };
	struct http_tls_pair *p;

	if (!t || !info || !info->tls_session)
		return NULL;
	(void)pthread_mutex_lock(&t->lock);
	p = t->now;
	p->users++;
	(void)pthread_mutex_unlock(&t->lock);
	(void)gnutls_credentials_set(
	    info->tls_session, GNUTLS_CRD_CERTIFICATE, p->credentials);
	tickets.data = p->tickets; /* it is copied */
	(void)gnutls_session_ticket_enable_server(info->tls_session, &tickets);
	return p;
}

void
http_tls_end(struct http_tls *t, struct http_tls_pair *pair)
{
	bool last;

	if (!pair)
		return;
	(void)pthread_mutex_lock(&t->lock);
	last = --pair->users == 0 && pair != t->now;
	(void)pthread_mutex_unlock(&t->lock);
	if (last)
		free_pair(pair);
}

bool
http_tls_is(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);

	return info && info->tls_session;
}

/* The library wants a pointer that is not const, and does not write through
 * it. */
static void *
option(const char *text)
{
	union {
		const char *in;
		void *out;
	} pointer = { .in = text };

	return pointer.out;
}

unsigned
http_tls_options(const struct http_tls *t,
    struct MHD_OptionItem out[static HTTP_TLS_OPTIONS])
{
	const struct MHD_OptionItem end = { MHD_OPTION_END, 0, NULL };

	out[0] = out[HTTP_TLS_OPTIONS - 1] = end;
	if (!t)
		return 0;
	/* It wants a pair before the first connection. */
	out[0] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0,
		option(priorities) };
	out[1] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0,
		option(buffer_string(&t->now->certificate)) };
	out[2] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0,
		option(buffer_string(&t->now->key)) };
	return MHD_USE_TLS;
}

enum status
http_tls_new(const struct http_tls_files *lent, struct http_tls **out,
    char error[static HTTP_TLS_ERROR_SIZE])
{
	struct http_tls *t = calloc(1, sizeof(*t));
	enum status status = STATUS_NO_MEMORY;

	text_copy(error, HTTP_TLS_ERROR_SIZE, status_text(status));
	if (!t || pthread_mutex_init(&t->lock, NULL) != 0) {
		free(t);
		return status;
	}
	t->files = *lent;
	status = http_tls_reload(t, error);
	if (status == STATUS_OK)
		*out = t;
	else
		http_tls_free(t);
	return status;
}

void
http_tls_free(struct http_tls *t)
{
	if (!t)
		return;
	free_pair(t->now);
	(void)pthread_mutex_destroy(&t->lock);
	free(t);
}
