#include "agent/privilege.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/text.h"

enum { DIRECTORY_MODE = 0750, ABOVE_MODE = 0755 };

enum status
privilege_find(const char *name, struct account *out)
{
	const struct passwd *entry = NULL;

	*out = (struct account){ .user = geteuid(), .group = getegid() };
	if (geteuid() != 0)
		return STATUS_OK;
	if (name)
		entry = getpwnam(name);
	if (!name)
		entry = getpwnam("demarc-agent");
	if (!name && !entry)
		entry = getpwnam("nobody");
	if (!entry)
		return STATUS_NOT_FOUND;
	out->user = entry->pw_uid;
	out->group = entry->pw_gid;
	out->change = entry->pw_uid != 0;
	return STATUS_OK;
}

/* Makes what stands above 'path', for all to pass. */
static void
make_above(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)!mkdir(path, ABOVE_MODE);
		*slash = '/';
	}
}

enum status
privilege_make_directory(const char *path, const struct account *account)
{
	char copy[PATH_MAX];

	if (strlen(path) >= sizeof(copy))
		return STATUS_TOO_LARGE;
	text_copy(copy, sizeof(copy), path);
	make_above(copy);
	/* One that is there stays whose it is: it may be /run. */
	if (mkdir(path, DIRECTORY_MODE) < 0)
		return errno == EEXIST ? STATUS_OK : STATUS_SYSTEM;
	return privilege_own_directory(path, account);
}

enum status
privilege_own_directory(const char *path, const struct account *account)
{
	if (account->change && lchown(path, account->user, account->group) < 0)
		return STATUS_SYSTEM;
	return STATUS_OK;
}

/* Leaves this capability as the only one, when we have it. */
static enum status
keep_only(int capability)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct had[2] = { { 0 } }, keep[2] = { { 0 } };

	if (syscall(SYS_capget, &head, had) < 0)
		return STATUS_SYSTEM;
	keep[0].permitted = had[0].permitted & (1u << capability);
	keep[0].effective = keep[0].permitted;
	if (syscall(SYS_capset, &head, keep) < 0)
		return STATUS_SYSTEM;
	return STATUS_OK;
}

bool
privilege_has(int capability)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct had[2] = { { 0 } };

	return syscall(SYS_capget, &head, had) == 0 &&
	       (had[0].effective & (1u << capability)) != 0;
}

/* What is not in the bounding set cannot be had by starting a program, not
 * even as root.  Without CAP_SETPCAP there is nothing to drop. */
static void
drop_bounding_set(void)
{
	for (int capability = 0; capability <= CAP_LAST_CAP; capability++)
		(void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
}

enum status
privilege_give_up(const struct account *account, int capability)
{
	drop_bounding_set();
	if (account->change) {
		if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 ||
		    setgroups(0, NULL) < 0 ||
		    setresgid(account->group, account->group, account->group) <
			0 ||
		    setresuid(account->user, account->user, account->user) < 0)
			return STATUS_SYSTEM;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return STATUS_SYSTEM;
	(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	return keep_only(capability);
}
