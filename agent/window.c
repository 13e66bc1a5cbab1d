#include "agent/window.h"

void
window_start(struct window *w, const struct window_plan *plan,
    struct instant now, uint64_t own)
{
	int64_t spread = plan->period_ms < WINDOW_SPREAD_MS ? plan->period_ms
							    : WINDOW_SPREAD_MS;

	*w = (struct window){ .planned = plan->period_ms > 0 };
	if (w->planned)
		w->opens =
		    instant_after(now, (int64_t)(own % (uint64_t)spread));
}

void
window_ask(struct window *w, const struct window_plan *plan, struct instant now)
{
	if (w->open)
		w->closes = instant_after(now, plan->window_ms);
	else
		w->asked = true;
}

bool
window_next(const struct window *w, struct instant *out)
{
	if (w->open)
		*out = w->closes;
	else if (w->asked)
		*out = (struct instant){ 0 };
	else if (w->planned)
		*out = w->opens;
	return w->open || w->asked || w->planned;
}

/* The next opening that is still to come, at the same distances: what was
 * missed while the host slept is not made up for. */
static void
skip_past(struct window *w, const struct window_plan *plan, struct instant now)
{
	int64_t late_ms = instant_ms_between(w->opens, now);

	if (w->planned && late_ms >= 0)
		w->opens = instant_after(w->opens,
		    (late_ms / plan->period_ms + 1) * plan->period_ms);
}

enum window_step
window_step(
    struct window *w, const struct window_plan *plan, struct instant now)
{
	bool due = w->planned && w->opens.ms <= now.ms;

	if (w->open && w->closes.ms <= now.ms) {
		w->open = false;
		skip_past(w, plan, now);
		return WINDOW_CLOSE;
	}
	if (w->open || (!due && !w->asked))
		return WINDOW_WAIT;
	w->open = true;
	w->asked = false;
	w->closes = instant_after(now, plan->window_ms);
	skip_past(w, plan, now);
	return WINDOW_OPEN;
}
