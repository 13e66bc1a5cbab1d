#include "collector/draw/svg_theme.h"

static const struct theme themes[] = {
	[SVG_LIGHT] = { .ground = "#fff",
	    .pens = { "#20262e", "#1d55b0", "#15803d", "#d3222a", "#8b95a1" },
	    .texts = { "#20262e", "#1d4a99", "#136b34", "#c81e26", "#5d6874" },
	    .hachure = ".2",
	    .wipe = ".86",
	    .marker = "#ffe45c",
	    .marker_opacity = ".75",
	    .marker_blend = "multiply" },
	[SVG_DARK] = { .ground = "#17201d",
	    .pens = { "#e6ece8", "#8db7ff", "#77d695", "#ff6f66", "#8a968f" },
	    .texts = { "#eef3ef", "#a8c8ff", "#93e3ad", "#ff8b83", "#a3aea8" },
	    .hachure = ".22",
	    .wipe = ".9",
	    .marker = "#ffd84d",
	    .marker_opacity = ".24",
	    .marker_blend = "normal" },
	/* Whose a thing is tells the hachure; what is wrong is the blackest. */
	[SVG_PRINT] = { .ground = "#fff",
	    .pens = { "#111", "#3a3a3a", "#5c5c5c", "#000", "#8c8c8c" },
	    .texts = { "#111", "#2a2a2a", "#3d3d3d", "#000", "#5e5e5e" },
	    .hachure = ".26",
	    .wipe = ".88",
	    .marker = "#ddd",
	    .marker_opacity = ".8",
	    .marker_blend = "multiply" },
};

const struct theme *
theme_of(enum svg_theme theme)
{
	return &themes[theme];
}

void
theme_write(struct buffer *out, enum svg_theme theme)
{
	static const char inks[] = "kbgry";
	const struct theme *t = theme_of(theme);

	buffer_printf(out,
	    "\n.ground,.paper,.wipe{fill:%s}.wipe{opacity:%s}\n"
	    ".pk,.pb,.pg,.pr,.py,.hk,.hb,.hg,.hl{fill:none;"
	    "stroke-linecap:round;stroke-linejoin:round}\n"
	    ".hk,.hb,.hg{stroke-width:1.2;opacity:%s}\n"
	    ".hl{stroke:%s;opacity:%s;mix-blend-mode:%s;"
	    "pointer-events:none}\n"
	    "text{stroke-width:0;font-variant-ligatures:none}\n"
	    "text.b{stroke-width:.55}\n",
	    t->ground, t->wipe, t->hachure, t->marker, t->marker_opacity,
	    t->marker_blend);
	for (unsigned i = 0; i < sizeof(inks) - 1; i++)
		buffer_printf(out,
		    ".p%c%s%.1s{stroke:%s}.t%c{fill:%s;stroke:%s}\n", inks[i],
		    i < 3 ? ",.h" : "", i < 3 ? inks + i : "", t->pens[i],
		    inks[i], t->texts[i], t->texts[i]);
}
