#include "agent/libvirt/vf.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* What a PF may have at most by PCI Express. */
enum { VFS_MOST_OF_PCI = 65535 };

/* Its PF's name; a PF with several ports shows each as a device, and the one
 * that is not asked by name is the first. */
static bool
find_nic(const char *directory, char out[static LINK_NAME_SIZE])
{
	DIR *list = opendir(directory);
	const struct dirent *entry;

	out[0] = '\0';
	while (list && (entry = readdir(list)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if (out[0] == '\0' || strcmp(entry->d_name, out) < 0)
			text_copy(out, LINK_NAME_SIZE, entry->d_name);
	}
	if (list)
		closedir(list);
	return out[0] != '\0';
}

/* Is 'virtfn' a link to the device of that address? */
static bool
leads_to(const char *virtfn, const char *pci)
{
	char to[PATH_MAX];
	ssize_t size = readlink(virtfn, to, sizeof(to) - 1);
	const char *name;

	if (size < 0)
		return false;
	to[size] = '\0';
	name = strrchr(to, '/');
	return strcmp(name ? name + 1 : to, pci) == 0;
}

void
vf_find(struct domain_nic *nic, const char *devices)
{
	char path[PATH_MAX], name[LINK_NAME_SIZE];

	if (nic->pci[0] == '\0')
		return;
	snprintf(
	    path, sizeof(path), "%.3000s/%s/physfn/net", devices, nic->pci);
	if (!find_nic(path, name))
		return;
	text_copy(nic->nic, sizeof(nic->nic), name);
	for (unsigned i = 0; i <= VFS_MOST_OF_PCI; i++) {
		snprintf(path, sizeof(path), "%.3000s/%s/physfn/virtfn%u",
		    devices, nic->pci, i);
		if (access(path, F_OK) < 0)
			return;
		if (leads_to(path, nic->pci)) {
			nic->has_vf = true;
			nic->vf = (uint16_t)i;
			return;
		}
	}
}
