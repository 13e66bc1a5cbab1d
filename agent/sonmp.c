#include "agent/sonmp.h"

#include <stdio.h>

#include "report/facts.h"

/* Chassis types of SYNOPTICS-ROOT-MIB that were switches or could face one;
 * the concentrators of the eighties are left out. */
static const char *const chassis_names[] = {
	/* clang-format off */
	[12] = "System 5000",
	[17] = "System 5005",
	[22] = "28000",
	[23] = "23000",
	[24] = "Distributed 5000",
	[25] = "BayStack Ethernet",
	[26] = "23100",
	[27] = "BayStack 100Base-T Hub",
	[32] = "Centillion 6-slot",
	[33] = "Centillion 12-slot",
	[34] = "Centillion 1-slot",
	[35] = "BayStack 301",
	[38] = "Switch Node",
	[39] = "BayStack 302",
	[40] = "BayStack 350",
	[41] = "BayStack 150",
	[42] = "Centillion 50N",
	[43] = "Centillion 50T",
	[44] = "BayStack 303/304",
	[45] = "BayStack 200",
	[46] = "BayStack 250",
	[48] = "BayStack 450",
	[49] = "BayStack 410",
	[50] = "Passport 1200",
	[51] = "Passport 1250",
	[52] = "Passport 1100",
	[53] = "Passport 1150",
	[54] = "Passport 1050",
	[55] = "Passport 1051",
	[56] = "Passport 8610",
	[57] = "Passport 8606",
	[58] = "Passport 8010",
	[59] = "Passport 8006",
	[60] = "BayStack 670",
	[61] = "Passport 740",
	[62] = "Passport 750",
	[63] = "Passport 790",
	[64] = "Business Policy Switch 2000",
	[65] = "Passport 8110",
	[66] = "Passport 8106",
	[67] = "BayStack 3580",
	[68] = "BayStack 10",
	[69] = "BayStack 420",
	[70] = "OPTera Metro 1200",
	[71] = "OPTera 8010co",
	[72] = "OPTera 8610co",
	[73] = "OPTera 8110co",
	[74] = "OPTera 8003",
	[75] = "OPTera 8603",
	[76] = "OPTera 8103",
	[77] = "BayStack 380",
	[78] = "Ethernet Switch 470-48T",
	[79] = "OPTera Metro 1450",
	[80] = "OPTera Metro 1400",
	[81] = "Alteon Switch Family",
	[82] = "Ethernet Switch 460-24T-PWR",
	[83] = "OPTera Metro 8010",
	[84] = "OPTera Metro 8010co",
	[85] = "OPTera Metro 8006",
	[86] = "OPTera Metro 8003",
	[87] = "Alteon 180e",
	[88] = "Alteon AD3",
	[89] = "Alteon 184",
	[90] = "Alteon AD4",
	[91] = "Passport 1424",
	[92] = "Passport 1648",
	[93] = "Passport 1612",
	[94] = "Passport 1624",
	[95] = "BayStack 380-24F",
	[96] = "Ethernet Routing Switch 5510-24T",
	[97] = "Ethernet Routing Switch 5510-48T",
	[98] = "Ethernet Switch 470-24T",
	[99] = "WLAN Access Point 2220",
	[100] = "Passport RBS 2402",
	[101] = "Alteon Application Switch 2424",
	[102] = "Alteon Application Switch 2224",
	[103] = "Alteon Application Switch 2208",
	[104] = "Alteon Application Switch 2216",
	[105] = "Alteon Application Switch 3408",
	[106] = "Alteon Application Switch 3416",
	[107] = "WLAN SecuritySwitch 2250",
	[108] = "Ethernet Switch 425-48T",
	[109] = "Ethernet Switch 425-24T",
	[110] = "WLAN Access Point 2221",
	[111] = "Metro Ethernet Service Unit 24-T SFP",
	[112] = "Metro Ethernet Service Unit 24-T LX DC",
	[113] = "Passport 8300 10-slot",
	[114] = "Passport 8300 6-slot",
	[115] = "Ethernet Routing Switch 5520-24T-PWR",
	[116] = "Ethernet Routing Switch 5520-48T-PWR",
	[117] = "VPN Gateway 3050",
	[118] = "Alteon SSL 310",
	[119] = "Alteon SSL 310 Fiber",
	[120] = "Alteon SSL 310 FIPS",
	[121] = "Alteon SSL 410",
	[122] = "Alteon SSL 410 Fiber",
	[123] = "Alteon Application Switch 2424-SSL",
	[124] = "Ethernet Switch 325-24T",
	[125] = "Ethernet Switch 325-24G",
	[126] = "WLAN Access Point 2225",
	[127] = "WLAN SecuritySwitch 2270",
	[128] = "Ethernet Switch 470-24T-PWR",
	[129] = "Ethernet Switch 470-48T-PWR",
	[130] = "Ethernet Routing Switch 5530-24TFD",
	[131] = "Ethernet Switch 3510-24T",
	[132] = "Metro Ethernet Service Unit 12G AC",
	[133] = "Metro Ethernet Service Unit 12G DC",
	[134] = "Secure Access Switch",
	[135] = "VPN Gateway 3070",
	[136] = "OPTera Metro 3500",
	[137] = "BES 1010-24T",
	[138] = "BES 1010-48T",
	[139] = "BES 1020-24T-PWR",
	[140] = "BES 1020-48T-PWR",
	[141] = "BES 2010-24T",
	[142] = "BES 2010-48T",
	[143] = "BES 2020-24T-PWR",
	[144] = "BES 2020-48T-PWR",
	[145] = "BES 110-24T",
	[146] = "BES 110-48T",
	[147] = "BES 120-24T-PWR",
	[148] = "BES 120-48T-PWR",
	[149] = "BES 210-24T",
	[150] = "BES 210-48T",
	[151] = "BES 220-24T-PWR",
	[152] = "BES 220-48T-PWR",
	[153] = "OME 6500",
	[154] = "Ethernet Routing Switch 4548GT",
	[155] = "Ethernet Routing Switch 4548GT-PWR",
	[156] = "Ethernet Routing Switch 4550T",
	[157] = "Ethernet Routing Switch 4550T-PWR",
	[158] = "Ethernet Routing Switch 4526FX",
	[159] = "Ethernet Routing Switch 2526T",
	[160] = "Ethernet Routing Switch 2526T-PWR",
	[161] = "Ethernet Routing Switch 2550T",
	[162] = "Ethernet Routing Switch 2550T-PWR",
	/* clang-format on */
};

static struct text
add_string(struct neighbor *n, const char *string)
{
	struct cursor c = cursor_over(string, strlen(string));

	return neighbor_add_text(n, &c);
}

/* The segment ID: slot and port; a first octet that is not 0 is the number of
 * the segment on backplanes that had several. */
static void
add_port(struct neighbor *n, const uint8_t segment[static 3])
{
	char text[16];

	if (segment[0] != 0)
		snprintf(text, sizeof(text), "%u/%u/%u", segment[0], segment[1],
		    segment[2]);
	else if (segment[1] != 0)
		snprintf(text, sizeof(text), "%u/%u", segment[1], segment[2]);
	else
		snprintf(text, sizeof(text), "%u", segment[2]);
	n->port_id.type = ID_LOCAL;
	n->port_id.value = add_string(n, text);
}

static void
add_chassis(struct neighbor *n, const uint8_t address[static 5], unsigned type)
{
	static const uint8_t none[4];
	struct cursor c = cursor_over(address, 5); /* family, address */

	n->chassis_id.type = ID_NETWORK_ADDRESS;
	n->chassis_id.value = neighbor_add_octets(n, &c);
	if (memcmp(address + 1, none, sizeof(none)) != 0)
		neighbor_add_address(n, ADDRESS_IPV4, address + 1);
	neighbor_add_number(n, FACT_NORTEL_CHASSIS_TYPE, type);
	if (type < sizeof(chassis_names) / sizeof(chassis_names[0]) &&
	    chassis_names[type])
		n->platform = add_string(n, chassis_names[type]);
}

enum status
sonmp_decode(struct cursor packet, struct neighbor *out)
{
	uint8_t address[5] = { 1 }; /* the family, IPv4 */
	uint8_t segment[3];
	uint8_t type, backplane, state, links;

	cursor_copy(&packet, address + 1, 4);
	cursor_copy(&packet, segment, sizeof(segment));
	type = cursor_u8(&packet);
	backplane = cursor_u8(&packet);
	state = cursor_u8(&packet);
	links = cursor_u8(&packet);
	if (!cursor_ok(&packet))
		return STATUS_TRUNCATED;
	out->protocol = PROTOCOL_SONMP;
	add_chassis(out, address, type);
	add_port(out, segment);
	neighbor_add_number(out, FACT_NORTEL_SEGMENT,
	    (uint32_t)(segment[0] << 16 | segment[1] << 8 | segment[2]));
	neighbor_add_number(out, FACT_NORTEL_BACKPLANE, backplane);
	neighbor_add_number(out, FACT_NORTEL_STATE, state);
	neighbor_add_number(out, FACT_NORTEL_LINKS, links);
	return STATUS_OK;
}
