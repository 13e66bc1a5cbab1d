#include <string.h>

#include "base/text.h"
#include "collector/api_inside.h"
#include "collector/depict.h"
#include "collector/drawing.h"
#include "collector/packing.h"
#include "collector/problem.h"

/* An SVG that is opened by itself has its style and its font in it. */
static const char svg_security[] =
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; "
    "img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

struct drawn {
	struct drawing_wish wish;
	char key[DRAWING_KEY_SIZE];
	struct drawings_of of;
	struct scene scene;
};

static void
refuse_scope(struct reply *reply, const struct request *request,
    enum status status, const char *why)
{
	unsigned code = status == STATUS_NOT_FOUND  ? 404
			: status == STATUS_CONFLICT ? 409
						    : 400;

	if (status == STATUS_NO_MEMORY) {
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the collector is out of memory; ask again later");
		reply->retry_after_s = API_RETRY_AFTER_S;
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
		.question = d->wish.question };
	struct scope scope, lit = { .id = "" };
	enum status status = scope_read(&scope, v, d->wish.scope, NULL);
	const char *why = scope.why;

	if (status == STATUS_OK && d->wish.highlight) {
		status = read_highlight(&lit, v, d->wish.highlight, &scope);
		wish.highlight = &lit;
		why = lit.why;
	}
	if (status == STATUS_OK)
		status = depict(&d->scene, v, &scope, &wish);
	if (status != STATUS_OK)
		refuse_scope(reply, request, status, why);
	scope_done(&lit);
	scope_done(&scope);
	return status == STATUS_OK;
}

/* True: there is a scene to draw; else the reply is whole. */
static bool
see_now(struct api *a, struct drawn *d, const struct request *request,
    struct reply *reply)
{
	struct view view;
	bool done;

	(void)pthread_mutex_lock(&a->lock);
	d->of = (struct drawings_of){ d->key, a->model.changes, a->unix_now() };
	done = !drawings_take(a->drawings, &d->of, &reply->body) &&
	       api_view(a, request, &view, reply) &&
	       make_scene(d, &view, request, reply);
	(void)pthread_mutex_unlock(&a->lock);
	return done;
}

static bool
see_past(struct api *a, struct drawn *d, struct request *request,
    struct reply *reply)
{
	struct view view;
	bool done = api_view(a, request, &view, reply) &&
		    make_scene(d, &view, request, reply);

	api_past_release(a, request);
	return done;
}

static void
finish(
    const struct drawn *d, const struct request *request, struct reply *reply)
{
	if (inside_ran_out())
		refuse_scope(reply, request, STATUS_NO_MEMORY, "");
	if (reply->status == 200) {
		reply->content_type = d->wish.format->mime;
		reply->cache_control = "no-cache";
		if (d->wish.format->source == FORMAT_SVG)
			reply->security = svg_security;
	}
	packing_finish(request, reply);
}

static void
draw(struct api *a, struct drawn *d, const struct request *request,
    struct reply *reply)
{
	struct request of = *request;
	enum api_when when = api_past_take(a, &of, reply);
	bool seen = false;

	if (when == API_GONE)
		return;
	scene_init(&d->scene);
	if (when == API_NOW)
		seen = see_now(a, d, request, reply);
	else if (when == API_PAST)
		seen = see_past(a, d, &of, reply);
	if (seen &&
	    drawing_write(&reply->body, &d->wish, &d->scene, request, reply) &&
	    when == API_NOW)
		drawings_keep(a->drawings, &d->of, &reply->body);
	scene_done(&d->scene);
	finish(d, request, reply);
}

void
api_get_draw(struct api *a, const struct request *request, struct reply *reply)
{
	struct drawn d;

	if (!drawing_ask(&d.wish, request, reply))
		return;
	d.wish.pictures = &a->pictures;
	if (!d.wish.scope || !drawing_key(&d.wish, d.key)) {
		problem_reply(reply,
		    &(struct problem){ 400, request->path, NULL },
		    "the parameter \"scope\" is missing or too long; ask for "
		    "example ?scope=host:hv1 or ?scope=leaf1a,leaf1b");
		return;
	}
	draw(a, &d, request, reply);
}
