// plan.go - what the stand-in claims: one small model of hosts, switches, port
// groups and machines.
//
//	flags -> [plan] -> objects.go, hints.go: what a client is told
//	            +----> truth.go: what a test compares with
//
// Everything that a test changes is changed here first and then shown, so the
// truth can never differ from what was meant.
package main

import (
	"fmt"
	"sync"
)

type plan struct {
	sync.Mutex
	site     int // tells two stand-ins apart: in names, MACs and UUIDs
	hosts    []*host
	groups   []*group // of the distributed switch
	machines []*machine
}

type host struct {
	Name       string `json:"name"`
	UUID       string `json:"uuid"`
	Serial     string `json:"serial"`
	Model      string `json:"model"`
	Connection string `json:"connection"`
	Nics       []*nic `json:"nics"`
	Kernel     []port `json:"kernel"`

	number int
	groups []*group // of its standard and opaque switches
}

type nic struct {
	Name     string    `json:"name"`
	Mac      string    `json:"mac"`
	Up       bool      `json:"up"`
	Switch   string    `json:"switch,omitempty"`
	Uplink   string    `json:"uplink"` // as teams call it
	Neighbor *neighbor `json:"neighbor,omitempty"`
	Vlans    []int     `json:"vlans,omitempty"` // seen by the host itself
}

type neighbor struct {
	Protocol string `json:"protocol"` // cdp or lldp
	Device   string `json:"device"`
	Port     string `json:"port"`
	Chassis  string `json:"chassis,omitempty"`
}

// A port group.  Uplinks of its switch that stand in no list are unused.
type group struct {
	Name      string   `json:"name"`
	ID        string   `json:"id,omitempty"`
	Switch    string   `json:"switch"`
	Vlan      int      `json:"vlan,omitempty"`
	Trunks    string   `json:"trunks,omitempty"`
	Primary   int      `json:"primary,omitempty"`
	Secondary int      `json:"secondary,omitempty"`
	Policy    string   `json:"policy,omitempty"`
	Active    []string `json:"active,omitempty"`
	Standby   []string `json:"standby,omitempty"`

	inherits bool // says nothing itself; its team is the switch's
}

type machine struct {
	Name  string `json:"name"`
	UUID  string `json:"uuid"`
	Host  string `json:"host"`
	State string `json:"state"` // running, off, suspended
	Nics  []port `json:"nics"`

	number int
}

// A port of a machine or of the kernel (vmk0).
type port struct {
	Name  string `json:"name"`
	Mac   string `json:"mac"`
	Group string `json:"group"`
}

const (
	standard    = "vSwitch0" // vmnic0, vmnic1; listens to CDP
	lonely      = "vSwitch1" // without uplinks, on every fourth host
	distributed = "DVS0"     // vmnic2 to vmnic5; listens to LLDP
	opaque      = "nsx0"     // vmnic6 of every eighth host
	lag         = "lag1"     // vmnic4, vmnic5
	uplink1     = "Uplink 1" // vmnic2
	uplink2     = "Uplink 2" // vmnic3
	segment     = "nsx-segment"
	srcid       = "loadbalance_srcid"
	explicit    = "failover_explicit"
	iphash      = "loadbalance_ip"
)

func standardGroups() []*group {
	all := []string{"vmnic0", "vmnic1"}
	return []*group{
		{Name: "VM Network", Policy: srcid, Active: all, inherits: true},
		{Name: "Prod", Vlan: 110, Policy: explicit,
			Active: all[1:], Standby: all[:1]},
		{Name: "Backup", Vlan: 120, Policy: explicit, Active: all[:1]},
		{Name: "Guest trunk", Trunks: "1-4094", Policy: srcid, Active: all,
			inherits: true},
		{Name: "Management Network", Policy: explicit,
			Active: all[:1], Standby: all[1:]},
	}
}

func distributedGroups() []*group {
	both := []string{uplink1, uplink2}
	return []*group{
		{Name: "dv-web", Vlan: 210, Policy: explicit,
			Active: both[:1], Standby: both[1:]},
		{Name: "dv-trunk", Trunks: "300-310,400", Policy: srcid, Active: both},
		{Name: "dv-private", Primary: 500, Secondary: 502, Policy: explicit,
			Active: both[1:]},
		{Name: "dv-lag", Vlan: 220, Policy: iphash, Active: []string{lag}},
		{Name: "dv-vmotion", Vlan: 230, Policy: explicit,
			Active: both[1:], Standby: both[:1]},
	}
}

func (p *plan) mac(maker string, kind, number, index int) string {
	return fmt.Sprintf("%s:%02x:%02x:%02x", maker,
		(p.site<<6|kind<<4|number>>12)&0xff, number>>4&0xff,
		(number<<4|index)&0xff)
}

// newHost plans host 'number'.  A single host that no vCenter manages has
// standard switches only.
func (p *plan) newHost(number int, single bool) *host {
	h := &host{
		Name:       fmt.Sprintf("esx%d-%04d", p.site, number),
		UUID:       fmt.Sprintf("4c4c4544-%04x-4d10-8000-%012x", p.site, number),
		Serial:     fmt.Sprintf("SN%d%04d", p.site, number),
		Model:      "PowerEdge R750",
		Connection: "connected",
		number:     number,
		groups:     standardGroups(),
	}
	for _, g := range h.groups {
		g.Switch = standard
	}
	count := 6
	if single {
		count = 2
	} else if number%8 == 1 {
		count = 7
		h.groups = append(h.groups, &group{Name: segment, Switch: opaque,
			ID: "a1b2c3d4-segment", inherits: true})
	}
	if number%4 == 3 {
		h.groups = append(h.groups, &group{Name: "Isolated", Vlan: 13,
			Switch: lonely, Policy: srcid, inherits: true})
	}
	for i := 0; i < count; i++ {
		h.Nics = append(h.Nics, p.newNic(h, i))
	}
	h.Kernel = []port{{"vmk0", p.mac("00:50:56", 2, number, 0),
		"Management Network"}}
	if !single {
		h.Kernel = append(h.Kernel, port{"vmk1",
			p.mac("00:50:56", 2, number, 1), "dv-vmotion"})
	}
	return h
}

func (p *plan) newNic(h *host, index int) *nic {
	n := &nic{
		Name: fmt.Sprintf("vmnic%d", index),
		Mac:  p.mac("b8:ce:f6", 0, h.number, index),
		Up:   !(h.number%4 == 3 && index == 5), // one leg of a LAG
	}
	n.Switch = []string{standard, standard, distributed, distributed,
		distributed, distributed, opaque}[index]
	n.Uplink = []string{"vmnic0", "vmnic1", uplink1, uplink2, lag, lag,
		"vmnic6"}[index]
	if index < 2 {
		n.Vlans = []int{110, 120}
	} else if index < 6 {
		n.Vlans = []int{210, 300 + index}
	}
	n.Neighbor = p.switchPort(h, index)
	return n
}

// switchPort is where NIC 'index' is plugged in: pairs of leaf switches, each
// with four ports for a host.
func (p *plan) switchPort(h *host, index int) *neighbor {
	if index > 5 {
		return nil // nobody speaks there
	}
	pair, side := h.number/12+1, index%2
	found := &neighbor{
		Protocol: "cdp",
		Device:   fmt.Sprintf("leaf%d-%d%c", p.site, pair, 'a'+rune(side)),
		Port:     fmt.Sprintf("Ethernet1/%d", h.number%12*4+index/2+1),
	}
	if index >= 2 {
		found.Protocol = "lldp"
		found.Chassis = fmt.Sprintf("00:1c:73:%02x:%02x:%02x", p.site, pair,
			side)
	}
	return found
}

// newMachine plans machine 'number': its place, its state and its one or two
// NICs follow from the number, so that every port group is used everywhere.
func (p *plan) newMachine(number int) *machine {
	h := p.hosts[number%len(p.hosts)]
	m := &machine{
		Name:   fmt.Sprintf("vm%d-%05d", p.site, number),
		UUID:   fmt.Sprintf("50120000-%04x-4c22-9000-%012x", p.site, number),
		Host:   h.Name,
		State:  "running",
		number: number,
	}
	if number%7 == 6 {
		m.State = "off"
	} else if number%11 == 10 {
		m.State = "suspended"
	}
	choice := append(append([]*group{}, h.groups...), p.groups...)
	for i := 0; i <= number%2; i++ {
		at := number/len(p.hosts)*3 + number + 5*i
		m.Nics = append(m.Nics, port{
			Name:  fmt.Sprintf("Network adapter %d", i+1),
			Mac:   p.mac("00:50:56", 1, number, i),
			Group: choice[at%len(choice)].Name})
	}
	return m
}

func (p *plan) host(name string) *host {
	for _, h := range p.hosts {
		if h.Name == name {
			return h
		}
	}
	return nil
}

func (p *plan) machine(name string) *machine {
	for _, m := range p.machines {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// group finds a port group as host 'h' sees it.
func (p *plan) group(h *host, name string) *group {
	for _, list := range [][]*group{h.groups, p.groups} {
		for _, g := range list {
			if g.Name == name {
				return g
			}
		}
	}
	return nil
}

func (h *host) nic(name string) *nic {
	for _, n := range h.Nics {
		if n.Name == name {
			return n
		}
	}
	return nil
}
