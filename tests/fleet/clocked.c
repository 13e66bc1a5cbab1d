/*
 * clocked - the collector on a clock that a test sets.
 *
 *	clocked DATABASE ADDRESS...
 *
 * Reads numbers from its input, a line each: that is what time it is from now
 * on, in unix seconds, and is answered with the same line when it is.  After
 * the first it serves; it ends when its input does, as the collector would:
 * what was accepted is answered first.
 */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "collector/api.h"
#include "collector/http.h"
#include "collector/store.h"

static _Atomic int64_t the_time;

static int64_t
tell_time(void)
{
	return the_time;
}

/* No tokens are in use. */
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

/* Follows the clock of the test until that stops; false: it did at once. */
static bool
follow_clock(struct http *http)
{
	char line[64];

	while (fgets(line, sizeof(line), stdin)) {
		the_time = strtoll(line, NULL, 10);
		if (http)
			http_sweep(http, clock_now().ms);
		printf("%s", line);
		(void)fflush(stdout);
		if (!http)
			return true;
	}
	return false;
}

static int
serve(struct store *store, char **addresses, size_t count)
{
	struct http_settings settings = { .handler = { admit, api_wants_body,
					      answer, NULL },
		.addresses = addresses,
		.count = count };
	char error[HTTP_ERROR_SIZE];
	struct http *http = NULL;
	struct api *api = NULL;
	int result = EXIT_FAILURE;

	if (!follow_clock(NULL))
		return result;
	if (api_new(store, NULL, tell_time, &api) != STATUS_OK)
		return result;
	settings.handler.context = api;
	if (http_start(&settings, &http, error) != STATUS_OK) {
		fprintf(stderr, "clocked: %s\n", error);
	} else {
		(void)follow_clock(http);
		result = EXIT_SUCCESS;
		http_close(http);
		api_stop(api);
		http_stop(http);
	}
	api_free(api);
	return result;
}

int
main(int argc, char **argv)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	char error[STORE_ERROR_SIZE];
	struct store *store = NULL;
	int result;

	if (argc < 3) {
		fprintf(stderr, "usage: clocked DATABASE ADDRESS...\n");
		return 2;
	}
	(void)sigaction(SIGPIPE, &ignore, NULL);
	log_set_level(LOG_LEVEL_WARNING);
	if (store_open(argv[1], &store, error) != STATUS_OK) {
		fprintf(stderr, "clocked: %s\n", error);
		return EXIT_FAILURE;
	}
	result = serve(store, argv + 2, (size_t)argc - 2);
	store_close(store);
	return result;
}
