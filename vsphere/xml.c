#include "vsphere/xml.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char XSI[] = "http://www.w3.org/2001/XMLSchema-instance";

struct xml {
	xmlParserCtxtPtr parser;
	struct xml_reader reader;
	enum status status; /* of the document so far */
	unsigned depth;
	size_t path_sizes[XML_DEPTH_MOST + 1];
	char path[XML_PATH_SIZE];
	char type[XML_TYPE_SIZE], xsi_type[XML_TYPE_SIZE];
	bool leaf; /* no element has ended in the open one */
	size_t text_size;
	char text[XML_TEXT_SIZE];
};

static void
stop(struct xml *xml, enum status status)
{
	if (xml->status == STATUS_OK)
		xml->status = status;
	xmlStopParser(xml->parser);
}

static struct xml_element
element_of(const struct xml *xml)
{
	return (struct xml_element){ .path = xml->path,
		.path_size = xml->path_sizes[xml->depth],
		.depth = xml->depth,
		.type = xml->type,
		.xsi_type = xml->xsi_type,
		.text = xml->text,
		.text_size = xml->text_size };
}

/* A path that does not fit matches nothing. */
static void
push_name(struct xml *xml, const char *name)
{
	size_t at = xml->path_sizes[xml->depth];
	size_t length = strlen(name);

	if (at > 0 && at + 1 < XML_PATH_SIZE)
		xml->path[at++] = '/';
	if (at + length + 1 > XML_PATH_SIZE)
		length = 0;
	memcpy(xml->path + at, name, length);
	xml->path[at + length] = '\0';
	xml->path_sizes[++xml->depth] = at + length;
}

static void
keep_value(
    char out[static XML_TYPE_SIZE], const xmlChar *from, const xmlChar *end)
{
	size_t size = (size_t)(end - from);

	if (size >= XML_TYPE_SIZE)
		size = XML_TYPE_SIZE - 1;
	memcpy(out, from, size);
	out[size] = '\0';
}

/* libxml2 tells five pointers for each: name, prefix, namespace, value, end. */
static void
read_attributes(struct xml *xml, int count, const xmlChar **attributes)
{
	enum { NAME = 0, SPACE = 2, VALUE = 3, END = 4, POINTERS = 5 };
	const char *colon;

	xml->type[0] = xml->xsi_type[0] = '\0';
	for (int i = 0; i < count; i++, attributes += POINTERS) {
		const char *space = (const char *)attributes[SPACE];

		if (strcmp((const char *)attributes[NAME], "type") != 0)
			continue;
		if (!space)
			keep_value(
			    xml->type, attributes[VALUE], attributes[END]);
		else if (strcmp(space, XSI) == 0)
			keep_value(
			    xml->xsi_type, attributes[VALUE], attributes[END]);
	}
	colon = strchr(xml->xsi_type, ':');
	if (colon)
		memmove(xml->xsi_type, colon + 1, strlen(colon));
}

static void
start_element(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *space, int namespace_count, const xmlChar **namespaces,
    int attribute_count, int defaulted, const xmlChar **attributes)
{
	struct xml *xml = context;
	struct xml_element element;

	(void)prefix, (void)space, (void)namespace_count, (void)namespaces;
	(void)defaulted;
	if (xml->status != STATUS_OK)
		return;
	if (xml->depth == XML_DEPTH_MOST) {
		stop(xml, STATUS_TOO_LARGE);
		return;
	}
	push_name(xml, (const char *)name);
	read_attributes(xml, attribute_count, attributes);
	xml->leaf = true;
	xml->text_size = 0;
	xml->text[0] = '\0';
	element = element_of(xml);
	xml->reader.enter(xml->reader.owner, &element);
}

static void
end_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *s)
{
	struct xml *xml = context;
	struct xml_element element;

	(void)name, (void)prefix, (void)s;
	if (xml->status != STATUS_OK || xml->depth == 0)
		return;
	if (!xml->leaf) {
		xml->text_size = 0;
		xml->text[0] = '\0';
		xml->type[0] = xml->xsi_type[0] = '\0';
	}
	element = element_of(xml);
	xml->reader.leave(xml->reader.owner, &element);
	xml->leaf = false;
	xml->depth--;
	xml->path[xml->path_sizes[xml->depth]] = '\0';
}

static void
take_characters(void *context, const xmlChar *characters, int count)
{
	struct xml *xml = context;
	size_t room = XML_TEXT_SIZE - 1 - xml->text_size;
	size_t size = count > 0 ? (size_t)count : 0;

	if (!xml->leaf)
		return;
	if (size > room)
		size = room;
	memcpy(xml->text + xml->text_size, characters, size);
	xml->text_size += size;
	xml->text[xml->text_size] = '\0';
}

/* A document type: nothing that we ask has one. */
static void
refuse_document_type(void *context, const xmlChar *name, const xmlChar *id,
    const xmlChar *system)
{
	(void)name, (void)id, (void)system;
	stop(context, STATUS_MALFORMED);
}

/* &name;, where nothing can have defined it. */
static void
refuse_reference(void *context, const xmlChar *name)
{
	(void)name;
	stop(context, STATUS_MALFORMED);
}

/* The status tells; nothing is written to standard error. */
static void
note_error(void *context, const xmlError *error)
{
	(void)context, (void)error;
}

static void
note_words(void *context, const char *format, ...)
{
	(void)context, (void)format;
}

/* libxml2 2.12 made the error constant; older ones call with a plain one. */
static xmlStructuredErrorFunc
error_function(void)
{
	union {
		void (*ours)(void *context, const xmlError *error);
		xmlStructuredErrorFunc theirs;
	} function = { .ours = note_error };

	return function.theirs;
}

enum status
xml_new(const struct xml_reader *reader, struct xml **out_xml)
{
	struct xml *xml = calloc(1, sizeof(*xml));
	xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
		.startElementNs = start_element,
		.endElementNs = end_element,
		.characters = take_characters,
		.cdataBlock = take_characters,
		.internalSubset = refuse_document_type,
		.reference = refuse_reference };

	if (!xml)
		return STATUS_NO_MEMORY;
	handler.serror = error_function();
	/* What its decoders of octets say it tells to the process. */
	xmlSetStructuredErrorFunc(NULL, error_function());
	xmlSetGenericErrorFunc(NULL, note_words);
	xml->reader = *reader;
	xml->parser = xmlCreatePushParserCtxt(&handler, xml, NULL, 0, NULL);
	if (!xml->parser) {
		free(xml);
		return STATUS_NO_MEMORY;
	}
	(void)xmlCtxtUseOptions(
	    xml->parser, XML_PARSE_NONET | XML_PARSE_COMPACT);
	*out_xml = xml;
	return STATUS_OK;
}

void
xml_free(struct xml *xml)
{
	if (!xml)
		return;
	if (xml->parser->myDoc)
		xmlFreeDoc(xml->parser->myDoc);
	xmlFreeParserCtxt(xml->parser);
	free(xml);
}

enum status
xml_take(struct xml *xml, const char *octets, size_t size)
{
	while (size > 0 && xml->status == STATUS_OK) {
		int piece = size > INT_MAX ? INT_MAX : (int)size;

		if (xmlParseChunk(xml->parser, octets, piece, 0) != 0 &&
		    xml->status == STATUS_OK)
			xml->status = STATUS_MALFORMED;
		octets += piece;
		size -= (size_t)piece;
	}
	return xml->status;
}

enum status
xml_end(struct xml *xml)
{
	if (xml->status == STATUS_OK &&
	    xmlParseChunk(xml->parser, NULL, 0, 1) != 0)
		xml->status = STATUS_TRUNCATED;
	if (xml->status == STATUS_OK && xml->depth > 0)
		xml->status = STATUS_TRUNCATED;
	return xml->status;
}
