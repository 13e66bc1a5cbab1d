#include "collector/draw/xml.h"

#include "collector/draw/spell.h"

void
xml_text(struct buffer *out, const char *name, const char *text)
{
	buffer_printf(out, " %s=\"", name);
	spell_xml(out, text);
	buffer_char(out, '"');
}

void
xml_number(struct buffer *out, const char *name, double number)
{
	buffer_printf(out, " %s=\"", name);
	spell_number(out, number);
	buffer_char(out, '"');
}

void
xml_id(struct buffer *out, const char *name, const char *prefix, const char *id)
{
	struct spelled spelled;

	buffer_printf(out, " %s=\"%s", name, prefix);
	spell_xml(out, spell_id(&spelled, id));
	buffer_char(out, '"');
}
