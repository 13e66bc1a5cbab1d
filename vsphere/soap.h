/*
 * soap.h - one answer of a vCenter in, values out, in pieces as they come.
 *
 *	http -> xml -> [soap] -> lists -> session -> inventory
 *
 * Two kinds of answer: one list of one shape (a service's content, a hint),
 * and objects with properties, each a list of the shape that its name has
 * (RetrievePropertiesEx, WaitForUpdatesEx).  An object is handed over when it
 * ends, so an answer of any size takes the memory of its largest object.
 *
 * A shape is a table: which element, by its path below the property, goes into
 * which member of a struct.  What is in no table is passed over.
 *
 * Memory:  soap_new/soap_free; an update is lent, its lists may be taken.
 * Errors:  those of xml.h; STATUS_UNKNOWN: it is XML, but no answer to what
 *          was asked.
 * Source:  vSphere Web Services API; docs/platforms/vmware.md.
 */
#ifndef VSPHERE_SOAP_H
#define VSPHERE_SOAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "vsphere/list.h"
#include "vsphere/xml.h"

enum {
	REFERENCE_SIZE = 128, /* "vm-1047"; of a view "session[...]..." */
	FAULT_SIZE = 64,
	FAULT_TEXT_SIZE = 160,
	PROPERTIES_MOST = 16, /* of one type of object */
	/* Pages of a hundred are asked for. */
	SOAP_OBJECTS_MOST = 1000
};

enum field_kind {
	FIELD_ITEM,   /* an item begins and ends with it */
	FIELD_TEXT,   /* struct place */
	FIELD_SERIES, /* struct place: one of several texts */
	FIELD_NUMBER, /* uint32_t */
	FIELD_FLAG,   /* uint8_t: FLAG_NO, FLAG_YES */
	FIELD_MAC,    /* struct mac_value */
	FIELD_TYPE,   /* struct place: its xsi:type */
	FIELD_SEEN,   /* uint8_t: FLAG_YES */
	FIELD_FIRST,  /* the first half of a pair */
	FIELD_FORGET, /* there is none, until one comes */
	FIELD_PAIR,   /* struct place: series of "first\nthis" */
	FIELD_CALL    /* 'take' is asked */
};

enum flag { FLAG_ABSENT, FLAG_NO, FLAG_YES };

struct mac_value {
	bool known;
	uint8_t octets[6];
};

struct field {
	const char *path; /* below the property; "": its value itself */
	enum field_kind kind;
	size_t member; /* its offset in the item */
	void (*take)(struct draft *draft, const struct xml_element *element);
};

struct shape {
	size_t item_size;
	const struct field *fields; /* ends with a NULL path */
	/* Is the item worth to be kept?  NULL: all are. */
	bool (*keep)(const void *item);
};

/* ---- objects --------------------------------------------------------------
 */

enum object_type {
	OBJECT_OTHER,
	OBJECT_HOST,
	OBJECT_VM,
	OBJECT_SWITCH, /* distributed */
	OBJECT_GROUP,  /* distributed port group */
	OBJECT_TYPES
};

struct property {
	const char *path; /* as the vCenter calls it */
	const struct shape *shape;
};

/* The properties that are read of a type; ends with a NULL path. */
const struct property *soap_properties(enum object_type type);
/* "HostSystem" */
const char *soap_type_name(enum object_type type);

enum update_kind { UPDATE_ENTER, UPDATE_MODIFY, UPDATE_LEAVE };

struct update_value {
	bool told;         /* else it is as it was */
	struct list *list; /* NULL: it has none now */
};

struct update {
	enum update_kind kind;
	enum object_type type;
	char reference[REFERENCE_SIZE];
	/* In the order of soap_properties. */
	struct update_value values[PROPERTIES_MOST];
};

/* ---- an answer ------------------------------------------------------------
 */

struct soap_fault {
	char kind[FAULT_SIZE]; /* "NotAuthenticated"; "": no fault */
	char text[FAULT_TEXT_SIZE];
};

struct soap_settings {
	/* One list of this shape; NULL: objects. */
	const struct shape *shape;
	/* A whole object; what it takes from 'values' it sets to NULL. */
	void (*take)(void *owner, struct update *update);
	void *owner;
};

struct soap;

MUST_USE enum status soap_new(
    const struct soap_settings *settings, struct soap **out_soap);
void soap_free(struct soap *soap);

MUST_USE enum status soap_take(
    struct soap *soap, const char *octets, size_t size);

/* What an answer says of itself. */
struct soap_result {
	struct soap_fault fault;
	char token[REFERENCE_SIZE];   /* more pages; "": it was the last */
	char version[REFERENCE_SIZE]; /* of the updates; "": none */
	bool truncated;               /* more updates wait */
	bool partial; /* a part of a property was told, which was not read */
	uint32_t objects;
	uint32_t lost;     /* items and texts beyond a limit */
	struct list *list; /* of the shape; yours to free; NULL: objects */
};

/* After the last octet. */
MUST_USE enum status soap_end(struct soap *soap, struct soap_result *out);

#endif
