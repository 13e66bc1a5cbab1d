#include "agent/libvirt/domain_xml.h"

#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/address.h"

enum {
	/* /domain/devices/interface/vlan/tag: what is deeper is not ours. */
	DEPTH_MOST = 5,
	NAME_SIZE = 16,
	NUMBER_DIGITS_MOST = 8
};

struct reading {
	xmlTextReader *reader;
	struct domain domain;
	struct domain_nic *nic; /* the one that is being read; NULL: none */
	unsigned tags;
	char path[DEPTH_MOST][NAME_SIZE];
};

/* ---- small readers ---------------------------------------------------------
 */

static void
clean_into(char *out, size_t capacity, const xmlChar *text)
{
	bool cut;

	out[0] = '\0';
	if (text)
		out[text_clean(out, capacity - 1, text,
		    strlen((const char *)text), &cut)] = '\0';
}

/* The attribute of the element that the reader is at; "" when it has none. */
static void
read_attribute(struct reading *r, const char *name, char *out, size_t capacity)
{
	xmlChar *text =
	    xmlTextReaderGetAttribute(r->reader, (const xmlChar *)name);

	clean_into(out, capacity, text);
	xmlFree(text);
}

/* "0x3b", "59"; false: it is no number, or a larger one than can be. */
static bool
read_number(
    struct reading *r, const char *name, unsigned long most, unsigned *out)
{
	char text[NUMBER_DIGITS_MOST + 4], *end;
	unsigned long number;

	read_attribute(r, name, text, sizeof(text));
	if (text[0] < '0' || text[0] > '9')
		return false;
	number = strtoul(text, &end, 0);
	if (*end != '\0' || number > most)
		return false;
	*out = (unsigned)number;
	return true;
}

/* ---- one NIC ----------------------------------------------------------------
 */

static void
begin_nic(struct reading *r)
{
	struct domain *d = &r->domain;
	char type[NAME_SIZE];

	r->nic = NULL;
	r->tags = 0;
	if (d->nic_count == DOMAIN_NICS_MOST) {
		d->nics_lost++;
		return;
	}
	read_attribute(r, "type", type, sizeof(type));
	r->nic = &d->nics[d->nic_count++];
	*r->nic = (struct domain_nic){ .kind = domain_nic_kind_of(type) };
}

static void
read_mac(struct reading *r)
{
	char text[MAC_TEXT_SIZE];

	read_attribute(r, "address", text, sizeof(text));
	r->nic->has_mac = mac_parse(text, r->nic->mac);
}

/* The words differ with the type; of each NIC only some are there. */
static void
read_source(struct reading *r)
{
	struct domain_nic *n = r->nic;

	read_attribute(r, "network", n->network, sizeof(n->network));
	read_attribute(r, "portgroup", n->port_group, sizeof(n->port_group));
	read_attribute(r, "mode", n->mode, sizeof(n->mode));
	read_attribute(r, "path", n->path, sizeof(n->path));
	read_attribute(r, "bridge", n->source, sizeof(n->source));
	if (n->kind == DOMAIN_NIC_VDPA)
		read_attribute(r, "dev", n->path, sizeof(n->path));
	else if (n->source[0] == '\0')
		read_attribute(r, "dev", n->source, sizeof(n->source));
	if (n->kind == DOMAIN_NIC_INTERNAL && n->network[0] == '\0')
		read_attribute(r, "name", n->network, sizeof(n->network));
	/* Of a socket "mode" says who connects; that is no mode of a NIC. */
	if (n->kind != DOMAIN_NIC_DIRECT)
		n->mode[0] = '\0';
}

/* What is given away is named by its place on the bus. */
static void
read_source_address(struct reading *r)
{
	unsigned domain = 0, bus, slot, function;
	char type[NAME_SIZE];

	read_attribute(r, "type", type, sizeof(type));
	if (strcmp(type, "pci") != 0)
		return;
	(void)!read_number(r, "domain", 0xffff, &domain);
	if (read_number(r, "bus", 0xff, &bus) &&
	    read_number(r, "slot", 0x1f, &slot) &&
	    read_number(r, "function", 7, &function))
		snprintf(r->nic->pci, sizeof(r->nic->pci), "%04x:%02x:%02x.%x",
		    domain, bus, slot, function);
}

static void
read_target(struct reading *r)
{
	read_attribute(r, "dev", r->nic->target, sizeof(r->nic->target));
}

static void
read_virtualport(struct reading *r)
{
	char type[NAME_SIZE];

	read_attribute(r, "type", type, sizeof(type));
	if (strcmp(type, "openvswitch") == 0)
		r->nic->open_vswitch = true;
}

static void
read_parameters(struct reading *r)
{
	read_attribute(r, "interfaceid", r->nic->interface_id,
	    sizeof(r->nic->interface_id));
}

static void
read_link(struct reading *r)
{
	char state[NAME_SIZE];

	read_attribute(r, "state", state, sizeof(state));
	r->nic->link_down = strcmp(state, "down") == 0;
}

static void
read_vlan(struct reading *r)
{
	char trunk[NAME_SIZE];

	read_attribute(r, "trunk", trunk, sizeof(trunk));
	r->nic->vlans = (struct vlan_policy){ .mode = VLAN_ACCESS };
	if (strcmp(trunk, "yes") == 0)
		r->nic->vlans.mode = VLAN_TRUNK;
}

/* The VLAN of untagged frames is one of the trunk, by libvirt's rule for Open
 * vSwitch. */
static void
read_tag(struct reading *r)
{
	struct vlan_policy *p = &r->nic->vlans;
	char native[NAME_SIZE];
	unsigned id;

	if (!read_number(r, "id", VLAN_MOST, &id) || id < VLAN_LEAST)
		return;
	read_attribute(r, "nativeMode", native, sizeof(native));
	if (native[0] != '\0') {
		p->mode = VLAN_NATIVE;
		p->vlan = (uint16_t)id;
	}
	if (r->tags++ == 0 && p->mode == VLAN_ACCESS)
		p->vlan = (uint16_t)id;
	vlans_add(&p->trunks, id, id);
	r->nic->has_vlans = true;
}

/* Several tags are a trunk, said or not; one tag alone is none. */
static void
settle_vlans(struct vlan_policy *p, unsigned tags)
{
	if (p->mode == VLAN_ACCESS && tags > 1)
		p->mode = VLAN_TRUNK;
	if (p->mode == VLAN_TRUNK)
		p->vlan = 0;
	if (p->mode == VLAN_ACCESS)
		p->trunks = (struct vlans){ { 0 } };
}

/* The port of a vhost-user NIC is named like its socket. */
static void
name_by_socket(struct domain_nic *n)
{
	const char *slash = strrchr(n->path, '/');

	if (n->kind == DOMAIN_NIC_VHOSTUSER && n->target[0] == '\0' && slash)
		text_copy(n->target, sizeof(n->target), slash + 1);
}

static void
end_nic(struct reading *r)
{
	if (!r->nic)
		return;
	settle_vlans(&r->nic->vlans, r->tags);
	name_by_socket(r->nic);
	r->nic = NULL;
}

/* ---- the document
 * ------------------------------------------------------------
 */

/* What stands at which depth below which element. */
static const struct rule {
	int depth;
	const char *above, *name;
	void (*read)(struct reading *r);
} rules[] = {
	{ 2, "devices", "interface", begin_nic },
	{ 3, "interface", "mac", read_mac },
	{ 3, "interface", "source", read_source },
	{ 3, "interface", "target", read_target },
	{ 3, "interface", "virtualport", read_virtualport },
	{ 3, "interface", "link", read_link },
	{ 3, "interface", "vlan", read_vlan },
	{ 4, "source", "address", read_source_address },
	{ 4, "virtualport", "parameters", read_parameters },
	{ 4, "vlan", "tag", read_tag },
};

/* Is the element where the first columns of the table say it is? */
static bool
is_at(const struct reading *r, const struct rule *rule, int depth)
{
	if (depth != rule->depth || strcmp(r->path[depth], rule->name) != 0 ||
	    strcmp(r->path[depth - 1], rule->above) != 0)
		return false;
	return depth < 3 || r->nic != NULL;
}

static void
take_element(struct reading *r)
{
	int depth = xmlTextReaderDepth(r->reader);
	const xmlChar *name = xmlTextReaderConstName(r->reader);

	if (depth < 0 || depth >= DEPTH_MOST)
		return;
	/* Cut, it is none of ours: they are shorter. */
	text_copy(r->path[depth], NAME_SIZE, name ? (const char *)name : "");
	if (depth <= 2)
		end_nic(r);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (is_at(r, &rules[i], depth)) {
			rules[i].read(r);
			return;
		}
	}
}

/* The texts of /domain/name and /domain/uuid. */
static void
take_text(struct reading *r)
{
	const xmlChar *text = xmlTextReaderConstValue(r->reader);
	struct domain *d = &r->domain;

	if (xmlTextReaderDepth(r->reader) != 2)
		return;
	if (strcmp(r->path[1], "name") == 0)
		clean_into(d->name, sizeof(d->name), text);
	else if (strcmp(r->path[1], "uuid") == 0)
		clean_into(d->uuid, sizeof(d->uuid), text);
}

static enum status
read_all(struct reading *r)
{
	int more;

	while ((more = xmlTextReaderRead(r->reader)) == 1) {
		switch (xmlTextReaderNodeType(r->reader)) {
		case XML_READER_TYPE_DOCUMENT_TYPE:
		case XML_READER_TYPE_ENTITY_REFERENCE:
			return STATUS_MALFORMED;
		case XML_READER_TYPE_ELEMENT:
			take_element(r);
			break;
		case XML_READER_TYPE_TEXT:
		case XML_READER_TYPE_CDATA:
			take_text(r);
			break;
		default:
			break;
		}
	}
	end_nic(r);
	if (more != 0 || strcmp(r->path[0], "domain") != 0)
		return STATUS_MALFORMED;
	return STATUS_OK;
}

/* The library writes to the standard error otherwise. */
static void
be_quiet(void *owner, xmlErrorPtr error)
{
	(void)owner;
	(void)error;
}

enum status
domain_xml_read(const char *xml, size_t size, struct domain *out)
{
	struct reading r = { .nic = NULL };
	enum status status = STATUS_NO_MEMORY;

	if (size > DOMAIN_XML_MOST)
		return STATUS_TOO_LARGE;
	xmlSetStructuredErrorFunc(NULL, be_quiet);
	r.domain.nics = calloc(DOMAIN_NICS_MOST, sizeof(*r.domain.nics));
	r.reader = xmlReaderForMemory(xml, (int)size, NULL, "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
		XML_PARSE_COMPACT);
	if (r.reader && r.domain.nics)
		status = read_all(&r);
	if (r.reader)
		xmlFreeTextReader(r.reader);
	if (status == STATUS_OK)
		*out = r.domain;
	else
		domain_done(&r.domain);
	return status;
}
