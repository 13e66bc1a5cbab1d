/*
 * questions.c - what find and path cost a person by HTTP, beside a bare answer
 * by HTTP and the same question asked without it.
 *
 * Usage: questions PORT-OF-ANSWERER HOSTS
 *
 * The collector's own parts in this process: a store in memory, filled by
 * reports of the bench's fleet, and its HTTP on loopback.  Wall time, medians;
 * the three take turns.  The bound is the sum of the bare two.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "collector/api.h"
#include "collector/http.h"
#include "tests/bench/fleet/model.h"
#include "tests/bench/fleet/talk.h"

enum {
	QUESTIONS = 3000,
	STRIDE = 7919,
	PATH_SIZE = 160,
	BODY_MOST = 1 << 20,
	DRAWINGS = 200,
	DRAWN_HOSTS = 24,
	SCOPE_SIZE = 1024
};

/* The only argument of a question. */
struct argument {
	const char *name, *value;
};

struct bench {
	struct api *api;
	uint32_t hosts;
	struct talk collector, bare;
};

static int64_t
tell_time(void)
{
	return time(NULL);
}

static void
fail(const char *what)
{
	fprintf(stderr, "questions: %s\n", what);
	exit(1);
}

/* ---- the collector ------------------------------------------------------- */

static bool
admit(void *context, const struct request *request, struct caller *out_caller,
    bool *out_known, struct reply *reply)
{
	(void)context;
	(void)request;
	(void)out_caller;
	(void)reply;
	*out_known = false;
	return true;
}

static void
answer(void *context, const struct request *request, struct reply *reply)
{
	api_answer(context, request, reply);
}

static const char *
argument_of(const struct request *r, const char *name)
{
	const struct argument *a = r->context;

	return a && strcmp(a->name, name) == 0 ? a->value : NULL;
}

static void
ask(struct bench *b, const struct request *request, unsigned expected)
{
	struct reply reply;

	reply_init(&reply);
	api_answer(b->api, request, &reply);
	if (reply.status != expected)
		fail(buffer_string(&reply.body));
	reply_done(&reply);
}

static void
fill(struct bench *b)
{
	struct buffer body;

	buffer_init(&body, BODY_MOST);
	for (uint32_t i = 0; i < b->hosts; i++) {
		struct fleet_host h = { .host = i, .now = time(NULL) };
		struct request request = { .method = "POST",
			.path = "/api/v1/reports",
			.content_type = "application/json",
			.argument = argument_of };

		buffer_clear(&body);
		fleet_report(&body, &h, 1);
		request.body = buffer_string(&body);
		request.body_size = body.size;
		ask(b, &request, 204);
	}
	buffer_done(&body);
}

static void
choose_port(struct talk *t, char out[static PATH_SIZE])
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(to);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (const void *)&to, size) != 0 ||
	    getsockname(fd, (void *)&to, &size) != 0)
		fail("no port is free");
	(void)close(fd);
	talk_init(t, &to);
	(void)snprintf(out, PATH_SIZE, "127.0.0.1:%u", ntohs(to.sin_port));
}

static struct http *
serve(struct bench *b)
{
	char address[PATH_SIZE], *addresses[] = { address };
	struct http_settings settings = {
		.handler = { admit, api_wants_body, answer, b->api, NULL,
		    NULL },
		.addresses = addresses,
		.count = 1,
	};
	char error[HTTP_ERROR_SIZE];
	struct http *http = NULL;

	choose_port(&b->collector, address);
	if (http_start(&settings, &http, error) != STATUS_OK)
		fail(error);
	return http;
}

/* ---- measuring ----------------------------------------------------------- */

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double
median(double *times, size_t count)
{
	qsort(times, count, sizeof(*times), compare);
	return times[count / 2];
}

static double
time_get(struct talk *t, const char *path, unsigned expected)
{
	double begun = talk_now_s();

	if (talk_get(t, path) != expected)
		fail(path);
	return (talk_now_s() - begun) * 1e6;
}

static double
time_question(struct bench *b, const char *path, const struct argument *about)
{
	union {
		const struct argument *in;
		void *out;
	} context = { .in = about };
	const struct request request = { .method = "GET",
		.path = path,
		.argument = argument_of,
		.context = context.out };
	double begun = talk_now_s();

	ask(b, &request, 200);
	return (talk_now_s() - begun) * 1e6;
}

static void
measure(struct bench *b, const char *what, bool path)
{
	static double http[QUESTIONS], bare[QUESTIONS], asked[QUESTIONS];
	const char *route = path ? "/api/v1/path" : "/api/v1/find";
	double by_http, answered, in_process;

	for (unsigned i = 0; i < QUESTIONS; i++) {
		struct fleet_host h = { .host = i * STRIDE % b->hosts };
		struct argument about = { .name = path ? "of" : "q" };
		struct fleet_machine m;
		char url[PATH_SIZE];

		fleet_machine(&h, i % FLEET_MACHINES, &m);
		about.value = path ? m.name : m.mac;
		(void)snprintf(url, sizeof(url), "%s?%s=%s", route, about.name,
		    about.value);
		/* What is derived is made by the first. */
		(void)time_question(b, route, &about);
		http[i] = time_get(&b->collector, url, 200);
		asked[i] = time_question(b, route, &about);
		bare[i] = time_get(&b->bare, url, 204);
	}
	by_http = median(http, QUESTIONS);
	answered = median(bare, QUESTIONS);
	in_process = median(asked, QUESTIONS);
	printf("  %s: by HTTP %.1f us, a bare answer %.1f us, without HTTP "
	       "%.1f us\n",
	    what, by_http, answered, in_process);
	printf("FIGURE\t%s over HTTP, p50, %u hosts (bound: bare HTTP + "
	       "question)\t%.1f\t%.1f\tus\t<= 2\n",
	    what, b->hosts, by_http, answered + in_process);
}

/* Of this process, who asks and who answers; others disturb it little. */
static double
processor_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Each has a title of its own, so that none is one that was kept. */
static void
measure_drawing(struct bench *b, const char *what, const char *kind)
{
	static double times[DRAWINGS];
	double before;
	char scope[SCOPE_SIZE], url[SCOPE_SIZE + PATH_SIZE];
	size_t size = 0;

	for (unsigned h = 0; h < DRAWN_HOSTS; h++)
		size += (size_t)snprintf(scope + size, sizeof(scope) - size,
		    "%s%shv%06u", h ? "," : "", kind, h);
	before = processor_ms();
	for (unsigned i = 0; i < DRAWINGS; i++) {
		(void)snprintf(url, sizeof(url),
		    "/api/v1/draw.svg?title=%s%u&scope=%s", kind, i, scope);
		times[i] = time_get(&b->collector, url, 200);
	}
	printf("  a drawing of %u hosts by %s: %.2f ms of processor time\n",
	    (unsigned)DRAWN_HOSTS, what, (processor_ms() - before) / DRAWINGS);
	printf("FIGURE\ta drawing of %u hosts by %s, of %u hosts, "
	       "p50\t%.2f\t-\tms\t<= 10\n",
	    (unsigned)DRAWN_HOSTS, what, b->hosts,
	    median(times, DRAWINGS) / 1000);
}

static void
measure_drawings(struct bench *b)
{
	measure_drawing(b, "kind and name", "host:");
	measure_drawing(b, "plain names", "");
}

int
main(int argc, char **argv)
{
	struct bench b = { .api = NULL };
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	char error[STORE_ERROR_SIZE];
	struct store *store = NULL;
	struct http *http;

	if (argc != 3)
		fail("usage: questions PORT-OF-ANSWERER HOSTS");
	to.sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10));
	b.hosts = (uint32_t)strtoul(argv[2], NULL, 10);
	talk_init(&b.bare, &to);
	log_set_level(LOG_LEVEL_WARNING);
	if (store_open(":memory:", &store, error) != STATUS_OK)
		fail(error);
	if (api_new(store, NULL, tell_time, &b.api) != STATUS_OK)
		fail("no memory");
	fill(&b);
	http = serve(&b);
	measure(&b, "find a MAC", false);
	measure(&b, "path of a VM", true);
	if (b.hosts >= DRAWN_HOSTS)
		measure_drawings(&b);
	talk_done(&b.collector);
	talk_done(&b.bare);
	http_close(http);
	api_stop(b.api);
	http_stop(http);
	api_free(b.api);
	store_close(store);
	return 0;
}
