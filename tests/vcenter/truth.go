// truth.go - the plan as JSON, with the path of every port worked out.
package main

import "encoding/json"

// A leg is one way out of a switch: a NIC, and where its cable ends.
type leg struct {
	*nic
	State string `json:"state"` // active, standby, unused, unknown
}

type path struct {
	port
	Connected bool  `json:"connected"`
	In        group `json:"in"`
	Legs      []leg `json:"legs"`
}

func has(list []string, name string) bool {
	for _, one := range list {
		if one == name {
			return true
		}
	}
	return false
}

func (p *plan) path(h *host, from port, connected bool) path {
	g := p.group(h, from.Group)
	if g == nil {
		return path{port: from, Connected: connected}
	}
	way := path{from, connected, *g, []leg{}}
	for _, n := range h.Nics {
		if n.Switch != g.Switch {
			continue
		}
		state := "unused"
		if g.Switch == opaque { // whose teams no vCenter knows
			state = "unknown"
		} else if has(g.Active, n.Uplink) {
			state = "active"
		} else if has(g.Standby, n.Uplink) {
			state = "standby"
		}
		way.Legs = append(way.Legs, leg{n, state})
	}
	return way
}

// truth tells all as JSON; the caller holds the plan.
func (p *plan) truth() ([]byte, error) {
	type shownHost struct {
		*host
		Kernel []path   `json:"kernel"`
		Groups []*group `json:"groups"`
	}
	type shownMachine struct {
		*machine
		Nics []path `json:"nics"`
	}
	var all struct {
		Hosts    []shownHost    `json:"hosts"`
		Groups   []*group       `json:"groups"`
		Machines []shownMachine `json:"machines"`
	}
	for _, h := range p.hosts {
		shown := shownHost{host: h, Groups: h.groups}
		for _, k := range h.Kernel {
			shown.Kernel = append(shown.Kernel, p.path(h, k, true))
		}
		all.Hosts = append(all.Hosts, shown)
	}
	for _, m := range p.machines {
		shown := shownMachine{machine: m}
		for _, n := range m.Nics {
			shown.Nics = append(shown.Nics,
				p.path(p.host(m.Host), n, m.State == "running"))
		}
		all.Machines = append(all.Machines, shown)
	}
	all.Groups = p.groups
	return json.MarshalIndent(all, "", " ")
}
