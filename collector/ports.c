#include "collector/ports.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum {
	WORD_SIZE = 32, /* "twentyfivegigabitethernet" has 25 */
	WORD_SPELLED_OUT =
	    7,           /* letters of "TenGigE", the shortest of the long */
	FEX_LEAST = 100, /* NX-OS numbers fabric extenders 100-199 */
	FEX_MOST = 199
};

/* A kind of interface: brief and full form, and what else people write, all
 * without blanks and hyphens and in lower case. */
struct kind {
	const char *brief, *full;
	const char *spellings[8];
};

static const struct kind kinds[] = {
	{ "Eth", "Ethernet", { "e", "et", "eth", "ethernet" } },
	{ "Fa", "FastEthernet", { "f", "fa", "fas", "fastethernet" } },
	{ "Gi", "GigabitEthernet",
	    { "g", "gi", "gig", "gige", "gigabit", "gigabitethernet" } },
	{ "Tw", "TwoGigabitEthernet", { "tw", "two", "twogigabitethernet" } },
	{ "Fi", "FiveGigabitEthernet",
	    { "fi", "five", "fivegigabitethernet" } },
	{ "Te", "TenGigabitEthernet",
	    { "t", "te", "ten", "tengig", "tengige", "tengigabitethernet" } },
	{ "Twe", "TwentyFiveGigE",
	    { "twe", "twentyfivegige", "twentyfivegigabitethernet", "tf" } },
	{ "Fo", "FortyGigabitEthernet",
	    { "fo", "forty", "fortygig", "fortygige",
		"fortygigabitethernet" } },
	{ "Fif", "FiftyGigE", { "fif", "fiftygige", "fiftygigabitethernet" } },
	{ "Hu", "HundredGigE",
	    { "hu", "hundred", "hundredgig", "hundredgige",
		"hundredgigabitethernet" } },
	{ "TwoH", "TwoHundredGigE", { "twoh", "twohundredgige", "th" } },
	{ "FourH", "FourHundredGigE", { "fourh", "fourhundredgige", "fh" } },
	{ "Ap", "AppGigabitEthernet", { "ap", "appgigabitethernet" } },
	{ "Po", "port-channel", { "po", "port-channel", "portchannel" } },
	{ "BE", "Bundle-Ether", { "be", "bundleether" } },
	{ "Vlan", "Vlan", { "vl", "vlan" } },
	{ "Ma", "Management", { "ma", "management" } },
	{ "Veth", "Vethernet", { "veth", "vethernet" } },
	{ "XGE", "Ten-GigabitEthernet", { "xge" } },
	{ "XGE", "XGigabitEthernet", { "xgigabitethernet" } },
};

/* Two makers, two long forms, one kind: HPE's and Huawei's 10 Gbit/s. */
static const char comware_ten[] = "ten-gigabitethernet";

/* Juniper's media types; their names hold a hyphen that means something. */
static const char *const juniper[] = { "ge", "xe", "et", "fe", "mge", "so",
	"ae", "reth", "em", "fxp", "me", "vme", "irb" };

static bool
in_list(const char *word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count && list[i]; i++) {
		if (strcmp(word, list[i]) == 0)
			return true;
	}
	return false;
}

static const struct kind *
kind_of(const char *word)
{
	size_t count = sizeof(kinds) / sizeof(kinds[0]);

	for (size_t i = 0; i < count; i++) {
		const char *const *spellings = kinds[i].spellings;

		if (in_list(word, spellings, 8))
			return &kinds[i];
	}
	return NULL;
}

/* The leading letters of the text, hyphens and blanks dropped, in lower case.
 * Gives what follows them, NULL when they do not fit. */
static const char *
take_word(const char *text, char out[static WORD_SIZE], size_t *out_raw_size)
{
	const char *at = text;
	size_t length = 0;

	for (; isalpha((unsigned char)*at) || *at == '-' || *at == ' '; at++) {
		if (*at == '-' || *at == ' ')
			continue;
		if (length + 1 >= WORD_SIZE)
			return NULL;
		out[length++] = (char)tolower((unsigned char)*at);
	}
	out[length] = '\0';
	*out_raw_size = (size_t)(at - text);
	return at;
}

/* Is the rest numbers joined by / : or . (and s for a breakout of Linux)? */
static bool
is_path(const char *text, int *out_numbers)
{
	int numbers = 0;

	for (;;) {
		if (!isdigit((unsigned char)*text))
			return false;
		while (isdigit((unsigned char)*text))
			text++;
		numbers++;
		if (*text == '\0')
			break;
		if (!memchr("/:.s", *text, 4))
			return false;
		text++;
	}
	*out_numbers = numbers;
	return true;
}

static void
note_members(
    struct port_name *p, const struct kind *kind, const char *path, int numbers)
{
	int first = (int)strtol(path, NULL, 10);

	if (numbers != 3 || !strchr(path, '/'))
		return;
	if (strcmp(kind->brief, "Eth") == 0) {
		if (first >= FEX_LEAST && first <= FEX_MOST)
			p->fex = first;
	} else if (first > 0) {
		p->member = first;
	}
}

/* A name whose letters are a kind that we know.  The full form is ours, unless
 * the text is another one of its maker: TenGigE0/0/0/1. */
static void
fill_known(struct port_name *p, const struct kind *kind, const char *word,
    const char *path)
{
	p->known = true;
	p->spelled_out = strlen(word) >= WORD_SPELLED_OUT;
	(void)snprintf(p->key, sizeof(p->key), "%s%s", kind->brief, path);
	(void)snprintf(p->brief, sizeof(p->brief), "%s%s", kind->brief, path);
	(void)snprintf(p->full, sizeof(p->full), "%s%s", kind->full, path);
	for (char *c = p->key; *c; c++)
		*c = (char)tolower((unsigned char)*c);
}

/* A name that we take as it stands: Linux, SONiC, Mikrotik, numbers. */
static void
fill_plain(struct port_name *p, const char *text)
{
	size_t length = 0;

	text_copy(p->brief, sizeof(p->brief), text);
	text_copy(p->full, sizeof(p->full), text);
	for (const char *c = text; *c && length + 1 < sizeof(p->key); c++) {
		if (*c != ' ')
			p->key[length++] = (char)tolower((unsigned char)*c);
	}
	p->key[length] = '\0';
	p->spelled_out = true;
}

static bool
read_juniper(
    const char *text, const char *word, const char *path, struct port_name *out)
{
	char *dot;
	int numbers;

	if (!in_list(word, juniper, sizeof(juniper) / sizeof(juniper[0])))
		return false;
	if (path[-1] != '-' || !strchr(path, '/') || !is_path(path, &numbers))
		return false;
	fill_plain(out, text);
	/* xe-0/0/1.0 is a unit of the port xe-0/0/1. */
	dot = strchr(out->key, '.');
	if (dot)
		*dot = '\0';
	dot = strchr(out->brief, '.');
	if (dot)
		*dot = '\0';
	dot = strchr(out->full, '.');
	if (dot)
		*dot = '\0';
	return true;
}

static bool
read_known(const char *word, const char *path, struct port_name *out)
{
	const struct kind *kind = kind_of(word);
	int numbers;

	if (!kind || !is_path(path, &numbers))
		return false;
	/* Linux writes eth0; as a port of a Linux switch it stays that. */
	if (strcmp(word, "eth") == 0 && numbers == 1)
		return false;
	fill_known(out, kind, word, path);
	note_members(out, kind, path, numbers);
	return true;
}

/* Letters then numbers (swp1s0, sfp1, A12), or a path of numbers (1/1/14). */
static bool
read_plain(
    const char *text, const char *word, const char *path, struct port_name *out)
{
	static const char *const speeds[] = { "10GE", "25GE", "40GE", "50GE",
		"100GE", "200GE", "400GE" };
	int numbers;

	for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
		size_t size = strlen(speeds[i]);

		if (strncmp(text, speeds[i], size) == 0 &&
		    is_path(text + size, &numbers)) {
			fill_plain(out, text);
			return true;
		}
	}
	if (!is_path(path, &numbers) || strchr(text, ' ') || text[0] == '-')
		return false;
	/* 526, 10.1.2.3 and 00:11:22:33:44:55 are no interface names. */
	if (word[0] == '\0' &&
	    (numbers < 2 || numbers > 4 || !strpbrk(path, "/:")))
		return false;
	fill_plain(out, text);
	return true;
}

bool
port_name_read(const char *text, struct port_name *out)
{
	struct port_name p = { .key = "" };
	char word[WORD_SIZE];
	size_t raw_size;
	const char *path;

	if (!text || strlen(text) >= PORT_TEXT_SIZE - WORD_SIZE)
		return false;
	while (*text == ' ')
		text++;
	path = take_word(text, word, &raw_size);
	if (!path || !isdigit((unsigned char)*path))
		return false;
	if (raw_size > 0 && path[-1] == '-') {
		if (!read_juniper(text, word, path, &p) &&
		    !read_plain(text, word, path, &p))
			return false;
	} else if (strncasecmp(text, comware_ten, strlen(comware_ten)) == 0 &&
		   read_known("xge", path, &p)) {
		p.spelled_out = true;
	} else if (!read_known(word, path, &p) &&
		   !read_plain(text, word, path, &p)) {
		return false;
	}
	/* A long form of its own: TenGigE0/0/0/1 stays that. */
	if (p.spelled_out && raw_size >= WORD_SPELLED_OUT && text[0] <= 'Z' &&
	    !strchr(text, ' '))
		text_copy(p.full, sizeof(p.full), text);
	*out = p;
	return true;
}

static unsigned long long
take_digits(const char **at)
{
	char *end;
	unsigned long long number = strtoull(*at, &end, 10);

	*at = end;
	return number;
}

int
port_compare(const char *a, const char *b)
{
	while (*a && *b) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			unsigned long long m = take_digits(&a);
			unsigned long long n = take_digits(&b);

			if (m != n)
				return m < n ? -1 : 1;
			continue;
		}
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return tolower((unsigned char)*a) <
				       tolower((unsigned char)*b)
				   ? -1
				   : 1;
		a++;
		b++;
	}
	return (*a != '\0') - (*b != '\0');
}
