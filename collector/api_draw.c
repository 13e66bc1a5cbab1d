#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/api_inside.h"
#include "collector/backroom.h"
#include "collector/depict.h"
#include "collector/draw/scene_sum.h"
#include "collector/drawing.h"
#include "collector/packing.h"
#include "collector/problem.h"

/* An SVG that is opened by itself has its style and its font in it. */
static const char svg_security[] =
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; "
    "img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

static const char too_large[] =
    "more port groups, machines and vNICs stand inside these hosts than "
    "anybody reads in one drawing; ask for fewer hosts, for detail=index, or "
    "for the way of one machine: ?scope=vm:NAME";

/* How many may wait. */
enum { DRAWINGS_WAIT_MOST = 32, PICTURES_WAIT_MOST = 8, REVISIONS = 1000000 };

enum { HREF_MOST = 1 << 14 };

/* One drawing, from its question to its answer. */
struct drawn {
	struct job job; /* first: a job is cast to its owner */
	struct api *api;
	struct later *later;      /* NULL: the answer is given at once */
	struct drawing_wish wish; /* with its texts until there is a scene */
	char key[DRAWING_KEY_SIZE];
	struct drawings_of of;
	bool kept; /* for who asks again */
	struct scene scene;
	struct request request; /* what the answer needs of it */
	struct arena texts;
};

static void
free_drawn(struct drawn *d)
{
	scene_done(&d->scene);
	arena_done(&d->texts);
	free(d);
}

static void
refuse_busy(struct reply *reply, const struct request *request, const char *why)
{
	problem_reply(
	    reply, &(struct problem){ 503, request->path, NULL }, "%s", why);
	reply->retry_after_s = API_RETRY_AFTER_S;
}

static void
refuse_scope(struct reply *reply, const struct request *request,
    enum status status, const char *why)
{
	unsigned code = status == STATUS_NOT_FOUND  ? 404
			: status == STATUS_CONFLICT ? 409
						    : 400;

	if (status == STATUS_NO_MEMORY) {
		refuse_busy(reply, request,
		    "the collector is out of memory; ask again later");
		return;
	}
	problem_reply(
	    reply, &(struct problem){ code, request->path, NULL }, "%s", why);
}

/* What is to be marked must have a way. */
static enum status
read_highlight(struct scope *out, const struct view *v, const char *text,
    const struct scope *scope)
{
	enum status status = scope_read(out, v, text, scope);

	if (status != STATUS_OK || out->has_way)
		return status;
	text_copy(out->why, sizeof(out->why),
	    "the parameter \"highlight\" is one thing whose way is marked: a "
	    "VM, a vNIC, a NIC, a switch port");
	return STATUS_NOT_FOUND;
}

/* The scene, while nothing that is known changes. */
static bool
make_scene(struct drawn *d, const struct view *v, const struct request *request,
    struct reply *reply)
{
	struct depict_wish wish = { .title = d->wish.title,
		.question = d->wish.question,
		.page = d->wish.page };
	struct buffer href CLEANUP(buffer_done) = { .limit = HREF_MOST };
	struct scope scope, lit = { .id = "" };
	enum status status = scope_read(&scope, v, d->wish.scope, NULL);
	const char *why = scope.why;
	struct view shown = *v;

	drawing_href(&d->wish, &href);
	wish.origin = d->wish.origin;
	wish.href = buffer_string(&href);
	if (status == STATUS_OK && d->wish.highlight) {
		status = read_highlight(&lit, v, d->wish.highlight, &scope);
		wish.highlight = &lit;
		why = lit.why;
	}
	if (status == STATUS_OK) {
		/* A past moment was asked for by its second. */
		if (!request->past)
			shown.now = depict_moment(v, &scope);
		status = depict(&d->scene, &shown, &scope, &wish);
		why = too_large;
	}
	if (status != STATUS_OK)
		refuse_scope(reply, request, status, why);
	scope_done(&lit);
	scope_done(&scope);
	return status == STATUS_OK;
}

/* People compare two prints by fewer digits than programs. */
static void
number_scene(struct drawn *d)
{
	uint64_t sum = scene_sum(&d->scene);

	d->of = (struct drawings_of){
		.key = d->key, .scene = sum, .moment = d->scene.now
	};
	d->scene.revision = sum % REVISIONS;
}

/* True: there is a scene to draw; else the reply is whole. */
static bool
see_now(struct api *a, struct drawn *d, const struct request *request,
    struct reply *reply)
{
	struct view view;
	bool done;

	(void)pthread_mutex_lock(&a->lock);
	done = api_view(a, request, &view, reply) &&
	       make_scene(d, &view, request, reply);
	(void)pthread_mutex_unlock(&a->lock);
	if (!done)
		return false;
	number_scene(d);
	return !drawings_take(a->drawings, &d->of, &reply->body);
}

static bool
see_past(struct api *a, struct drawn *d, struct request *request,
    struct reply *reply)
{
	struct view view;
	bool done = api_view(a, request, &view, reply) &&
		    make_scene(d, &view, request, reply);

	api_past_release(a, request);
	if (done)
		number_scene(d);
	return done;
}

/* ---- the drawing ------------------------------------------------------- */

static void
finish(
    const struct drawn *d, const struct request *request, struct reply *reply)
{
	if (inside_ran_out() || !buffer_ok(&reply->body))
		refuse_scope(reply, request, STATUS_NO_MEMORY, "");
	if (reply->status == 200) {
		reply->content_type = d->wish.format->mime;
		reply->cache_control = "no-cache";
		reply->pages = d->of.pages;
		if (d->wish.format->source == FORMAT_SVG)
			reply->security = svg_security;
	}
	packing_finish(request, reply);
}

/* Somebody may have asked for the same, and it was drawn while we waited. */
static void
draw(struct drawn *d, struct reply *reply)
{
	struct drawings *kept = d->api->drawings;

	if (!(d->kept && drawings_take(kept, &d->of, &reply->body)) &&
	    drawing_write(
		&reply->body, &d->wish, &d->scene, &d->request, reply)) {
		d->of.pages = reply->pages;
		if (d->kept)
			drawings_keep(kept, &d->of, &reply->body);
	}
	finish(d, &d->request, reply);
}

static void
run(struct job *taken)
{
	struct drawn *d = (struct drawn *)(void *)taken;
	struct later *later = d->later;
	struct reply reply;

	reply_init(&reply);
	draw(d, &reply);
	free_drawn(d);
	later->answer(later, &reply);
}

static void
refuse_waiting(struct drawn *d)
{
	struct later *later = d->later;
	struct reply reply;

	reply_init(&reply);
	refuse_busy(&reply, &d->request,
	    "more drawings wait than the collector keeps; ask again later");
	free_drawn(d);
	later->answer(later, &reply);
}

/* Takes the scene to where it may take its time. */
static void
hand_over(struct drawn *d, const struct request *request, struct reply *reply)
{
	struct api *a = d->api;
	bool picture = d->wish.format->source == FORMAT_PICTURE;

	/* The scene has what was said by these. */
	d->wish.scope = d->wish.highlight = NULL;
	d->wish.title = d->wish.question = d->wish.at = NULL;
	d->request = packing_request(request, &d->texts);
	if (d->texts.failed) {
		refuse_scope(reply, request, STATUS_NO_MEMORY, "");
		free_drawn(d);
		return;
	}
	if (!request->postpone) {
		draw(d, reply);
		free_drawn(d);
		return;
	}
	/* From here on the request is no longer ours. */
	d->later = request->postpone(request);
	if (backroom_put(picture ? a->painters : a->drawers, &d->job) !=
	    STATUS_OK)
		refuse_waiting(d);
}

/* ---- the question ------------------------------------------------------ */

static bool
take_question(
    struct drawn *d, const struct request *request, struct reply *reply)
{
	if (!drawing_ask(&d->wish, request, reply))
		return false;
	d->wish.pictures = &d->api->pictures;
	if (d->wish.scope && drawing_key(&d->wish, d->key))
		return true;
	problem_reply(reply, &(struct problem){ 400, request->path, NULL },
	    "the parameter \"scope\" is missing or too long; ask for "
	    "example ?scope=host:hv1 or ?scope=leaf1a,leaf1b");
	return false;
}

/* Takes 'd' over. */
static void
see(struct drawn *d, const struct request *request, struct reply *reply)
{
	struct request of = *request;
	enum api_when when = api_past_take(d->api, &of, reply);
	bool seen = false;

	d->kept = when == API_NOW;
	if (when == API_NOW)
		seen = see_now(d->api, d, request, reply);
	else if (when == API_PAST)
		seen = see_past(d->api, d, &of, reply);
	if (seen && inside_ran_out()) {
		refuse_scope(reply, request, STATUS_NO_MEMORY, "");
		seen = false;
	}
	if (seen) {
		hand_over(d, request, reply);
		return;
	}
	if (when != API_GONE)
		finish(d, request, reply);
	free_drawn(d);
}

void
api_get_draw(struct api *a, const struct request *request, struct reply *reply)
{
	struct drawn *d = calloc(1, sizeof(*d));

	if (!d) {
		refuse_scope(reply, request, STATUS_NO_MEMORY, "");
		return;
	}
	d->job.run = run;
	d->api = a;
	scene_init(&d->scene);
	if (take_question(d, request, reply))
		see(d, request, reply);
	else
		free_drawn(d);
}

/* ---- life ---------------------------------------------------------------- */

enum status
api_draw_begin(struct api *a)
{
	enum status status = backroom_new(DRAWINGS_WAIT_MOST, &a->drawers);

	program_find("demarc-picture", a->picture_program);
	a->pictures.program = a->picture_program;
	if (status == STATUS_OK)
		status = backroom_new(PICTURES_WAIT_MOST, &a->painters);
	return status;
}

void
api_draw_stop(struct api *a)
{
	pictures_end(&a->pictures);
	backroom_stop(a->painters);
	backroom_stop(a->drawers);
}
