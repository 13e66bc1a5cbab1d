#include "collector/rules/fix.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "collector/rules/fix_tables.h"

enum {
	COMMAND_SIZE = 4096, /* the longest template, with the longest names */
	NAME_MOST = 256,     /* no name that is typed is longer */
	WORD_SIZE = 16       /* "channel" */
};

/* Who reads what is pasted. */
enum reader { READS_SWITCH, READS_SHELL, READS_POWERSHELL };

static const char *const *const tables[PLATFORMS] = {
	[PLATFORM_UNKNOWN] = fixes_in_words,
	[PLATFORM_IOS] = fixes_ios,
	[PLATFORM_NXOS] = fixes_nxos,
	[PLATFORM_ACI] = fixes_in_words,
	[PLATFORM_UCS] = fixes_in_words,
	[PLATFORM_JUNOS] = fixes_junos,
	[PLATFORM_EOS] = fixes_eos,
	[PLATFORM_OS9] = fixes_os9,
	[PLATFORM_OS10] = fixes_os10,
	[PLATFORM_CUMULUS] = fixes_cumulus,
	[PLATFORM_SONIC] = fixes_sonic,
	[PLATFORM_COMWARE] = fixes_comware,
	[PLATFORM_AOS_CX] = fixes_aos_cx,
	[PLATFORM_PROVISION] = fixes_provision,
	[PLATFORM_EXOS] = fixes_exos,
	[PLATFORM_FASTIRON] = fixes_fastiron,
	[PLATFORM_ROUTEROS] = fixes_routeros,
	[PLATFORM_LINUX] = fixes_linux,
	[PLATFORM_OPENVSWITCH] = fixes_openvswitch,
	[PLATFORM_LIBVIRT] = fixes_libvirt,
	[PLATFORM_ESXI] = fixes_esxi,
	[PLATFORM_VCENTER] = fixes_vcenter,
};

struct fix_words
fix_nothing(void)
{
	return (
	    struct fix_words){ .channel = -1, .vlan = -1, .mtu = -1, .vf = -1 };
}

/* Where a table has nothing: below Open vSwitch and libvirt is Linux, below a
 * vCenter are hosts; of a switch it is said in words. */
static const char *
template_of(enum platform platform, enum fix_action action)
{
	const char *template = tables[platform][action];

	if (template)
		return template;
	switch (platform) {
	case PLATFORM_LINUX:
	case PLATFORM_ESXI:
		return NULL;
	case PLATFORM_OPENVSWITCH:
	case PLATFORM_LIBVIRT:
		return fixes_linux[action];
	case PLATFORM_VCENTER:
		return fixes_esxi[action];
	default:
		return fixes_in_words[action];
	}
}

static enum reader
reader_of(enum platform platform, const char *template)
{
	if (strncmp(template, "Get-", 4) == 0)
		return READS_POWERSHELL;
	switch (platform) {
	case PLATFORM_CUMULUS:
	case PLATFORM_SONIC:
	case PLATFORM_LINUX:
	case PLATFORM_OPENVSWITCH:
	case PLATFORM_LIBVIRT:
	case PLATFORM_ESXI:
	case PLATFORM_VCENTER:
		return READS_SHELL;
	default:
		return READS_SWITCH;
	}
}

/* Signs that mean themselves wherever they are pasted. */
static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || strchr("._:/-", c);
}

static bool
is_plain_text(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\0' || !is_plain(text[i]))
			return false;
	}
	return length > 0 && text[0] != '-';
}

/* "TenGigabitEthernet 1/8" is a name with a blank; "xe-0/0/1 disable" would be
 * a command more. */
static bool
is_port(const char *text)
{
	const char *blank = strchr(text, ' ');

	if (!blank)
		return is_plain_text(text, strlen(text));
	return is_plain_text(text, (size_t)(blank - text)) &&
	       blank[1] != '\0' &&
	       strspn(blank + 1, "0123456789/:.") == strlen(blank + 1);
}

/* May it stand between single quotes?  What is not ASCII may, but for signs
 * that look like a blank, a line's end or, to PowerShell, like a quote.  What
 * begins with '-' would be an option. */
static bool
is_quotable(const char *text, enum reader reader)
{
	const unsigned char *c = (const unsigned char *)text;

	for (; *c; c++) {
		if (*c < ' ' || *c == 0x7f || *c == 0xc2)
			return false;
		if (*c == 0xe2 && (c[1] == 0x80 || c[1] == 0x81))
			return false;
		if (*c == 0xef && (c[1] == 0xbb || c[1] == 0xbf))
			return false;
		/* It takes such names for patterns. */
		if (reader == READS_POWERSHELL && strchr("*?[]`", *c))
			return false;
	}
	return text[0] != '-';
}

static void
put_quoted(struct buffer *out, const char *text, enum reader reader)
{
	const char *quote = reader == READS_SHELL ? "'\\''" : "''";

	buffer_char(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buffer_text(out, quote);
		else
			buffer_char(out, *text);
	}
	buffer_char(out, '\'');
}

/* A name, or "<word>" when there is none that is safe to paste. */
static void
put_name(
    struct buffer *out, const char *word, const char *name, enum reader reader)
{
	bool usable = name && name[0] != '\0' && strlen(name) <= NAME_MOST;

	if (usable && reader != READS_POWERSHELL &&
	    is_plain_text(name, strlen(name)))
		buffer_text(out, name);
	else if (usable && reader != READS_SWITCH && is_quotable(name, reader))
		put_quoted(out, name, reader);
	else
		buffer_printf(out, "<%s>", word);
}

static void
put_number(struct buffer *out, const char *word, int64_t number, long more)
{
	if (number < 0)
		buffer_printf(out, "<%s>", word);
	else
		buffer_printf(out, "%" PRId64, number + more);
}

/* The port as this platform wants it: a Juniper unit is not the port, Dell's
 * OS10 writes small letters. */
static void
put_port(struct buffer *out, enum platform platform, const char *port)
{
	size_t length;

	if (!port || strlen(port) > NAME_MOST || !is_port(port)) {
		buffer_text(out, "<port>");
		return;
	}
	length = platform == PLATFORM_JUNOS ? strcspn(port, ".") : strlen(port);
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)port[i];

		if (platform == PLATFORM_OS10)
			c = (unsigned char)tolower(c);
		buffer_char(out, (char)c);
	}
}

/* "1/1/7" of "GigabitEthernet1/1/7". */
static void
put_port_number(struct buffer *out, const char *port)
{
	const char *number = port ? strpbrk(port, "0123456789") : NULL;

	if (number && strspn(number, "0123456789/:") == strlen(number))
		buffer_text(out, number);
	else
		buffer_text(out, "<port>");
}

/* What it is set to, so that the firmware gives the frames to the host. */
static void
put_flag(struct buffer *out, const char *flag)
{
	if (flag && strcmp(flag, "disable-fw-lldp") == 0)
		buffer_text(out, "disable-fw-lldp on");
	else if (flag && strcmp(flag, "fw-lldp-agent") == 0)
		buffer_text(out, "fw-lldp-agent off");
	else
		buffer_text(out, "<flag>");
}

struct filling {
	struct buffer out;
	enum platform platform;
	enum reader reader;
	const struct fix_words *words;
};

static void
put_word(struct filling *f, const char *word, long more)
{
	const struct fix_words *w = f->words;
	const struct {
		const char *word, *name;
	} names[] = { { "nic", w->nic }, { "bond", w->bond },
		{ "vswitch", w->vswitch }, { "group", w->group },
		{ "machine", w->machine }, { "vnic", w->vnic },
		{ "mac", w->mac }, { "trust", w->trust } };
	const struct {
		const char *word;
		int64_t number;
	} numbers[] = { { "vlan", w->vlan }, { "mtu", w->mtu },
		{ "channel", w->channel }, { "vf", w->vf } };

	if (strcmp(word, "port") == 0)
		put_port(&f->out, f->platform, w->port);
	else if (strcmp(word, "number") == 0)
		put_port_number(&f->out, w->port);
	else if (strcmp(word, "flag") == 0)
		put_flag(&f->out, w->flag);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(word, names[i].word) == 0)
			put_name(&f->out, word, names[i].name, f->reader);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (strcmp(word, numbers[i].word) == 0)
			put_number(&f->out, word, numbers[i].number, more);
	}
}

/* Reads "{mtu+18}" and gives its length; 0: no word begins here, as at a brace
 * of a shell. */
static size_t
read_word(const char *text, char out[static WORD_SIZE], long *more)
{
	size_t length = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz");
	const char *end = text + 1 + length;
	char *after;

	*more = 0;
	if (text[0] != '{' || length == 0 || length >= WORD_SIZE)
		return 0;
	memcpy(out, text + 1, length);
	out[length] = '\0';
	if (*end == '+') {
		*more = strtol(end + 1, &after, 10);
		end = after;
	}
	return *end == '}' ? (size_t)(end + 1 - text) : 0;
}

static void
fill(struct filling *f, const char *template)
{
	char word[WORD_SIZE];
	size_t length;
	long more;

	while (*template) {
		length = read_word(template, word, &more);
		if (length > 0)
			put_word(f, word, more);
		else
			buffer_char(&f->out, *template);
		template += length > 0 ? length : 1;
	}
}

/* What a channel has must be changed on the channel, not on its ports. */
static bool
is_of_channel(enum fix_action action)
{
	return action == FIX_ALLOW_VLAN || action == FIX_NATIVE_VLAN ||
	       action == FIX_ACCESS_VLAN || action == FIX_PORT_MTU;
}

static const char *
comment_sign(enum platform platform)
{
	switch (platform) {
	case PLATFORM_JUNOS:
	case PLATFORM_CUMULUS:
	case PLATFORM_SONIC:
	case PLATFORM_COMWARE:
	case PLATFORM_EXOS:
	case PLATFORM_ROUTEROS:
		return "# ";
	case PLATFORM_PROVISION:
		return "; ";
	case PLATFORM_UNKNOWN:
	case PLATFORM_ACI:
	case PLATFORM_UCS:
		return "";
	default:
		return "! ";
	}
}

const char *
fix_command(struct arena *a, enum platform platform, enum fix_action action,
    const struct fix_words *words)
{
	const char *template = template_of(platform, action), *text;
	struct filling f = { .platform = platform, .words = words };

	if (!template)
		return "";
	f.reader = reader_of(platform, template);
	buffer_init(&f.out, COMMAND_SIZE);
	if (words->in_channel && is_of_channel(action)) {
		buffer_text(&f.out, comment_sign(platform));
		fill(&f, "{port} is in a channel: type it on the channel\n");
	}
	fill(&f, template);
	text = buffer_ok(&f.out) ? arena_text(a, buffer_string(&f.out)) : NULL;
	buffer_done(&f.out);
	return text ? text : "";
}
