# Which objects each fuzz target links; replay.c needs base/buffer.o too.

fuzz_lldp_OBJS := $(DECODE) base/buffer.o base/json.o
fuzz_cdp_OBJS := $(fuzz_lldp_OBJS)
fuzz_edp_OBJS := $(fuzz_lldp_OBJS)
fuzz_fdp_OBJS := $(fuzz_lldp_OBJS)
fuzz_sonmp_OBJS := $(fuzz_lldp_OBJS)
fuzz_describe_OBJS := $(fuzz_lldp_OBJS) agent/describe.o
fuzz_frame_OBJS := $(fuzz_lldp_OBJS) $(READ) $(JSON_READ_OBJS)
fuzz_savefile_OBJS := agent/savefile.o base/buffer.o
fuzz_text_OBJS := base/text.o base/buffer.o
fuzz_json_read_OBJS := $(JSON_READ_OBJS) base/text.o \
	base/buffer.o
fuzz_config_OBJS := base/config.o base/buffer.o base/status.o
fuzz_report_OBJS := collector/incoming.o collector/incoming_claims.o \
	collector/incoming_beat.o collector/incoming_form.o collector/form.o \
	collector/incoming_heartbeat.o collector/incoming_parts.o \
	base/json_parts.o base/fingerprint.o \
	collector/incoming_keys.o collector/incoming_rules.o \
	collector/incoming_vlans.o collector/reading.o \
	collector/rules.o collector/vlans.o collector/arena.o collector/index.o base/json.o \
	$(JSON_READ_OBJS) base/text.o base/buffer.o
fuzz_query_OBJS := collector/query.o collector/ports.o base/text.o \
	base/buffer.o
fuzz_ovsdb_OBJS := agent/ovs.o base/json_split.o report/vlans.o \
	report/address.o $(JSON_READ_OBJS) base/text.o \
	base/buffer.o
fuzz_links_OBJS := agent/links.o agent/bridge_vlans.o agent/vfs.o agent/fdb.o \
	agent/teams.o report/vlans.o base/text.o base/buffer.o
fuzz_smbios_OBJS := agent/smbios.o base/text.o base/buffer.o
fuzz_machine_OBJS := agent/machine.o agent/cgroup.o report/address.o \
	$(JSON_READ_OBJS) base/text.o base/buffer.o
fuzz_domains_OBJS := agent/domains.o agent/domains_index.o agent/domain.o \
	agent/domain_read.o report/vlans.o report/address.o base/json.o \
	$(JSON_READ_OBJS) base/text.o base/buffer.o
fuzz_domain_OBJS := agent/libvirt/domain_xml.o $(fuzz_domains_OBJS)
fuzz_tagged_OBJS := agent/tagged.o base/buffer.o
fuzz_soap_OBJS := $(INVENTORY_OBJS)
# A report, and every answer that walks through what it claims.
fuzz_model_OBJS := $(test_api_OBJS)
fuzz_vsphere_OBJS := $(ESXI_OBJS)
fuzz_drawing_OBJS = $(FORMATS) collector/draw/scene.o
fuzz_scene_OBJS = $(sort $(FORMATS) $(LAYOUT) $(SCENES) $(SVG_OBJS)) \
	collector/draw/scene_sum.o tests/support/scopes.o base/age.o
