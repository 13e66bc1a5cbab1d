#include "vsphere/http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/text.h"

struct http {
	CURLM *multi;
	struct loop *loop;
	struct loop_timer timer;
};

/* A socket of libcurl's on our loop. */
struct http_socket {
	struct http *http;
	struct loop_watch watch;
};

_Static_assert((int)HTTP_WHY_SIZE >= (int)CURL_ERROR_SIZE,
    "libcurl writes its sentence there");

/* ---- what has ended ---------------------------------------------------------
 */

static void
release(struct http_call *call)
{
	curl_multi_remove_handle(call->http->multi, call->easy);
	curl_easy_cleanup(call->easy);
	curl_slist_free_all(call->header_list);
	call->easy = call->header_list = NULL;
}

static void
finish(struct http_call *call, CURLcode code)
{
	struct http_result result = { .status = 0 };
	long number = 0;

	if (code == CURLE_OK) {
		curl_easy_getinfo(
		    call->easy, CURLINFO_RESPONSE_CODE, &result.status);
	} else {
		curl_easy_getinfo(call->easy, CURLINFO_OS_ERRNO, &number);
		text_copy(result.why, sizeof(result.why),
		    call->error[0] ? call->error : curl_easy_strerror(code));
		/* Of a Unix socket libcurl says no more than that. */
		if (code == CURLE_COULDNT_CONNECT &&
		    call->request.unix_socket && number > 0)
			text_copy(result.why, sizeof(result.why),
			    strerror((int)number));
	}
	release(call);
	call->request.done(call->request.owner, &result);
}

static void
look_for_ends(struct http *http)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left)) != NULL) {
		struct http_call *call = NULL;
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(
		    message->easy_handle, CURLINFO_PRIVATE, &call);
		if (call)
			finish(call, code);
	}
}

static void
act(struct http *http, curl_socket_t socket, int events)
{
	int running;

	(void)curl_multi_socket_action(http->multi, socket, events, &running);
	look_for_ends(http);
}

/* ---- libcurl on the loop
 * -------------------------------------------------------- */

static void
socket_ready(void *owner, uint32_t events, struct instant now)
{
	struct http_socket *s = owner;
	int action = 0;

	(void)now;
	if (events & EPOLLIN)
		action |= CURL_CSELECT_IN;
	if (events & EPOLLOUT)
		action |= CURL_CSELECT_OUT;
	if (events & (EPOLLERR | EPOLLHUP))
		action |= CURL_CSELECT_ERR;
	/* 's' may be gone behind this. */
	act(s->http, s->watch.fd, action);
}

static int
forget_socket(struct http *http, curl_socket_t fd, struct http_socket *s)
{
	if (s) {
		loop_unwatch(http->loop, &s->watch);
		curl_multi_assign(http->multi, fd, NULL);
		free(s);
	}
	return 0;
}

/* Libcurl says what it waits for on a socket. */
static int
want_socket(
    CURL *easy, curl_socket_t fd, int what, void *owner, void *socket_data)
{
	struct http *http = owner;
	struct http_socket *s = socket_data;
	uint32_t events = 0;

	(void)easy;
	if (what == CURL_POLL_REMOVE)
		return forget_socket(http, fd, s);
	if (what & CURL_POLL_IN)
		events |= EPOLLIN;
	if (what & CURL_POLL_OUT)
		events |= EPOLLOUT;
	if (s)
		return loop_rewatch(http->loop, &s->watch, events) == STATUS_OK
			   ? 0
			   : -1;
	s = calloc(1, sizeof(*s));
	if (!s)
		return -1;
	s->http = http;
	s->watch =
	    (struct loop_watch){ .fd = -1, .ready = socket_ready, .owner = s };
	if (loop_watch(http->loop, &s->watch, fd, events) != STATUS_OK) {
		free(s);
		return -1;
	}
	curl_multi_assign(http->multi, fd, s);
	return 0;
}

static int
want_timer(CURLM *multi, long ms, void *owner)
{
	struct http *http = owner;

	(void)multi;
	if (ms < 0)
		loop_timer_stop(http->loop, &http->timer);
	else
		loop_timer_set(
		    http->loop, &http->timer, instant_after(clock_now(), ms));
	return 0;
}

static void
timer_fired(void *owner, struct instant now)
{
	(void)now;
	act(owner, CURL_SOCKET_TIMEOUT, 0);
}

enum status
http_new(struct loop *loop, struct http **out_http)
{
	struct http *http = calloc(1, sizeof(*http));

	if (!http)
		return STATUS_NO_MEMORY;
	http->multi = curl_multi_init();
	if (!http->multi) {
		free(http);
		return STATUS_NO_MEMORY;
	}
	http->loop = loop;
	http->timer = (struct loop_timer){ .fire = timer_fired, .owner = http };
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, want_socket);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, want_timer);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
	*out_http = http;
	return STATUS_OK;
}

void
http_free(struct http *http)
{
	if (!http)
		return;
	curl_multi_cleanup(http->multi);
	loop_timer_stop(http->loop, &http->timer);
	free(http);
}

/* ---- a request
 * --------------------------------------------------------------------- */

static size_t
take_octets(char *octets, size_t size, size_t count, void *owner)
{
	struct http_call *call = owner;

	size *= count;
	return call->request.take(call->request.owner, octets, size) ? size : 0;
}

static size_t
take_header(char *line, size_t size, size_t count, void *owner)
{
	struct http_call *call = owner;

	if (call->request.header)
		call->request.header(call->request.owner, line, size * count);
	return size * count;
}

static bool
set_headers(struct http_call *call)
{
	struct curl_slist *list = curl_slist_append(NULL, "Expect:"), *more;

	for (const char *const *h = call->request.headers; list && *h; h++) {
		more = curl_slist_append(list, *h);
		if (!more) {
			curl_slist_free_all(list);
			return false;
		}
		list = more;
	}
	call->header_list = list;
	curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, list);
	return list != NULL;
}

static void
set_address(CURL *easy, const struct http_request *r)
{
	curl_easy_setopt(easy, CURLOPT_URL, r->url);
	curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, r->unix_socket);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	if (r->ca) {
		curl_easy_setopt(easy, CURLOPT_CAINFO, r->ca);
		/* Those of the named file, and no others. */
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
}

static void
set_limits(CURL *easy, const struct http_request *r)
{
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(
	    easy, CURLOPT_CONNECTTIMEOUT_MS, (long)HTTP_CONNECT_MS);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, r->silence_s);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, r->most_s);
	/* SOAP packs to a twentieth; what it unpacks to is counted. */
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
	/* What claims to be larger is refused before it is read. */
	curl_easy_setopt(
	    easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)HTTP_ANSWER_SIZE_MOST);
}

static void
set_content(struct http_call *call)
{
	CURL *easy = call->easy;
	const struct http_request *r = &call->request;

	curl_easy_setopt(easy, CURLOPT_POST, 1L);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, r->body);
	curl_easy_setopt(
	    easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body_size);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_octets);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->error);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
	curl_easy_setopt(
	    easy, CURLOPT_USERAGENT, "demarc-vsphere/" DEMARC_VERSION);
}

enum status
http_start(struct http *http, struct http_call *call,
    const struct http_request *request)
{
	*call = (struct http_call){ .http = http, .request = *request };
	call->easy = curl_easy_init();
	if (!call->easy)
		return STATUS_NO_MEMORY;
	set_address(call->easy, request);
	set_limits(call->easy, request);
	set_content(call);
	if (!set_headers(call) ||
	    curl_multi_add_handle(http->multi, call->easy) != CURLM_OK) {
		curl_easy_cleanup(call->easy);
		curl_slist_free_all(call->header_list);
		call->easy = call->header_list = NULL;
		return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

void
http_cancel(struct http_call *call)
{
	if (call->easy)
		release(call);
}
