#include "agent/sriov.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "agent/netlink.h"
#include "base/buffer.h"
#include "base/text.h"

enum { PATH_SIZE = 256, FILE_SIZE_MOST = 64 };

static uint16_t
count_functions(const char *sys, const struct link *link)
{
	CLEANUP(buffer_done) struct buffer text = { .limit = FILE_SIZE_MOST };
	char path[PATH_SIZE];
	unsigned long count;

	snprintf(path, sizeof(path), "%.128s/class/net/%s/device/sriov_numvfs",
	    sys, link->name);
	if (buffer_read_file(&text, path) != STATUS_OK || text.size == 0)
		return 0;
	count = strtoul(buffer_string(&text), NULL, 10);
	return (uint16_t)(count < VFS_MOST ? count : VFS_MOST);
}

/* A driver that tells nothing of its functions has them all the same. */
static void
number_functions(struct vfs *vfs, uint16_t count)
{
	if (vfs->count > 0)
		return;
	for (uint16_t i = 0; i < count; i++)
		vfs->items[i] = (struct vf){ .index = i };
	vfs->count = count;
}

static void
find_device(const char *sys, struct vf_place *place)
{
	char path[PATH_SIZE];
	struct dirent *entry;
	DIR *directory;

	snprintf(path, sizeof(path), "%.128s/bus/pci/devices/%s/net", sys,
	    place->bus);
	directory = opendir(path);
	while (directory && (entry = readdir(directory)) != NULL) {
		if (entry->d_name[0] != '.' &&
		    strlen(entry->d_name) < sizeof(place->net))
			text_copy(
			    place->net, sizeof(place->net), entry->d_name);
	}
	if (directory)
		closedir(directory);
}

/* virtfn3 -> ../0000:3b:02.3 */
static void
find_place(const char *sys, const struct link *link, unsigned number,
    struct vf_place *out)
{
	char path[PATH_SIZE], target[PATH_SIZE];
	const char *name;
	ssize_t size;

	*out = (struct vf_place){ .bus = "" };
	snprintf(path, sizeof(path), "%.128s/class/net/%s/device/virtfn%u", sys,
	    link->name, number);
	size = readlink(path, target, sizeof(target) - 1);
	if (size <= 0)
		return;
	target[size] = '\0';
	name = strrchr(target, '/');
	name = name ? name + 1 : target;
	if (strlen(name) >= sizeof(out->bus))
		return;
	text_copy(out->bus, sizeof(out->bus), name);
	find_device(sys, out);
}

static void
take(void *owner, const struct nlmsghdr *message)
{
	struct vfs *vfs = owner;

	/* A NIC whose driver tells nothing of them: see number_functions. */
	(void)!vfs_read(message, vfs);
}

static void
look_at(struct sriov *s, const struct link *link, const char *sys)
{
	uint16_t count = count_functions(sys, link);
	struct pf *items;
	struct pf *pf;

	if (count == 0 || s->count == PFS_MOST)
		return;
	items = realloc(s->items, (s->count + 1) * sizeof(*items));
	if (!items)
		return;
	s->items = items;
	pf = &items[s->count++];
	memset(pf, 0, sizeof(*pf));
	(void)!netlink_ask_functions(link->index, take, &pf->vfs);
	pf->vfs.link = link->index;
	number_functions(&pf->vfs, count);
	for (unsigned i = 0; i < pf->vfs.count; i++)
		find_place(sys, link, pf->vfs.items[i].index, &pf->places[i]);
}

void
sriov_look(struct sriov *s, const struct links *links, const char *sys)
{
	s->count = 0;
	for (size_t i = 0; i < links->count; i++) {
		if (link_is_nic(&links->items[i]))
			look_at(s, &links->items[i], sys);
	}
}

void
sriov_done(struct sriov *s)
{
	free(s->items);
	*s = (struct sriov){ 0 };
}

const struct pf *
sriov_find(const struct sriov *s, uint32_t link)
{
	for (size_t i = 0; i < s->count; i++) {
		if (s->items[i].vfs.link == link)
			return &s->items[i];
	}
	return NULL;
}

const struct pf *
sriov_find_bus(const struct sriov *s, const char *bus, unsigned *out_place)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct pf *pf = &s->items[i];

		for (unsigned k = 0; k < pf->vfs.count; k++) {
			if (pf->places[k].bus[0] == '\0' ||
			    strcasecmp(pf->places[k].bus, bus) != 0)
				continue;
			*out_place = k;
			return pf;
		}
	}
	return NULL;
}
