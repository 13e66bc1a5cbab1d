#include "vsphere/fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/address.h"

static const char *
below(const struct xml_element *element, size_t base, size_t *out_size)
{
	bool inside = element->path_size > base;

	*out_size = inside ? element->path_size - base - 1 : 0;
	return inside ? element->path + base + 1 : "";
}

static bool
matches(const struct field *field, const char *path, size_t size)
{
	return strncmp(field->path, path, size) == 0 &&
	       field->path[size] == '\0';
}

static void
set_text(struct draft *draft, size_t member, const char *text, size_t size)
{
	struct place place = draft_text(draft, text, size);

	if (place.at)
		memcpy(
		    (char *)draft_item(draft) + member, &place, sizeof(place));
}

static void
add_series(struct draft *draft, const struct field *field,
    const struct xml_element *element)
{
	char text[2 * LIST_TEXT_MOST];
	size_t size = 0;
	bool cut;

	if (field->kind == FIELD_PAIR) {
		size = strlen(draft->first);
		memcpy(text, draft->first, size);
		text[size++] = '\n';
	}
	size += text_clean(text + size, LIST_TEXT_MOST - 1, element->text,
	    element->text_size, &cut);
	draft_add(draft, field->member, text, size);
}

static void
set_number(void *member, const char *text)
{
	unsigned long long number = strtoull(text, NULL, 10);
	uint32_t value = number > UINT32_MAX ? 0 : (uint32_t)number;

	/* A negative one is read as a huge one. */
	memcpy(member, &value, sizeof(value));
}

static void
set_mac(void *member, const char *text)
{
	struct mac_value mac = { .known = false };

	mac.known = mac_parse(text, mac.octets);
	memcpy(member, &mac, sizeof(mac));
}

static void
keep_first(struct draft *draft, const struct xml_element *element)
{
	bool cut;

	draft->first[text_clean(draft->first, sizeof(draft->first) - 1,
	    element->text, element->text_size, &cut)] = '\0';
}

static void
fill(struct draft *draft, const struct field *field,
    const struct xml_element *element)
{
	char *member = (char *)draft_item(draft) + field->member;

	switch (field->kind) {
	case FIELD_TEXT:
		set_text(
		    draft, field->member, element->text, element->text_size);
		break;
	case FIELD_SERIES:
	case FIELD_PAIR:
		add_series(draft, field, element);
		break;
	case FIELD_NUMBER:
		set_number(member, element->text);
		break;
	case FIELD_FLAG:
		*member = strcmp(element->text, "true") == 0 ||
				  strcmp(element->text, "1") == 0
			      ? FLAG_YES
			      : FLAG_NO;
		break;
	case FIELD_MAC:
		set_mac(member, element->text);
		break;
	case FIELD_FIRST:
		keep_first(draft, element);
		break;
	case FIELD_CALL:
		field->take(draft, element);
		break;
	case FIELD_ITEM:
	case FIELD_TYPE:
	case FIELD_SEEN:
	case FIELD_FORGET:
		break;
	}
}

void
fields_enter(struct draft *draft, const struct shape *shape, size_t base,
    const struct xml_element *element)
{
	size_t size;
	const char *path = below(element, base, &size);
	const struct field *f;

	for (f = shape->fields; f->path; f++) {
		if (!matches(f, path, size))
			continue;
		if (f->kind == FIELD_ITEM)
			draft_open(draft);
		else if (f->kind == FIELD_FORGET)
			draft->first[0] = '\0';
		else if (!draft->open)
			continue;
		else if (f->kind == FIELD_TYPE)
			set_text(draft, f->member, element->xsi_type,
			    strlen(element->xsi_type));
		else if (f->kind == FIELD_SEEN)
			*((char *)draft_item(draft) + f->member) = FLAG_YES;
	}
}

void
fields_leave(struct draft *draft, const struct shape *shape, size_t base,
    const struct xml_element *element)
{
	size_t size;
	const char *path = below(element, base, &size);
	bool closes = false;
	const struct field *f;

	if (!draft->open)
		return;
	for (f = shape->fields; f->path; f++) {
		if (!matches(f, path, size))
			continue;
		if (f->kind == FIELD_ITEM)
			closes = true;
		else
			fill(draft, f, element);
	}
	if (closes)
		draft_close(
		    draft, !shape->keep || shape->keep(draft_item(draft)));
}
