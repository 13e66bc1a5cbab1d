# demarc - every program, test and document; `make help` explains it.
#
# No configure step: what a library needs is asked of pkg-config, what is
# missing on the machine `make setup` installs.  BUILD=DIR builds elsewhere,
# CC=clang with another compiler.

BUILD ?= build
CC = gcc
PREFIX ?= /usr/local
DESTDIR ?=
SBINDIR = $(PREFIX)/sbin
BINDIR = $(PREFIX)/bin
LIBEXECDIR = $(PREFIX)/libexec/demarc
MANDIR = $(PREFIX)/share/man
DOCDIR = $(PREFIX)/share/doc/demarc
VERSION := $(shell sed -n 's/^\#\# \([0-9][0-9.]*\).*/\1/p' NEWS.md | head -n 1)

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wundef -Wpointer-arith -Wcast-qual -Wvla -Werror
CPPFLAGS = -I. -I$(BUILD) -D_GNU_SOURCE -DDEMARC_VERSION='"$(VERSION)"' \
	-DDEMARC_LIBEXECDIR='"$(LIBEXECDIR)"'
CFLAGS = -O2 -g
# A drawing is the same octets on every machine.
EXACT = -ffp-contract=off
# Decoding is a tenth of a microsecond of small calls across files: linking
# with all of them in view takes a fifth off.  gcc only, since clang would need
# another linker.
LTO = $(if $(findstring clang,$(CC)),,-flto=auto)
AR = $(if $(findstring clang,$(CC)),ar,gcc-ar)
HARDENING = -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2
ALL_CFLAGS = -std=c17 $(WARNINGS) $(CFLAGS) $(EXACT)
LDFLAGS = -Wl,--as-needed -Wl,-z,relro -Wl,-z,now
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer

# Asked only when a rule needs them, so `make help` and `make setup` work on a
# machine that has no library yet.
pkg_cflags = $(shell pkg-config --cflags $(1))
pkg_libs = $(shell pkg-config --libs $(1))
AGENT_LIBS = $(call pkg_libs,libpcap libmnl)
DELIVER_LIBS = $(call pkg_libs,libcurl zlib)
COLLECTOR_LIBS = $(call pkg_libs,sqlite3 libpq libmicrohttpd gnutls zlib libzstd) -lpthread -lm
CLI_LIBS = $(call pkg_libs,libcurl)
LIBVIRT_LIBS = $(call pkg_libs,libvirt libxml-2.0)
PICTURE_LIBS = $(call pkg_libs,librsvg-2.0 cairo-pdf fontconfig)
VSPHERE_LIBS = $(call pkg_libs,libcurl libxml-2.0)
TEST_LIBS = $(call pkg_libs,check) $(AGENT_LIBS) $(CLI_LIBS) $(COLLECTOR_LIBS) \
	$(call pkg_libs,libxml-2.0 gnutls)

BASE = $(patsubst %.c,%.o,$(wildcard base/*.c))
REPORT = $(patsubst %.c,%.o,$(wildcard report/*.c))
DELIVER = agent/deliver_main.o agent/deliver.o agent/deliver_place.o
AGENT = $(filter-out $(DELIVER),$(patsubst %.c,%.o,$(wildcard agent/*.c)))
COLLECTOR = $(patsubst %.c,%.o,$(wildcard collector/*.c collector/draw/*.c collector/rules/*.c))
CLI = $(patsubst %.c,%.o,$(wildcard cli/*.c))
VSPHERE = $(patsubst %.c,%.o,$(wildcard vsphere/*.c))
# The page and the SQL, turned into C by a tool that runs on this machine.
EMBEDDED = generated/web_files.o generated/sql_files.o \
	generated/postgresql_files.o generated/hand_font.o
WEB = $(shell find web -type f ! -name '.*' | sort)
SQL = $(sort $(wildcard schema/sqlite/*.sql))
POSTGRESQL = $(sort $(wildcard schema/postgresql/*.sql))
PROGRAMS = demarc-agent demarc-deliver demarc-vsphere demarc-collector demarc \
	$(OPTIONAL)

# Built where its libraries are: a host without libvirt needs none of it.
LIBVIRT = $(patsubst %.c,%.o,$(wildcard agent/libvirt/*.c)) agent/domain.o
HAS_LIBVIRT = $(shell pkg-config --exists libvirt libxml-2.0 && echo yes)
HAS_RSVG = $(shell pkg-config --exists librsvg-2.0 cairo-pdf fontconfig && echo yes)
OPTIONAL = $(if $(HAS_LIBVIRT),demarc-libvirt) $(if $(HAS_RSVG),demarc-picture)

# The hand's letters: npm fetched them, FreeType takes them apart.
HAND = $(wildcard web/hand.woff2)
HAS_FREETYPE = $(shell pkg-config --exists freetype2 && echo yes)
HAS_FONT = $(if $(HAND),$(HAS_FREETYPE))

all: $(PROGRAMS:%=$(BUILD)/%)
	$(if $(HAS_FONT),,@echo 'drawings use a font of the reader: $(if \
		$(HAND),no libfreetype-dev here,no web/hand.woff2 (make setup fetches it))')
	$(if $(HAS_RSVG),,@echo 'drawings are not made as PNG and PDF: no librsvg2-dev here')
	$(if $(HAS_LIBVIRT),,@echo 'demarc-libvirt is left out: no libvirt-dev and libxml2-dev here')

# V=1 shows the commands whole.
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' '$(1)' '$(2)')

# ---- programs --------------------------------------------------------------

# Archives, so that a program holds only the objects that it uses.
$(BUILD)/libbase.a: $(BASE:%=$(BUILD)/%)
$(BUILD)/libreport.a: $(REPORT:%=$(BUILD)/%)
$(BUILD)/lib%.a:
	@rm -f $@
	$(call say,AR,$@)
	$(Q)$(AR) rcs $@ $^

COMMON = $(BUILD)/libreport.a $(BUILD)/libbase.a
define link
$(call say,LINK,$@)
$(Q)$(CC) $(CFLAGS) $(LTO) -pie $(LDFLAGS) -o $@ $^ $(1)
endef

$(BUILD)/demarc-agent: $(AGENT:%=$(BUILD)/%) $(COMMON)
	$(call link,$(AGENT_LIBS))
$(BUILD)/demarc-deliver: $(DELIVER:%=$(BUILD)/%) $(BUILD)/agent/spool.o $(COMMON)
	$(call link,$(DELIVER_LIBS))
$(BUILD)/demarc-libvirt: $(LIBVIRT:%=$(BUILD)/%) $(COMMON)
	$(call link,$(LIBVIRT_LIBS))
$(BUILD)/demarc-collector: $(COLLECTOR:%=$(BUILD)/%) $(EMBEDDED:%=$(BUILD)/%) $(COMMON)
	$(call link,$(COLLECTOR_LIBS))
$(BUILD)/demarc-vsphere: $(VSPHERE:%=$(BUILD)/%) $(COMMON)
	$(call link,$(VSPHERE_LIBS))
$(BUILD)/demarc-picture: $(BUILD)/collector/picture/main.o \
		$(BUILD)/generated/hand_truetype.o
	$(call link,$(PICTURE_LIBS))
$(BUILD)/demarc: $(CLI:%=$(BUILD)/%) $(COMMON)
	$(call link,$(CLI_LIBS))

# libxml2's headers are in a folder of their own.
$(BUILD)/agent/libvirt/%.o $(BUILD)/san/agent/libvirt/%.o $(BUILD)/fuzz/agent/libvirt/%.o: \
	CPPFLAGS += $(call pkg_cflags,libvirt libxml-2.0)
$(BUILD)/collector/picture/%.o: CPPFLAGS += \
	$(call pkg_cflags,librsvg-2.0 cairo-pdf fontconfig)
%/vsphere/xml.o %/tests/unit/test_svg.o: CPPFLAGS += $(call pkg_cflags,libxml-2.0)
%/collector/engine_pg.o %/collector/pg_session.o %/collector/pg_tables.o \
	%/collector/pg_notices.o %/collector/pg_rows.o %/collector/pg_values.o \
	$(BUILD)/san/tests/unit/%.o: \
	CPPFLAGS += $(call pkg_cflags,libpq)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(HARDENING) $(LTO) -MMD -MP -c -o $@ $<

$(BUILD)/tools/embed: collector/tools/embed.c
	@mkdir -p $(@D)
	$(call say,TOOL,$@)
	$(Q)$(CC) -std=c17 $(WARNINGS) -O1 -o $@ $<
# The lists of files are named too, so that a file that is gone is left out.
$(BUILD)/generated/%.list: FORCE
	@mkdir -p $(@D)
	@echo '$(WEB) $(SQL) $(POSTGRESQL) $(HAS_FREETYPE)' | cmp -s - $@ || \
		echo '$(WEB) $(SQL) $(POSTGRESQL) $(HAS_FREETYPE)' > $@
$(BUILD)/generated/web_files.c: $(BUILD)/tools/embed $(WEB) $(BUILD)/generated/files.list
	$(Q)$< embedded_web web $(WEB) > $@
$(BUILD)/generated/sql_files.c: $(BUILD)/tools/embed $(SQL) $(BUILD)/generated/files.list
	$(Q)$< embedded_sql schema/sqlite $(SQL) > $@
$(BUILD)/generated/postgresql_files.c: $(BUILD)/tools/embed $(POSTGRESQL) \
		$(BUILD)/generated/files.list
	$(Q)$< embedded_postgresql schema/postgresql $(POSTGRESQL) > $@
$(BUILD)/tools/font: collector/tools/font.c
	@mkdir -p $(@D)
	$(call say,TOOL,$@)
	$(Q)$(CC) -std=c17 $(WARNINGS) -O1 $(call pkg_cflags,freetype2) -o $@ $< \
		$(call pkg_libs,freetype2)
$(BUILD)/generated/hand_font.c $(BUILD)/generated/hand_truetype.c: \
$(BUILD)/generated/hand_%.c: $(BUILD)/generated/files.list collector/tools/no_%.c \
		$(if $(HAS_FONT),$(BUILD)/tools/font $(HAND))
	$(Q)$(if $(HAS_FONT),$(BUILD)/tools/font $* $(HAND),cat \
		collector/tools/no_$*.c) > $@
$(BUILD)/generated/%.o: $(BUILD)/generated/%.c
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(HARDENING) -c -o $@ $<

# ---- tests -----------------------------------------------------------------

# Each program names its objects: test_X_OBJS, fuzz_X_OBJS.
-include tests/unit/objects.mk tests/fuzz/objects.mk
UNIT = $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
# What runs on each engine of the store.
STORING = test_api test_api_inside test_api_vlans test_api_vsphere test_ingest \
	test_writer test_following test_postgresql test_findings \
	test_api_findings
FUZZ = $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
SAN = $(BUILD)/san
FUZZ_DIR = $(BUILD)/fuzz

$(SAN)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,SAN,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(SANITIZE) -MMD -MP -c -o $@ $<

$(SAN)/generated/%.o: $(BUILD)/generated/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(SANITIZE) -c -o $@ $<

.SECONDEXPANSION:
$(UNIT:%=$(SAN)/%): $(SAN)/%: $(SAN)/tests/unit/%.o $$(addprefix $(SAN)/,$$($$*_OBJS))
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(SANITIZE) -Wl,--as-needed -o $@ $^ $(TEST_LIBS)

$(FUZZ:%=$(SAN)/%): $(SAN)/%: $(SAN)/tests/fuzz/%.o $(SAN)/tests/fuzz/replay.o \
		$$(addprefix $(SAN)/,$$($$*_OBJS))
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(SANITIZE) -Wl,--as-needed -o $@ $^ $(TEST_LIBS)

# libFuzzer is clang's: its objects stand apart.
$(FUZZ_DIR)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,FUZZ,$<)
	$(Q)clang $(CPPFLAGS) $(ALL_CFLAGS) -fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all -MMD -MP -c -o $@ $<
$(FUZZ_DIR)/generated/%.o: $(BUILD)/generated/%.c
	@mkdir -p $(@D)
	$(Q)clang $(CPPFLAGS) $(ALL_CFLAGS) -fsanitize=fuzzer-no-link,address,undefined \
		-c -o $@ $<
$(FUZZ:%=$(FUZZ_DIR)/%): $(FUZZ_DIR)/%: $(FUZZ_DIR)/tests/fuzz/%.o \
		$$(addprefix $(FUZZ_DIR)/,$$($$*_OBJS))
	$(call say,LINK,$@)
	$(Q)clang -fsanitize=fuzzer,address,undefined -Wl,--as-needed -o $@ $^ $(TEST_LIBS)

tests-built: $(UNIT:%=$(SAN)/%) $(FUZZ:%=$(SAN)/%)

unit: tests-built
	@tests/unit/run.sh $(SAN) $(UNIT)
	@tests/unit/run_postgresql.sh $(SAN) $(STORING)
	@tests/fuzz/run.sh $(SAN) $(FUZZ)

golden: $(SAN)/test_captures $(SAN)/test_domain_xml $(SAN)/test_vsphere_report \
		$(SAN)/test_rules_page
	GOLDEN=1 $(SAN)/test_captures
	GOLDEN=1 $(SAN)/test_domain_xml
	GOLDEN=1 $(SAN)/test_vsphere_report
	GOLDEN=1 $(SAN)/test_rules_page

TIME ?= 60
X ?= $(FUZZ:fuzz_%=%)
fuzz: $(FUZZ:%=$(FUZZ_DIR)/%)
	@tests/fuzz/campaign.sh $(FUZZ_DIR) $(TIME) $(X)

# The collector on a clock that a test sets: hours pass in seconds.
$(BUILD)/clocked: $(BUILD)/tests/fleet/clocked.o $(EMBEDDED:%=$(BUILD)/%) \
		$(patsubst %,$(BUILD)/%,$(filter-out collector/main.o,$(COLLECTOR))) $(COMMON)
	$(call link,$(COLLECTOR_LIBS))

# Drawings of the tests' own situations, in any format.
$(BUILD)/write-drawing: $(BUILD)/tests/draw/write.o $(BUILD)/collector/picture.o \
		$(addprefix $(BUILD)/,$(filter-out base/%,$(sort $(FORMATS) $(LAYOUT) \
			$(SCENES) $(SVG_OBJS)))) \
		$(COMMON)
	$(call link,-lm -lz)

integration: all $(BUILD)/clocked $(BUILD)/write-drawing
	@BUILD=$(BUILD) tests/integration/run.sh
guest: all
	@BUILD=$(BUILD) tests/guest/run.sh
browser: all $(BUILD)/write-drawing
	@BUILD=$(BUILD) tests/browser/run.sh

setup:
	@tests/setup.sh

# Everything, as a fresh machine needs it; what CI runs.
check:
	@BUILD=$(BUILD) tests/run.sh

demo:
	@BUILD=$(BUILD) tests/demo.sh

lint:
	@BUILD=$(BUILD) tests/lint/run.sh

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

coverage:
	@BUILD=$(BUILD) tests/coverage.sh

# ---- benchmarks: each prints ratios, none is a test ----------------------------

BENCH_CFLAGS = -O2 -g -DNDEBUG
bench: all $(BUILD)/clocked
	@BUILD=$(BUILD) tests/bench/run.sh

# ---- installation ----------------------------------------------------------------

install: all
	install -d $(DESTDIR)$(SBINDIR) $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBEXECDIR) \
		$(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man8
	install -m 755 $(BUILD)/demarc-agent $(BUILD)/demarc-vsphere \
		$(BUILD)/demarc-collector $(DESTDIR)$(SBINDIR)
	install -m 755 $(BUILD)/demarc-deliver $(DESTDIR)$(LIBEXECDIR)
	$(if $(OPTIONAL),install -m 755 $(OPTIONAL:%=$(BUILD)/%) $(DESTDIR)$(LIBEXECDIR))
	install -m 755 $(BUILD)/demarc $(DESTDIR)$(BINDIR)
	$(if $(HAND),install -d $(DESTDIR)$(DOCDIR))
	$(if $(HAND),install -m 644 web/OFL.txt $(DESTDIR)$(DOCDIR))
	install -m 644 docs/man/*.1 $(DESTDIR)$(MANDIR)/man1
	install -m 644 docs/man/*.8 $(DESTDIR)$(MANDIR)/man8

clean:
	rm -rf $(BUILD)

help:
	@echo 'make             builds the programs into $(BUILD)/'
	@echo 'make demo        installs what is missing, builds, shows demarc at work'
	@echo 'make check       installs what is missing, builds, runs every test'
	@echo 'make unit        unit tests, captures, fuzz corpora, under sanitizers'
	@echo 'make lint        format, include arrows, headers, sizes, static analysis'
	@echo 'make integration real senders and programs in network namespaces (root)'
	@echo 'make guest       the same under a stock Debian kernel in QEMU'
	@echo 'make browser     the pages in a real browser'
	@echo 'make fuzz        each fuzz target for TIME=60 s; X=lldp names one'
	@echo 'make bench       benchmarks, each a ratio to a bound or a peer'
	@echo 'make golden      writes the expected JSON of the captures, and docs/RULES.md, anew'
	@echo 'make format      rewrites white space'
	@echo 'make coverage    which lines no unit test has run'
	@echo 'make setup       installs what is missing (Debian; root or sudo)'
	@echo 'make install     DESTDIR= PREFIX=/usr/local'

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: FORCE all tests-built unit golden fuzz integration guest browser setup check \
	demo lint format coverage bench install clean help
.SECONDARY:

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
