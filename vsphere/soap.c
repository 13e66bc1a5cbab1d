#include "vsphere/soap.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "vsphere/fields.h"

/* Envelope, Body, and what answers. */
enum { ANSWER_DEPTH = 3 };

struct soap {
	struct soap_settings settings;
	struct xml *xml;
	struct draft draft;
	const struct shape *shape; /* of what is being read; NULL: nothing */
	size_t base;               /* its path begins behind this */
	size_t answer;             /* what is below the answer begins here */
	enum status status;        /* of what was taken so far */
	bool in_object, in_fault, answered;
	bool valued; /* the open property came with a value */
	int property;
	struct update update;
	struct soap_result result;
};

/* ---- objects ----------------------------------------------------------------
 */

static const char *
below(const struct xml_element *element, size_t base, size_t *out_size)
{
	bool inside = element->path_size > base;

	*out_size = inside ? element->path_size - base - 1 : 0;
	return inside ? element->path + base + 1 : "";
}

static void
drop_values(struct update *update)
{
	for (unsigned i = 0; i < PROPERTIES_MOST; i++) {
		free(update->values[i].list);
		update->values[i] = (struct update_value){ .told = false };
	}
}

static enum object_type
type_of(const char *name)
{
	for (enum object_type t = OBJECT_HOST; t < OBJECT_TYPES; t++) {
		if (strcmp(soap_type_name(t), name) == 0)
			return t;
	}
	/* A subclass of those that are not VMware's own. */
	if (strcmp(name, "VmwareDistributedVirtualSwitch") == 0)
		return OBJECT_SWITCH;
	return OBJECT_OTHER;
}

static int
property_of(enum object_type type, const char *path)
{
	const struct property *all = soap_properties(type);

	for (int i = 0; all && all[i].path; i++) {
		if (strcmp(all[i].path, path) == 0)
			return i;
	}
	return -1;
}

/* "config.name", where "config" is a property that we read as a whole. */
static bool
is_part(enum object_type type, const char *path)
{
	const struct property *all = soap_properties(type);

	for (int i = 0; all && all[i].path; i++) {
		size_t length = strlen(all[i].path);

		if (strncmp(all[i].path, path, length) == 0 &&
		    (path[length] == '.' || path[length] == '['))
			return true;
	}
	return false;
}

static void
name_property(struct soap *soap, const char *path)
{
	soap->property = property_of(soap->update.type, path);
	if (soap->property < 0 && is_part(soap->update.type, path))
		soap->result.partial = true;
}

static void
begin_object(struct soap *soap)
{
	drop_values(&soap->update);
	soap->update.kind = UPDATE_ENTER;
	soap->update.type = OBJECT_OTHER;
	soap->update.reference[0] = '\0';
	soap->in_object = true;
	soap->valued = false;
	soap->property = -1;
}

static void
end_object(struct soap *soap)
{
	soap->in_object = false;
	if (soap->update.type == OBJECT_OTHER ||
	    soap->update.reference[0] == '\0')
		return;
	if (++soap->result.objects > SOAP_OBJECTS_MOST) {
		soap->status = STATUS_TOO_LARGE;
		return;
	}
	soap->settings.take(soap->settings.owner, &soap->update);
	drop_values(&soap->update);
}

static void
name_object(struct soap *soap, const struct xml_element *element)
{
	/* One that is cut would be another. */
	if (element->text_size >= REFERENCE_SIZE)
		return;
	soap->update.type = type_of(element->type);
	text_copy(soap->update.reference, REFERENCE_SIZE, element->text);
}

static void
set_value(struct soap *soap, struct list *list)
{
	struct update_value *value = &soap->update.values[soap->property];

	free(value->list);
	*value = (struct update_value){ .told = true, .list = list };
}

static void
begin_value(struct soap *soap, const struct xml_element *element)
{
	const struct property *all = soap_properties(soap->update.type);

	soap->valued = true;
	if (soap->property < 0)
		return;
	soap->shape = all[soap->property].shape;
	soap->base = element->path_size;
	draft_begin(&soap->draft, soap->shape->item_size);
	fields_enter(&soap->draft, soap->shape, soap->base, element);
}

static void
end_value(struct soap *soap, const struct xml_element *element)
{
	if (!soap->shape)
		return;
	fields_leave(&soap->draft, soap->shape, soap->base, element);
	soap->shape = NULL;
	set_value(soap, draft_finish(&soap->draft));
}

static void
set_kind(struct soap *soap, const char *word)
{
	soap->update.kind = strcmp(word, "leave") == 0    ? UPDATE_LEAVE
			    : strcmp(word, "modify") == 0 ? UPDATE_MODIFY
							  : UPDATE_ENTER;
}

/* A property that cannot be read is one that the object has not. */
static void
unset_property(struct soap *soap, const char *path)
{
	soap->property = property_of(soap->update.type, path);
	if (soap->property >= 0)
		set_value(soap, NULL);
	soap->property = -1;
}

/* A change to nothing, or a removal, comes without a value. */
static void
end_property(struct soap *soap)
{
	if (!soap->valued && soap->property >= 0)
		set_value(soap, NULL);
	soap->valued = false;
	soap->property = -1;
}

static bool
is_path(const char *path, const char *of_pages, const char *of_updates)
{
	return strcmp(path, of_pages) == 0 || strcmp(path, of_updates) == 0;
}

#define PAGE "returnval/objects"
#define SET "returnval/filterSet/objectSet"

static void
enter_objects(struct soap *soap, const struct xml_element *element)
{
	size_t size;
	const char *path = below(element, soap->answer, &size);

	if (soap->shape)
		fields_enter(&soap->draft, soap->shape, soap->base, element);
	else if (is_path(path, PAGE, SET))
		begin_object(soap);
	else if (soap->in_object &&
		 is_path(path, PAGE "/propSet/val", SET "/changeSet/val"))
		begin_value(soap, element);
}

static void
leave_object_part(
    struct soap *soap, const char *path, const struct xml_element *element)
{
	if (is_path(path, PAGE "/obj", SET "/obj"))
		name_object(soap, element);
	else if (strcmp(path, SET "/kind") == 0)
		set_kind(soap, element->text);
	else if (is_path(path, PAGE "/propSet/name", SET "/changeSet/name"))
		name_property(soap, element->text);
	else if (is_path(path, PAGE "/propSet", SET "/changeSet"))
		end_property(soap);
	else if (is_path(path, PAGE "/missingSet/path", SET "/missingSet/path"))
		unset_property(soap, element->text);
	else if (is_path(path, PAGE, SET))
		end_object(soap);
}

static void
leave_objects(struct soap *soap, const struct xml_element *element)
{
	struct soap_result *r = &soap->result;
	size_t size;
	const char *path = below(element, soap->answer, &size);

	if (soap->shape && element->path_size > soap->base)
		fields_leave(&soap->draft, soap->shape, soap->base, element);
	else if (soap->shape)
		end_value(soap, element);
	else if (soap->in_object)
		leave_object_part(soap, path, element);
	else if (strcmp(path, "returnval/token") == 0)
		text_copy(r->token, sizeof(r->token), element->text);
	else if (strcmp(path, "returnval/version") == 0)
		text_copy(r->version, sizeof(r->version), element->text);
	else if (strcmp(path, "returnval/truncated") == 0)
		r->truncated = strcmp(element->text, "true") == 0;
}

/* ---- faults
 * ------------------------------------------------------------------ */

/* detail holds one element, "NotAuthenticatedFault"; its type says the same
 * without ending. */
static void
enter_fault(struct soap *soap, const struct xml_element *element)
{
	static const char ending[] = "Fault";
	struct soap_fault *fault = &soap->result.fault;
	size_t size, length;
	const char *path = below(element, soap->answer, &size);

	if (strncmp(path, "detail/", 7) != 0 || strchr(path + 7, '/'))
		return;
	text_copy(fault->kind, sizeof(fault->kind),
	    element->xsi_type[0] ? element->xsi_type : path + 7);
	length = strlen(fault->kind);
	if (!element->xsi_type[0] && length > sizeof(ending) - 1 &&
	    strcmp(fault->kind + length - (sizeof(ending) - 1), ending) == 0)
		fault->kind[length - (sizeof(ending) - 1)] = '\0';
}

static void
leave_fault(struct soap *soap, const struct xml_element *element)
{
	struct soap_fault *fault = &soap->result.fault;
	size_t size;
	const char *path = below(element, soap->answer, &size);
	bool cut;

	if (strcmp(path, "faultstring") == 0)
		fault->text[text_clean(fault->text, sizeof(fault->text) - 1,
		    element->text, element->text_size, &cut)] = '\0';
}

/* ---- the answer
 * --------------------------------------------------------------- */

static bool
ends_with(const char *text, size_t size, const char *end)
{
	size_t length = strlen(end);

	return size >= length && memcmp(text + size - length, end, length) == 0;
}

static void
begin_answer(struct soap *soap, const struct xml_element *element)
{
	static const char body[] = "Envelope/Body/";

	if (strncmp(element->path, body, sizeof(body) - 1) != 0)
		return;
	if (soap->answer > 0) {
		/* A second answer: to which of them shall one listen? */
		soap->answered = false;
		return;
	}
	soap->answer = element->path_size;
	soap->in_fault = strcmp(element->path, "Envelope/Body/Fault") == 0;
	soap->answered = soap->in_fault || ends_with(element->path,
					       element->path_size, "Response");
	if (soap->in_fault)
		text_copy(soap->result.fault.kind,
		    sizeof(soap->result.fault.kind), "Fault");
	if (soap->in_fault || !soap->settings.shape)
		return;
	soap->shape = soap->settings.shape;
	soap->base = soap->answer;
	draft_begin(&soap->draft, soap->shape->item_size);
}

static void
enter(void *owner, const struct xml_element *element)
{
	struct soap *soap = owner;

	if (element->depth == ANSWER_DEPTH)
		begin_answer(soap, element);
	if (element->depth <= ANSWER_DEPTH || !soap->answered)
		return;
	if (soap->in_fault)
		enter_fault(soap, element);
	else if (soap->settings.shape)
		fields_enter(&soap->draft, soap->shape, soap->base, element);
	else
		enter_objects(soap, element);
}

static void
leave(void *owner, const struct xml_element *element)
{
	struct soap *soap = owner;

	if (element->depth <= ANSWER_DEPTH || !soap->answered)
		return;
	if (soap->in_fault)
		leave_fault(soap, element);
	else if (soap->settings.shape)
		fields_leave(&soap->draft, soap->shape, soap->base, element);
	else
		leave_objects(soap, element);
}

enum status
soap_new(const struct soap_settings *settings, struct soap **out_soap)
{
	struct soap *soap = calloc(1, sizeof(*soap));
	struct xml_reader reader = {
		.enter = enter, .leave = leave, .owner = soap
	};
	enum status status;

	if (!soap)
		return STATUS_NO_MEMORY;
	soap->settings = *settings;
	soap->property = -1;
	draft_init(&soap->draft);
	status = xml_new(&reader, &soap->xml);
	if (status != STATUS_OK) {
		soap_free(soap);
		return status;
	}
	*out_soap = soap;
	return STATUS_OK;
}

void
soap_free(struct soap *soap)
{
	if (!soap)
		return;
	drop_values(&soap->update);
	draft_done(&soap->draft);
	xml_free(soap->xml);
	free(soap);
}

enum status
soap_take(struct soap *soap, const char *octets, size_t size)
{
	enum status status = xml_take(soap->xml, octets, size);

	return status == STATUS_OK ? soap->status : status;
}

enum status
soap_end(struct soap *soap, struct soap_result *out)
{
	enum status status = xml_end(soap->xml);

	if (status == STATUS_OK)
		status = soap->status;
	if (status != STATUS_OK)
		return status;
	if (!soap->answered)
		return STATUS_UNKNOWN;
	soap->result.lost = soap->draft.lost;
	if (soap->settings.shape && !soap->in_fault) {
		soap->result.list = draft_finish(&soap->draft);
		if (!soap->result.list)
			return STATUS_NO_MEMORY;
	}
	*out = soap->result;
	return STATUS_OK;
}
