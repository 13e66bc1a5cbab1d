#include "collector/draw/ladder.h"

#include <string.h>

#include "collector/draw/foot.h"
#include "collector/draw/put.h"

enum {
	COLUMNS = 4,
	FIRST_X = 36,
	FIRST_Y = 130,
	CARD_W = 370,
	CARD_H = 82,
	FINDINGS_H = 30, /* of the line that says how many */
	CARD_GAP = 16,
	TEXT_X = 16,
	TEXT_W = CARD_W - 2 * TEXT_X,
	CARDS_MOST = 400, /* nobody looks through more: there is a search */
	WIDTH = 1600,
	FOOT_GAP = 40
};

struct cards {
	struct board board;
	struct pods pods;
	uint32_t shown;
	double h; /* of a card */
};

/* Findings about a NIC, port or machine of the hosts of 'pod'. */
static unsigned
count_findings(const struct cards *c, const struct pod *pod)
{
	const struct scene *s = c->board.scene;
	unsigned count = 0;

	for (size_t i = 0; i < s->finding_count; i++) {
		const struct scene_finding *f = &s->findings[i];
		uint32_t host = SCENE_NONE;

		if (f->nic_count && f->nics[0] < s->nic_count)
			host = s->nics[f->nics[0]].host;
		else if (f->machine_count && f->machines[0] < s->machine_count)
			host = s->machines[f->machines[0]].host;
		for (uint32_t h = 0; h < pod->hosts.count; h++)
			count += pod->hosts.at[h] == host && !f->quiet;
	}
	return count;
}

const char *
ladder_pod_name(
    struct sheet *out, const struct scene *scene, const struct pod *pod)
{
	const struct scene_switch *all = scene->switches;

	if (!pod->switch_count)
		return "no switch known";
	if (pod->switch_count == 1)
		return all[pod->switches[0]].name;
	return sheet_format(out, "%s + %s", all[pod->switches[0]].name,
	    all[pod->switches[1]].name);
}

static const char *
href_of(const struct cards *c, uint32_t n)
{
	const char *href = c->board.scene->href;

	if (!*href)
		return "";
	return sheet_format(c->board.sheet, "%s%cpage=%u", href,
	    strchr(href, '?') ? '&' : '?', (unsigned)n + 1);
}

static void
put_line_of(struct cards *c, uint32_t box, struct sheet_text text)
{
	if (box == SHEET_NONE)
		return;
	text.id = sheet_format(
	    c->board.sheet, "%s:%.0f", c->board.sheet->boxes[box].id, text.y);
	text.x += TEXT_X + c->board.sheet->boxes[box].at.x;
	text.y += c->board.sheet->boxes[box].at.y;
	text.width = TEXT_W;
	text.tilt = 0.1;
	(void)put_label(c->board.sheet, box, text);
}

static void
put_card(struct cards *c, uint32_t n)
{
	struct sheet *s = c->board.sheet;
	const struct pod *pod = &c->pods.at[n];
	const struct places *hosts = &pod->hosts;
	uint32_t row = n / COLUMNS;
	unsigned findings = count_findings(c, pod), uplinks = 0;
	const char *name = ladder_pod_name(s, c->board.scene, pod);
	uint32_t box;

	for (uint32_t i = 0; i < hosts->count; i++)
		uplinks += c->board.sorted.nics[hosts->at[i]].count;
	box = sheet_box(s,
	    (struct sheet_box){
		.id = sheet_format(s, "page:%s:%s",
		    pod->switch_count
			? c->board.scene->switches[pod->switches[0]].id
			: "",
		    c->board.scene->hosts[hosts->at[0]].id),
		.label = name,
		.about = "",
		.title = sheet_format(s, "page %u: %s", (unsigned)n + 1, name),
		.href = href_of(c, n),
		.kind = BOX_CARD,
		.ink = INK_BLUE,
		.parent = SHEET_NONE,
		.at = { FIRST_X + (n % COLUMNS) * (double)(CARD_W + CARD_GAP),
		    FIRST_Y + row * (c->h + CARD_GAP), CARD_W, c->h } });
	put_line_of(c, box,
	    (struct sheet_text){ .text = name,
		.y = 32,
		.size = 23,
		.ink = INK_BLUE,
		.bold = true });
	put_line_of(c, box,
	    (struct sheet_text){
		.text = sheet_format(s, "page %u: %u hosts, %u uplinks",
		    (unsigned)n + 1, (unsigned)hosts->count, uplinks),
		.y = 62,
		.size = 18,
		.ink = INK_GREEN });
	/* Without any finding at all nobody may have looked for one. */
	if (!c->board.scene->finding_count)
		return;
	put_line_of(c, box,
	    (struct sheet_text){
		.text = findings ? sheet_format(s, "%u finding%s", findings,
				       findings == 1 ? "" : "s")
				 : "nothing found",
		.y = 92,
		.size = 18,
		.ink = findings ? INK_RED : INK_GREY,
		.bold = findings > 0 });
}

static void
put_title(struct cards *c)
{
	struct sheet *s = c->board.sheet;
	const struct scene *scene = c->board.scene;
	struct sheet_text text = { .id = "title",
		.text = scene->title,
		.x = FIRST_X - 2,
		.y = 62,
		.size = 44,
		.width = WIDTH - 2.0 * FIRST_X,
		.bold = true,
		.tilt = 0.7 };
	double w = put_text(s, text);

	put_line(s,
	    (struct sheet_mark){
		.id = "underline", .kind = MARK_UNDERLINE, .size = 2.6 },
	    (struct point){ FIRST_X, 76 }, (struct point){ FIRST_X + w, 71 });
	text = (struct sheet_text){ .id = "sum",
		.text =
		    sheet_format(s, "%zu hosts and %zu switches on %u pages.%s",
			scene->host_count, scene->switch_count,
			(unsigned)c->pods.count,
			c->shown < c->pods.count
			    ? " More than can be shown: search for one of them."
			    : ""),
		.x = FIRST_X,
		.y = 108,
		.size = 20,
		.width = WIDTH - 2.0 * FIRST_X,
		.ink = INK_GREY };
	(void)put_text(s, text);
}

void
ladder_index(struct sheet *out, const struct scene *scene)
{
	struct cards c = { .shown = 0 };
	uint32_t rows;
	double y;

	if (!board_init(&c.board, out, scene))
		return;
	pods_find(&c.pods, &c.board.sorted, &out->arena);
	pods_split(&c.pods, LADDER_HOSTS_MOST, &out->arena);
	if (out->arena.failed)
		return;
	c.h = CARD_H + (scene->finding_count ? FINDINGS_H : 0);
	c.shown = c.pods.count < CARDS_MOST ? c.pods.count : CARDS_MOST;
	out->width = WIDTH;
	put_title(&c);
	for (uint32_t i = 0; i < c.shown; i++)
		put_card(&c, i);
	rows = (c.shown + COLUMNS - 1) / COLUMNS;
	y = FIRST_Y + rows * (c.h + CARD_GAP);
	out->height = foot_put(&c.board, y + FOOT_GAP, FIRST_X);
}

/* The pages' pods; false: no memory. */
static bool
find_pages(struct pods *out, const struct scene *scene, struct arena *arena)
{
	struct sorted sorted;

	sorted_init(&sorted, scene, arena);
	if (!arena->failed)
		pods_find(out, &sorted, arena);
	if (!arena->failed)
		pods_split(out, LADDER_HOSTS_MOST, arena);
	return !arena->failed;
}

unsigned
ladder_pages(const struct scene *scene)
{
	struct arena arena = { 0 };
	struct pods pods = { .count = 0 };
	unsigned pages;

	pages = find_pages(&pods, scene, &arena) && pods.count ? pods.count : 1;
	arena_done(&arena);
	return pages;
}

bool
ladder_page_hosts(const struct scene *scene, unsigned page, bool *out)
{
	struct arena arena = { 0 };
	struct pods pods = { .count = 0 };
	bool found = find_pages(&pods, scene, &arena);

	if (found && page && page <= pods.count) {
		const struct places *hosts = &pods.at[page - 1].hosts;

		for (uint32_t i = 0; i < hosts->count; i++)
			out[hosts->at[i]] = true;
	}
	arena_done(&arena);
	return found;
}
