# Which objects each unit test links: only what it checks and what that needs.

# base
test_buffer_OBJS := base/buffer.o
test_json_OBJS := base/json.o base/buffer.o base/text.o
test_config_OBJS := base/config.o base/buffer.o base/status.o
test_loop_OBJS := base/loop.o base/clock.o
test_backoff_OBJS := base/backoff.o
test_failover_OBJS := base/failover.o
test_cursor_OBJS :=
test_moment_OBJS := base/moment.o
test_age_OBJS := base/age.o
JSON_READ_OBJS := base/json_read.o base/json_check.o base/json_tape.o \
	base/json.o base/buffer.o base/status.o base/text.o
test_json_tape_OBJS := $(JSON_READ_OBJS)

# cli
test_cli_span_OBJS := cli/span.o cli/client.o base/moment.o base/secret.o \
	base/buffer.o base/status.o base/text.o base/log.o
test_table_OBJS := cli/table.o cli/width.o cli/page.o base/buffer.o base/text.o
test_page_OBJS := cli/width.o cli/page.o base/buffer.o base/text.o
test_cli_answers_OBJS := $(patsubst %.c,%.o,$(wildcard cli/answer_*.c)) \
	cli/carries.o cli/hop_facts.o cli/hops.o cli/host_inside.o cli/judged.o cli/parts.o \
	cli/strip.o cli/words.o cli/words_inside.o base/age.o cli/table.o cli/width.o \
	cli/page.o $(JSON_READ_OBJS) base/buffer.o base/text.o \
	tests/support/shown.o
test_cli_inside_OBJS := $(test_cli_answers_OBJS)
test_cli_told_OBJS := $(test_cli_answers_OBJS)
test_cli_findings_OBJS := $(test_cli_answers_OBJS)

# read: what decodes a frame and writes it as JSON
DECODE := $(patsubst %.c,%.o,$(wildcard agent/lldp*.c)) agent/decode.o \
	agent/ethernet.o agent/cdp.o agent/cdp_tlvs.o agent/edp.o agent/fdp.o \
	agent/sonmp.o agent/checksum.o $(patsubst %.c,%.o,$(wildcard report/neighbor*.c \
	report/facts*.c report/address*.c report/device_id.c)) \
	base/text.o
DECODE_JSON := $(DECODE) base/json.o base/buffer.o
READ := agent/read.o agent/describe.o agent/savefile.o
test_captures_OBJS := $(DECODE_JSON) $(READ) tests/support/captures.o \
	tests/support/golden.o
test_cdp_OBJS := $(DECODE_JSON)
test_edp_OBJS := $(DECODE_JSON)
test_fdp_OBJS := $(DECODE_JSON)
test_sonmp_OBJS := $(DECODE_JSON)
test_savefile_OBJS := agent/savefile.o
test_read_OBJS := $(DECODE_JSON) $(READ) $(JSON_READ_OBJS)

# read: LLDP, and the value that all decoders fill
NEIGHBOR_OBJS := report/neighbor.o report/address.o base/text.o
NEIGHBOR_JSON_OBJS := $(NEIGHBOR_OBJS) report/neighbor_json.o report/facts.o \
	report/facts_write.o report/facts_write_bridge.o \
	report/facts_pieces.o base/json.o base/buffer.o
LLDP_OBJS := agent/lldp.o agent/lldp_organization.o agent/lldp_8021.o \
	agent/lldp_8023.o agent/lldp_med.o agent/lldp_dcbx.o \
	agent/lldp_cisco.o agent/lldp_vendor.o $(NEIGHBOR_JSON_OBJS)
test_text_OBJS := base/text.o
test_address_OBJS := report/address.o
test_neighbor_OBJS := $(NEIGHBOR_OBJS)
test_neighbor_json_OBJS := $(NEIGHBOR_JSON_OBJS)
test_ethernet_OBJS := agent/ethernet.o
test_lldp_OBJS := $(LLDP_OBJS)
test_lldp_8021_OBJS := $(LLDP_OBJS)
test_lldp_8023_OBJS := $(LLDP_OBJS)
test_lldp_med_OBJS := $(LLDP_OBJS)
test_lldp_vendor_OBJS := $(LLDP_OBJS)
test_decode_OBJS := $(DECODE_JSON)

# agent: what remembers, keeps and reports
REPORT_OBJS := report/report.o report/base64.o report/virtual.o \
	report/virtual_json.o report/vlans.o $(NEIGHBOR_JSON_OBJS)
test_links_OBJS := agent/links.o base/text.o
test_neighbors_OBJS := agent/neighbors.o $(NEIGHBOR_OBJS)
test_spool_OBJS := agent/spool.o base/buffer.o
test_delivery_OBJS := agent/delivery.o base/program.o agent/spool.o base/loop.o \
	base/clock.o base/backoff.o base/log.o base/buffer.o base/text.o
test_report_OBJS := $(REPORT_OBJS) $(JSON_READ_OBJS)
OPTIONS_OBJS := agent/options.o agent/host_facts.o agent/smbios.o base/config.o base/log.o \
	base/buffer.o base/status.o base/text.o
test_judge_OBJS := agent/judge.o agent/links.o base/text.o
test_wording_OBJS := agent/wording.o agent/grid.o base/buffer.o \
	$(NEIGHBOR_OBJS)
test_answer_inside_OBJS := agent/answer_inside.o agent/grid.o agent/wording.o \
	report/virtual.o report/vlans.o base/buffer.o $(NEIGHBOR_OBJS)
test_nics_OBJS := agent/nics.o agent/links.o $(OPTIONS_OBJS)
test_options_OBJS := $(OPTIONS_OBJS)
test_capture_filter_OBJS := agent/capture_filter.o
test_control_OBJS := agent/control.o base/loop.o base/clock.o base/buffer.o \
	base/text.o
OPENER_OBJS := agent/opener.o agent/opener_calls.o agent/privilege.o
test_opener_OBJS := $(OPENER_OBJS) base/loop.o base/clock.o base/text.o
test_path_watch_OBJS := agent/path_watch.o base/loop.o base/clock.o base/text.o
test_memory_OBJS := agent/memory.o agent/neighbors.o agent/spool.o \
	base/clock.o agent/nics.o agent/links.o $(OPTIONS_OBJS) \
	$(DECODE_JSON)

# collector
IDENTITY_OBJS := collector/identity.o collector/said.o collector/arena.o \
	collector/index.o base/text.o
TOPOLOGY_OBJS := collector/topology.o collector/topology_group.o \
	collector/topology_ids.o collector/topology_join.o collector/numbers.o \
	collector/slots.o collector/summary.o collector/portjoin.o \
	collector/ports.o collector/verdict.o collector/verdict_text.o $(IDENTITY_OBJS)
test_ports_OBJS := collector/ports.o base/text.o
test_identity_OBJS := $(TOPOLOGY_OBJS)
test_topology_OBJS := $(TOPOLOGY_OBJS)
test_renewal_OBJS := $(TOPOLOGY_OBJS)
# A host's claims as values.
MODEL_OBJS := collector/facts.o collector/heard_vlans.o collector/hint.o \
	collector/inside.o collector/inside_read.o collector/skim.o \
	collector/team.o report/address.o
SEARCH_OBJS := collector/search.o collector/search_doc.o \
	collector/search_sign.o collector/signature.o
FIND_OBJS := collector/find.o collector/find_inside.o collector/find_switch.o \
	collector/find_trying.o collector/find_vlan.o \
	$(MODEL_OBJS) $(SEARCH_OBJS) \
	 collector/vlans.o collector/query.o $(JSON_READ_OBJS) $(TOPOLOGY_OBJS)
test_find_OBJS := $(FIND_OBJS)
test_search_OBJS = $(sort $(FIND_OBJS) $(test_model_OBJS))
test_json_read_OBJS := $(JSON_READ_OBJS)
PARTS_OBJS := base/json_parts.o base/fingerprint.o
INCOMING_OBJS := collector/incoming.o collector/incoming_claims.o \
	collector/incoming_beat.o collector/incoming_form.o \
	collector/form.o \
	collector/incoming_heartbeat.o collector/incoming_keys.o \
	collector/incoming_parts.o collector/incoming_rules.o \
	$(PARTS_OBJS) \
	collector/incoming_vlans.o collector/reading.o \
	collector/rules.o collector/vlans.o collector/arena.o \
	collector/index.o base/json.o \
	base/buffer.o $(JSON_READ_OBJS)
test_incoming_OBJS := $(INCOMING_OBJS)
test_incoming_parts_OBJS := $(INCOMING_OBJS)
test_incoming_beat_OBJS := $(INCOMING_OBJS)
test_incoming_form_OBJS := $(INCOMING_OBJS)
test_fingerprint_OBJS := base/fingerprint.o
STORE_OBJS := collector/store.o collector/store_all.o collector/store_statements.o \
	collector/history.o \
	collector/sqlite_tables.o collector/shorthand.o \
	collector/shorthand_phrases.o report/base64.o \
	collector/engine_sqlite.o collector/store_lock.o \
	collector/engine_pg.o collector/pg_session.o collector/pg_tables.o \
	collector/pg_rows.o collector/pg_values.o \
	base/clock.o base/log.o base/status.o \
	generated/sql_files.o generated/postgresql_files.o
INGEST_OBJS := collector/ingest.o collector/ingest_again.o \
	collector/ingest_whole.o \
	collector/model.o collector/model_build.o \
	collector/model_claims.o collector/model_load.o $(MODEL_OBJS) \
	collector/ports.o $(STORE_OBJS) $(INCOMING_OBJS)
test_ingest_OBJS := $(INGEST_OBJS)
CHANGE_OBJS := base/age.o collector/change.o $(patsubst %.c,%.o,$(wildcard collector/change_*.c))
test_change_words_OBJS := $(sort $(CHANGE_OBJS) collector/incoming.o collector/portjoin.o \
	$(MODEL_OBJS) $(IDENTITY_OBJS) collector/ports.o $(INCOMING_OBJS))
test_model_OBJS := $(INGEST_OBJS)
test_walk_OBJS := collector/walk.o collector/walk_text.o collector/needs.o \
	$(INGEST_OBJS)
test_team_OBJS := $(test_walk_OBJS)
test_hint_OBJS := collector/hint.o report/address.o $(TOPOLOGY_OBJS)
test_vlan_list_OBJS := collector/vlans.o collector/arena.o
test_upgrade_OBJS := $(STORE_OBJS) $(INCOMING_OBJS)
test_retention_OBJS := collector/retention.o $(test_upgrade_OBJS)
test_api_OBJS := $(sort $(patsubst %.c,%.o,$(filter-out collector/main.c \
	collector/http%.c collector/clients.c collector/listener.c \
	collector/guard.c collector/token%.c collector/options.c \
	collector/ticket_file.c, \
	$(wildcard collector/*.c collector/draw/*.c collector/rules/*.c))) generated/sql_files.o \
	generated/postgresql_files.o generated/hand_font.o base/age.o base/program.o \
	generated/web_files.o report/address.o report/base64.o base/json.o base/buffer.o \
	base/gzip.o base/log.o base/clock.o base/moment.o base/status.o \
	$(PARTS_OBJS) $(JSON_READ_OBJS))
test_api_inside_OBJS := $(test_api_OBJS)
test_api_findings_OBJS := $(test_api_OBJS)
test_scope_OBJS := $(test_api_OBJS)
test_api_draw_OBJS := $(test_api_OBJS)
test_drawings_OBJS := collector/drawings.o base/buffer.o base/status.o
test_depict_OBJS := $(test_api_OBJS)
test_depict_findings_OBJS := $(test_api_OBJS)
test_depict_way_OBJS := $(test_api_OBJS)
test_drawing_large_OBJS := $(test_api_OBJS)
test_fleet_index_OBJS := $(test_api_OBJS)
test_rules_OBJS := $(test_api_OBJS)
test_postgresql_OBJS := $(test_api_OBJS)
test_past_OBJS := $(test_api_OBJS) tests/bench/fleet/model.o
test_api_changes_OBJS := $(test_api_OBJS)
test_span_OBJS := $(sort collector/span.o collector/history.o $(STORE_OBJS) \
	$(test_change_words_OBJS))
SHARING_OBJS := collector/sharing.o collector/sharing_text.o collector/told.o \
	collector/following.o collector/telling.o collector/comparing.o \
	collector/host_ids.o collector/pg_notices.o
test_told_OBJS := collector/told.o collector/host_ids.o base/buffer.o
test_sharing_text_OBJS := collector/sharing_text.o base/buffer.o
test_following_OBJS := $(sort $(SHARING_OBJS) base/log.o base/clock.o \
	$(INGEST_OBJS))
test_writer_OBJS := $(sort collector/writer.o collector/writer_write.o \
	collector/metrics.o base/log.o collector/saving.o $(SHARING_OBJS) \
	base/clock.o base/status.o $(INGEST_OBJS))
test_events_OBJS := collector/events.o base/text.o
test_api_vsphere_OBJS := $(test_api_OBJS)
test_api_vlans_OBJS := $(test_api_OBJS)
test_packing_OBJS := collector/packing.o collector/arena.o base/gzip.o base/buffer.o base/text.o
test_coding_OBJS := collector/coding.o base/gzip.o base/buffer.o
test_shorthand_OBJS := collector/shorthand.o \
	collector/shorthand_phrases.o base/buffer.o
test_csv_OBJS := collector/csv.o base/buffer.o $(JSON_READ_OBJS)
test_listing_OBJS := collector/listing.o collector/percent.o collector/when.o collector/listing_ask.o \
	collector/problem.o collector/ports.o base/json.o $(test_csv_OBJS)
test_tokens_OBJS := collector/tokens.o collector/bound.o collector/failures.o \
	$(INGEST_OBJS)
test_guard_OBJS := $(sort collector/guard.o collector/token_file.o \
	collector/audit.o collector/problem.o base/log.o base/clock.o \
	$(test_tokens_OBJS))
test_clients_OBJS := collector/clients.o base/text.o
test_ticket_file_OBJS := collector/ticket_file.o
test_listener_OBJS := collector/listener.o base/text.o

# agent: the inside of the host
VIRTUAL_OBJS := report/virtual.o report/virtual_json.o report/vlans.o
test_vlans_OBJS := report/vlans.o
test_json_split_OBJS := base/json_split.o base/buffer.o
test_cgroup_OBJS := agent/cgroup.o base/text.o
test_vfs_OBJS := agent/vfs.o
test_sriov_OBJS := agent/sriov.o agent/vfs.o agent/netlink.o agent/links.o \
	base/buffer.o base/text.o
test_fdb_OBJS := agent/fdb.o
test_teams_OBJS := agent/teams.o base/text.o
test_slots_OBJS := agent/slots.o agent/smbios.o base/buffer.o base/text.o
test_smbios_OBJS := agent/smbios.o base/text.o
test_machine_OBJS := agent/machine.o report/address.o $(JSON_READ_OBJS) base/text.o
test_bridge_vlans_OBJS := agent/bridge_vlans.o report/vlans.o
test_ovs_OBJS := agent/ovs.o report/vlans.o report/address.o \
	$(JSON_READ_OBJS) base/text.o
DOMAINS_OBJS := agent/domains.o agent/domain.o agent/domain_read.o
test_domain_xml_OBJS := agent/libvirt/domain_xml.o $(DOMAINS_OBJS) \
	$(VIRTUAL_OBJS) report/address.o base/json.o $(JSON_READ_OBJS) base/buffer.o base/text.o tests/support/golden.o
test_domains_OBJS := $(DOMAINS_OBJS) agent/domains_index.o report/vlans.o \
	report/address.o base/json.o $(JSON_READ_OBJS) \
	base/buffer.o base/text.o
test_known_OBJS := agent/libvirt/known.o base/text.o
test_vf_OBJS := agent/libvirt/vf.o base/text.o
test_inside_OBJS := agent/inside.o agent/inside_ovs.o agent/inside_nics.o \
	agent/inside_workloads.o agent/inside_domains.o \
	agent/domains_index.o $(DOMAINS_OBJS) agent/ovs.o agent/machine.o \
	agent/processes.o agent/netns.o agent/cgroup.o agent/bridge_vlans.o \
	agent/fdb.o agent/teams.o agent/sriov.o agent/vfs.o agent/netlink.o \
	agent/links.o agent/nics.o $(VIRTUAL_OBJS) report/address.o \
	base/json.o $(JSON_READ_OBJS) $(OPTIONS_OBJS)
test_inside_domains_OBJS := $(test_inside_OBJS)

# agent: VLANs that are heard
test_tagged_OBJS := agent/tagged.o
test_heard_vlans_OBJS := agent/heard_vlans.o
test_window_OBJS := agent/window.o
test_own_macs_OBJS := agent/own_macs.o
test_capture_tagged_filter_OBJS := agent/capture_tagged_filter.o
# vsphere
SOAP_OBJS := vsphere/soap.o vsphere/fields.o vsphere/xml.o vsphere/list.o \
	vsphere/shapes.o vsphere/shapes_service.o base/buffer.o base/text.o \
	report/address.o
INVENTORY_OBJS := vsphere/inventory.o vsphere/inventory_ids.o \
	vsphere/hearing.o $(SOAP_OBJS)
test_soap_OBJS := tests/support/vsphere.o $(INVENTORY_OBJS)
test_inventory_OBJS := $(INVENTORY_OBJS)
ESXI_OBJS := $(sort $(INVENTORY_OBJS) vsphere/compose.o vsphere/hints.o \
	vsphere/names.o $(patsubst %.c,%.o,$(wildcard vsphere/inside_*.c \
	report/*.c)) base/json.o)
test_vsphere_report_OBJS := tests/support/vsphere.o tests/support/golden.o \
	$(ESXI_OBJS)
test_secret_OBJS := base/secret.o base/status.o
test_teller_OBJS := vsphere/teller.o base/backoff.o base/buffer.o \
	base/failover.o base/secret.o base/status.o base/text.o
test_hearing_OBJS := tests/support/vsphere.o $(INVENTORY_OBJS) report/vlans.o
test_vsphere_options_OBJS := vsphere/options.o base/secret.o $(test_config_OBJS) base/log.o
test_ask_OBJS := vsphere/ask.o $(SOAP_OBJS)

# draw
test_letters_OBJS := collector/draw/letters.o collector/draw/font.o \
	generated/hand_font.o
HAND_OBJS := collector/draw/hand.o collector/draw/hand_box.o \
	collector/draw/hand_run.o collector/draw/path.o base/buffer.o base/text.o
test_hand_OBJS := $(HAND_OBJS)
SVG_OBJS := $(patsubst %.c,%.o,$(wildcard collector/draw/svg*.c)) \
	collector/draw/font.o collector/draw/letters.o collector/draw/sheet.o \
	collector/draw/spell.o collector/arena.o generated/hand_font.o $(HAND_OBJS)
test_svg_OBJS := $(SVG_OBJS)
test_picture_OBJS := collector/picture.o base/clock.o base/log.o $(SVG_OBJS)
SCENES := tests/support/scenes.o tests/support/scenes_pod.o \
	collector/draw/scene.o collector/arena.o
test_scenes_OBJS := $(SCENES)
test_scene_sum_OBJS := collector/draw/scene_sum.o tests/support/scopes.o \
	$(SCENES)
# All that writes a drawing, and one of each thing to be written.
FORMATS := $(patsubst %,collector/draw/%.o,dot drawio excalidraw \
	excalidraw_element formats graphml mermaid outline pens plain plain_inside plain_line \
	plain_sides plain_way sheet sorted spell then trace vsdx vsdx_page xml zip) collector/arena.o \
	tests/support/sheets.o base/age.o base/buffer.o base/json.o base/text.o
test_plain_OBJS = $(test_formats_OBJS)
test_formats_OBJS := $(sort $(FORMATS) $(SCENES))
LAYOUT := $(patsubst %,collector/draw/%.o,board clear fit foot foot_block \
	full full_cables full_devices full_house full_inside full_marked heading \
	inside inside_order inside_size inside_untangle isotonic ladder \
	ladder_bars ladder_cables ladder_differences ladder_foot \
	ladder_hosts ladder_index layout letters line normal order pairs pods put \
	rings rows rows_order rows_sift sheet sorted strip strip_said strip_way \
	then)
test_layout_OBJS := $(LAYOUT) $(SCENES) tests/support/scopes.o \
	tests/support/scopes_way.o \
	tests/support/overlaps.o base/age.o base/buffer.o base/text.o
test_layout_memory_OBJS := $(test_layout_OBJS)
test_ladder_OBJS := $(test_layout_OBJS)
test_layout_pages_OBJS := $(test_layout_OBJS)
test_layout_then_OBJS := $(test_layout_OBJS)
test_spell_OBJS := collector/draw/spell.o base/buffer.o base/text.o
RULES_OBJS := $(patsubst %.c,%.o,$(wildcard collector/rules/*.c)) \
	collector/arena.o collector/vlans.o base/age.o base/buffer.o \
	base/status.o base/text.o
test_findings_OBJS := $(sort collector/finding.o collector/findings.o \
	collector/findings_store.o $(RULES_OBJS) \
	$(STORE_OBJS) $(INCOMING_OBJS))
test_feed_OBJS := $(sort collector/feed.o collector/events.o \
	collector/change.o collector/finding.o collector/findings.o \
	base/json.o base/buffer.o $(RULES_OBJS) $(JSON_READ_OBJS))
test_docket_OBJS := collector/docket.o collector/numbers.o collector/index.o
test_judging_OBJS := $(RULES_OBJS)
test_platform_OBJS := $(RULES_OBJS)
test_fix_OBJS := $(RULES_OBJS)
test_rules_bond_OBJS := tests/support/knowns.o $(RULES_OBJS)
test_rules_rate_OBJS := $(test_rules_bond_OBJS)
test_rules_virtual_OBJS := $(test_rules_bond_OBJS)
test_rules_page_OBJS := tests/support/golden.o $(RULES_OBJS)
test_rules_reports_OBJS := $(test_rules_OBJS)
test_diagnosis_OBJS := $(test_rules_bond_OBJS)
