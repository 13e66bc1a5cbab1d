#include "collector/draw/order.h"

void
order_scene(struct order *out, const struct sorted *sorted, struct arena *arena)
{
	(void)arena;
	out->switches = sorted->switches.at;
	out->hosts = sorted->hosts.at;
}
