#include "agent/slots.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/text.h"

enum { PATH_SIZE = 320, FILE_SIZE_MOST = 256 };

static void
read_line(const char *path, char *out, size_t capacity)
{
	CLEANUP(buffer_done) struct buffer text = { .limit = FILE_SIZE_MOST };
	size_t size;
	bool cut;

	out[0] = '\0';
	if (buffer_read_file(&text, path) != STATUS_OK || text.size == 0)
		return;
	size = text_clean(
	    out, capacity - 1, text.octets, strcspn(text.octets, "\n"), &cut);
	out[size] = '\0';
}

/* Is "0000:3b:00.1" a function of the card at "0000:3b:00"? */
static bool
is_card(const char *bus, const char *card)
{
	size_t length = strlen(card);

	return length > 0 && strncasecmp(bus, card, length) == 0 &&
	       bus[length] == '.';
}

/* The kernel's names of slots; firmware without SMBIOS has them too. */
static void
find_named(const char *sys, const char *bus, char out[static NIC_SLOT_SIZE])
{
	char path[PATH_SIZE], card[LINK_BUS_SIZE];
	const struct dirent *entry;
	DIR *directory;

	snprintf(path, sizeof(path), "%.40s/bus/pci/slots", sys);
	directory = opendir(path);
	while (directory && (entry = readdir(directory)) != NULL) {
		if (entry->d_name[0] == '.' ||
		    strlen(entry->d_name) >= NIC_SLOT_SIZE)
			continue;
		snprintf(path, sizeof(path),
		    "%.40s/bus/pci/slots/%.31s/address", sys, entry->d_name);
		read_line(path, card, sizeof(card));
		if (is_card(bus, card))
			text_copy(out, NIC_SLOT_SIZE, entry->d_name);
	}
	if (directory)
		closedir(directory);
}

static void
find_one(const struct smbios *smbios, const char *sys, const char *bus,
    char out[static NIC_SLOT_SIZE])
{
	text_copy(out, NIC_SLOT_SIZE, smbios_slot(smbios, bus));
	if (out[0] == '\0')
		find_named(sys, bus, out);
}

/* A card with a switch of its own stands in the slot of a bridge above. */
void
slots_find(const struct smbios *smbios, const char *sys, const char *bus,
    char out[static NIC_SLOT_SIZE])
{
	char path[PATH_SIZE], real[PATH_MAX];
	char *last;

	out[0] = '\0';
	if (bus[0] == '\0' || strchr(bus, '/'))
		return;
	snprintf(path, sizeof(path), "%.40s/bus/pci/devices/%.31s", sys, bus);
	if (!realpath(path, real))
		return;
	while (out[0] == '\0' && (last = strrchr(real, '/')) != NULL &&
	       strchr(last, ':') && !strstr(last, "/pci")) {
		find_one(smbios, sys, last + 1, out);
		*last = '\0';
	}
	if (out[0] != '\0')
		return;
	snprintf(
	    path, sizeof(path), "%.40s/bus/pci/devices/%.31s/label", sys, bus);
	read_line(path, out, NIC_SLOT_SIZE);
}
