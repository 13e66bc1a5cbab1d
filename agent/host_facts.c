#include "agent/host_facts.h"

#include <ctype.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/text.h"

enum { FILE_SIZE_MOST = 16 * 1024, PATH_SIZE = 64 };

/* The first line of a file, cleaned; "" when there is none. */
static void
read_line(const char *path, char *out, size_t capacity)
{
	CLEANUP(buffer_done) struct buffer text = { .limit = FILE_SIZE_MOST };
	bool cut;
	size_t size;

	out[0] = '\0';
	if (buffer_read_file(&text, path) != STATUS_OK || text.size == 0)
		return;
	size = text_clean(
	    out, capacity - 1, text.octets, strcspn(text.octets, "\n"), &cut);
	out[size] = '\0';
}

/* What makers write when they had nothing to write. */
static void
read_dmi(const char *name, char *out, size_t capacity)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "/sys/class/dmi/id/%s", name);
	read_line(path, out, capacity);
	if (smbios_says_nothing(out))
		out[0] = '\0';
}

bool
host_facts_is_id(const char *text)
{
	return strlen(text) == HOST_ID_SIZE - 1 &&
	       strspn(text, "0123456789abcdefABCDEF") == HOST_ID_SIZE - 1;
}

static void
read_id(char out[static HOST_ID_SIZE])
{
	char text[HOST_TEXT_SIZE];

	out[0] = '\0';
	read_line("/etc/machine-id", text, sizeof(text));
	if (!host_facts_is_id(text))
		read_line("/var/lib/dbus/machine-id", text, sizeof(text));
	if (!host_facts_is_id(text))
		return;
	for (size_t i = 0; i < HOST_ID_SIZE; i++)
		out[i] = (char)tolower((unsigned char)text[i]);
}

/* The value of PRETTY_NAME, which may stand in quotes. */
static void
take_pretty_name(char *text, char *out, size_t capacity)
{
	char *value = strstr(text, "PRETTY_NAME=");
	size_t size;
	bool cut;

	if (!value)
		return;
	value += strlen("PRETTY_NAME=");
	if (*value == '"' || *value == '\'')
		value++;
	size =
	    text_clean(out, capacity - 1, value, strcspn(value, "\"'\n"), &cut);
	out[size] = '\0';
}

static void
read_os(char *out, size_t capacity)
{
	static const char *const paths[] = { "/etc/os-release",
		"/usr/lib/os-release" };

	out[0] = '\0';
	for (size_t i = 0; i < 2 && out[0] == '\0'; i++) {
		CLEANUP(buffer_done)
		struct buffer text = { .limit = FILE_SIZE_MOST };

		if (buffer_read_file(&text, paths[i]) == STATUS_OK &&
		    text.size > 0)
			take_pretty_name(text.octets, out, capacity);
	}
}

/* Root's; without it the kernel still tells the chassis' asset tag. */
static void
read_place(struct host *host, struct smbios *out_smbios)
{
	CLEANUP(buffer_done)
	struct buffer tables = { .limit = SMBIOS_SIZE_MOST };

	memset(out_smbios, 0, sizeof(*out_smbios));
	if (buffer_read_file(&tables, "/sys/firmware/dmi/tables/DMI") ==
	    STATUS_OK)
		smbios_read(cursor_over(buffer_string(&tables), tables.size),
		    out_smbios);
	text_copy(host->chassis, sizeof(host->chassis),
	    smbios_chassis(out_smbios, host->serial));
	text_copy(host->slot, sizeof(host->slot), smbios_bay(out_smbios));
	if (host->chassis[0] == '\0')
		read_dmi(
		    "chassis_serial", host->chassis, sizeof(host->chassis));
	if (strcmp(host->chassis, host->serial) == 0)
		host->chassis[0] = '\0';
	if (host->chassis[0] == '\0')
		read_dmi(
		    "chassis_asset_tag", host->chassis, sizeof(host->chassis));
}

void
host_facts_read(struct host *out, struct smbios *out_smbios)
{
	struct utsname names;

	memset(out, 0, sizeof(*out));
	out->platform = "linux";
	read_id(out->id);
	if (uname(&names) == 0)
		text_copy(out->kernel, sizeof(out->kernel), names.release);
	read_os(out->os, sizeof(out->os));
	read_dmi("sys_vendor", out->vendor, sizeof(out->vendor));
	read_dmi("product_name", out->model, sizeof(out->model));
	read_dmi("product_serial", out->serial, sizeof(out->serial));
	read_place(out, out_smbios);
	(void)host_facts_refresh(out);
}

/* Reads an address that others could use to reach this host. */
static bool
take_address(const struct ifaddrs *from, struct address *out)
{
	const struct sockaddr *sa = from->ifa_addr;

	*out = (struct address){ 0 };
	if (!sa || (from->ifa_flags & IFF_LOOPBACK))
		return false;
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		out->family = ADDRESS_IPV4;
		memcpy(out->octets, &in.sin_addr, sizeof(in.sin_addr));
		return true;
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, sa, sizeof(in6));
		out->family = ADDRESS_IPV6;
		memcpy(out->octets, &in6.sin6_addr, sizeof(in6.sin6_addr));
		return !IN6_IS_ADDR_LINKLOCAL(&in6.sin6_addr);
	}
	return false;
}

static void
read_addresses(struct host *host)
{
	struct ifaddrs *all;

	host->address_count = 0;
	host->addresses_lost = 0;
	memset(host->addresses, 0, sizeof(host->addresses));
	if (getifaddrs(&all) < 0)
		return;
	for (const struct ifaddrs *one = all; one; one = one->ifa_next) {
		struct address address;

		if (!take_address(one, &address))
			continue;
		if (host->address_count == HOST_ADDRESSES_MOST)
			host->addresses_lost++;
		else
			host->addresses[host->address_count++] = address;
	}
	freeifaddrs(all);
}

bool
host_facts_refresh(struct host *host)
{
	struct host before = *host;
	struct utsname names;

	if (uname(&names) == 0)
		text_copy(host->name, sizeof(host->name), names.nodename);
	read_addresses(host);
	return strcmp(before.name, host->name) != 0 ||
	       before.address_count != host->address_count ||
	       memcmp(before.addresses, host->addresses,
		   sizeof(host->addresses)) != 0;
}

bool
host_facts_has_device(const char *link)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "/sys/class/net/%s/device", link);
	return access(path, F_OK) == 0;
}
