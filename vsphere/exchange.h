/*
 * exchange.h - one question to a vCenter and its answer.
 *
 *	ask -> [exchange] by http and soap -> session, poller
 *
 * Memory:  exchange_init/exchange_done; the answer's list is given away.
 * Errors:  enum exchange_end.
 * Source:  SOAP 1.1 over HTTP: a fault comes with status 500.
 */
#ifndef VSPHERE_EXCHANGE_H
#define VSPHERE_EXCHANGE_H

#include "base/buffer.h"
#include "vsphere/http.h"
#include "vsphere/soap.h"

enum {
	COOKIE_SIZE = 512,
	EXCHANGE_WHY_SIZE = HTTP_WHY_SIZE + 32,
	SILENCE_S = 60,
	EXCHANGE_S = 900
};

/* Where the vCenter is, and who we are to it. */
struct exchange_target {
	const char *url, *ca;
	char cookie[COOKIE_SIZE]; /* "vmware_soap_session=..."; "": none */
};

enum exchange_end {
	EXCHANGE_ANSWERED,
	EXCHANGE_FAULT, /* result.fault tells which */
	EXCHANGE_FAILED /* no answer, half of one, or something else */
};

struct exchange {
	struct http *http;
	struct http_call call;
	struct soap *soap;
	struct buffer body; /* the question: written by the caller */
	char cookie_line[COOKIE_SIZE + 16];
	char new_cookie[COOKIE_SIZE]; /* that the answer set; "": none */
	long status;                  /* of HTTP, as soon as it is known */
	uint64_t size;                /* octets of the answer */
	enum status parsed;
	void (*done)(void *owner, enum exchange_end end,
	    const struct soap_result *result, const char *why);
	void *owner;
};

void exchange_init(struct exchange *exchange, struct http *http);
void exchange_done(struct exchange *exchange);

/* Asks what stands in 'body'; 'done' and its owner are set by the caller. */
MUST_USE enum status exchange_start(struct exchange *exchange,
    const struct exchange_target *target, const struct soap_settings *read,
    long silence_s);
void exchange_cancel(struct exchange *exchange);

static inline bool
exchange_is_busy(const struct exchange *exchange)
{
	return http_is_busy(&exchange->call);
}

#endif
