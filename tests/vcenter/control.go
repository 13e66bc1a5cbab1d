// control.go - the second address, for tests: what is true, what was asked,
// what shall change and what shall go wrong.
//
//	GET  /truth                  the plan, with all paths worked out
//	GET  /calls                  calls by method, refused logins, spoiled replies
//	POST /do?op=NAME&...         changes the plan; see 'changes' below
//	POST /spoil?kind=..&method=..&count=..&text=..   see spoil.go; count -1: always
//	POST /swap?old=..&new=..     in every reply from now on; no old: none
//	POST /kill                   ends all sessions
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/vmware/govmomi/simulator"
)

type control struct {
	plan    *plan
	objects *objects
	front   *front
}

// A change is told what a test asks for and shows what it did.  The plan is
// held meanwhile.
var doers = map[string]func(*control, url.Values) error{
	"move":     move,     // vm, host
	"power":    power,    // vm, state
	"connect":  connect,  // vm, nic (0, 1), group
	"rename":   rename,   // vm, name (any octets that XML can carry)
	"add":      add,      // a machine, in place of one that was removed
	"remove":   remove,   // vm
	"call":     call,     // group, host, name: a port group is renamed
	"retag":    retag,    // group, host (of a standard switch), vlan
	"team":     team,     // group, host, active, standby (with commas)
	"plug":     plug,     // host, nic, switch, uplink: a NIC changes switches
	"link":     link,     // host, nic, up
	"cable":    cable,    // host, nic, device, port: as heard from now on
	"host":     hostIs,   // host, connection
	"hide":     hide,     // host, path (none: nothing is hidden)
	"hostname": hostname, // host, name
}

func (c *control) asked(v url.Values) (*host, *machine, *group) {
	h, m := c.plan.host(v.Get("host")), c.plan.machine(v.Get("vm"))
	if h == nil {
		return h, m, c.plan.group(&host{}, v.Get("group"))
	}
	return h, m, c.plan.group(h, v.Get("group"))
}

func nothing(what string) error {
	return fmt.Errorf("there is no such %s", what)
}

// show tells the clients about a machine or about all of a host.
func (c *control) show(h *host, m *machine) error {
	if m != nil {
		showMachine(c.plan, m, c.objects)
	} else {
		showHost(c.plan, h, c.objects)
	}
	return nil
}

func move(c *control, v url.Values) error {
	h, m, _ := c.asked(v)
	if h == nil || m == nil {
		return nothing("host or machine")
	}
	m.Host = h.Name
	return c.show(h, m)
}

func power(c *control, v url.Values) error {
	_, m, _ := c.asked(v)
	if m == nil {
		return nothing("machine")
	}
	m.State = v.Get("state")
	return c.show(nil, m)
}

func connect(c *control, v url.Values) error {
	_, m, _ := c.asked(v)
	at, _ := strconv.Atoi(v.Get("nic"))
	if m == nil || at >= len(m.Nics) {
		return nothing("machine or NIC")
	}
	m.Nics[at].Group = v.Get("group")
	return c.show(nil, m)
}

func rename(c *control, v url.Values) error {
	_, m, _ := c.asked(v)
	if m == nil {
		return nothing("machine")
	}
	m.Name = v.Get("name")
	return c.show(nil, m)
}

func remove(c *control, v url.Values) error {
	_, m, _ := c.asked(v)
	if m == nil {
		return nothing("machine")
	}
	obj := c.objects.machines[m.number]
	h := c.objects.hosts[m.Host]
	simulator.Map.RemoveReference(h, &h.Vm, obj.Self)
	simulator.Map.Remove(obj.Self)
	for i, one := range c.plan.machines {
		if one == m {
			c.plan.machines = append(c.plan.machines[:i],
				c.plan.machines[i+1:]...)
			break
		}
	}
	return nil
}

// add brings back the machine with the lowest number that was removed.
func add(c *control, v url.Values) error {
	there := map[int]bool{}
	for _, m := range c.plan.machines {
		there[m.number] = true
	}
	for number := 0; number < len(c.objects.machines); number++ {
		if !there[number] {
			m := c.plan.newMachine(number)
			c.plan.machines = append(c.plan.machines, m)
			h := c.objects.hosts[m.Host]
			obj := c.objects.machines[number]
			simulator.Map.AddReference(h, &h.Vm, obj.Self)
			simulator.Map.Put(obj)
			return c.show(nil, m)
		}
	}
	return nothing("removed machine")
}

// again shows a port group, wherever it is.
func (c *control) again(h *host, g *group) error {
	if h == nil || g.Switch == distributed {
		showGroup(g, c.objects)
		return nil
	}
	return c.show(h, nil)
}

func retag(c *control, v url.Values) error {
	h, _, g := c.asked(v)
	if g == nil {
		return nothing("port group")
	}
	g.Trunks, g.Primary, g.Secondary = v.Get("trunks"), 0, 0
	g.Vlan, _ = strconv.Atoi(v.Get("vlan"))
	return c.again(h, g)
}

// call renames a port group; what is plugged into it stays there.
func call(c *control, v url.Values) error {
	h, _, g := c.asked(v)
	if g == nil {
		return nothing("port group")
	}
	old := g.Name
	g.Name = v.Get("name")
	for _, one := range c.plan.hosts {
		if h != nil && h != one {
			continue
		}
		for i := range one.Kernel {
			if one.Kernel[i].Group == old {
				one.Kernel[i].Group = g.Name
			}
		}
	}
	for _, m := range c.plan.machines {
		if h != nil && h.Name != m.Host {
			continue
		}
		for i := range m.Nics {
			if m.Nics[i].Group == old {
				m.Nics[i].Group = g.Name
			}
		}
		showMachine(c.plan, m, c.objects)
	}
	return c.again(h, g)
}

func names(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

func team(c *control, v url.Values) error {
	h, _, g := c.asked(v)
	if g == nil {
		return nothing("port group")
	}
	g.Active, g.Standby = names(v.Get("active")), names(v.Get("standby"))
	g.inherits = false
	return c.again(h, g)
}

// asksNic gives the host and the NIC that are named.
func (c *control) asksNic(v url.Values) (*host, *nic, error) {
	h, _, _ := c.asked(v)
	if h == nil || h.nic(v.Get("nic")) == nil {
		return nil, nil, nothing("host or NIC")
	}
	return h, h.nic(v.Get("nic")), nil
}

func plug(c *control, v url.Values) error {
	h, n, err := c.asksNic(v)
	if err != nil {
		return err
	}
	n.Switch, n.Uplink = v.Get("switch"), v.Get("uplink")
	if n.Uplink == "" {
		n.Uplink = n.Name
	}
	for _, g := range h.groups { // teams that say nothing follow the switch
		if !g.inherits {
			continue
		}
		g.Active = nil
		for _, one := range h.Nics {
			if one.Switch == g.Switch {
				g.Active = append(g.Active, one.Name)
			}
		}
	}
	return c.show(h, nil)
}

func link(c *control, v url.Values) error {
	h, n, err := c.asksNic(v)
	if err != nil {
		return err
	}
	n.Up = v.Get("up") == "yes"
	return c.show(h, nil)
}

func cable(c *control, v url.Values) error {
	_, n, err := c.asksNic(v)
	if err != nil {
		return err
	}
	n.Neighbor = nil
	if v.Get("device") != "" {
		n.Neighbor = &neighbor{"cdp", v.Get("device"), v.Get("port"), ""}
	}
	return nil
}

func hostIs(c *control, v url.Values) error {
	h, _, _ := c.asked(v)
	if h == nil {
		return nothing("host")
	}
	h.Connection = v.Get("connection")
	return c.show(h, nil)
}

func hide(c *control, v url.Values) error {
	h, _, _ := c.asked(v)
	if h == nil {
		return nothing("host")
	}
	if v.Get("path") == "" {
		hidden.Delete(c.objects.hosts[h.Name].Self.Value)
	} else {
		hidden.Store(c.objects.hosts[h.Name].Self.Value, v.Get("path"))
	}
	return nil
}

func hostname(c *control, v url.Values) error {
	h, _, _ := c.asked(v)
	if h == nil {
		return nothing("host")
	}
	for _, m := range c.plan.machines {
		if m.Host == h.Name {
			m.Host = v.Get("name")
		}
	}
	c.objects.hosts[v.Get("name")] = c.objects.hosts[h.Name]
	delete(c.objects.hosts, h.Name)
	h.Name = v.Get("name")
	return c.show(h, nil)
}

func (c *control) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.plan.Lock()
	defer c.plan.Unlock()
	v := r.URL.Query()
	var err error
	switch r.URL.Path {
	case "/truth":
		var text []byte
		text, err = c.plan.truth()
		w.Write(text)
	case "/calls":
		c.front.Lock()
		defer c.front.Unlock()
		json.NewEncoder(w).Encode(map[string]interface{}{
			"methods": c.front.calls, "refused": c.front.failed,
			"sessions": len(c.front.sessions), "spoiled": c.front.spoiled,
			"flooded": c.front.sent})
	case "/do":
		if do := doers[v.Get("op")]; do != nil {
			err = do(c, v)
		} else {
			err = nothing("op")
		}
	case "/spoil":
		err = c.front.order(v)
	case "/swap":
		c.front.swap(v.Get("old"), v.Get("new"))
	case "/kill":
		c.front.kill()
	default:
		err = nothing("path")
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

// order takes an order to spoil replies; one for the same method is replaced.
func (f *front) order(v url.Values) error {
	f.Lock()
	defer f.Unlock()
	one := order{v.Get("kind"), v.Get("method"), v.Get("text"), 1}
	fmt.Sscan(v.Get("count"), &one.count)
	if s := spoils[one.kind]; s.before == nil && s.after == nil &&
		one.kind != "" {
		return nothing("kind")
	}
	var kept []order
	for _, old := range f.spoil {
		if one.kind != "" && old.method != one.method && old.count != 0 {
			kept = append(kept, old)
		}
	}
	if one.kind != "" {
		kept = append(kept, one)
	}
	f.spoil = kept // without a kind: nothing is spoiled any more
	return nil
}

func (f *front) swap(from, to string) {
	f.Lock()
	defer f.Unlock()
	if from == "" {
		f.swaps = map[string]string{}
	} else {
		f.swaps[from] = to
	}
}
