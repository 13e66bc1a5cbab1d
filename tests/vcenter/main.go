// vcenter: a stand-in for a vCenter or a single ESXi host, for tests.
//
// It is Debian's packaged simulator of vSphere's API (govmomi) with what that
// one lacks; README.md beside this file tells what and how to run it.
//
//	client -> front.go (sessions, spoiled replies) -> simulator
//	                                                      |
//	   test -> control.go -> plan.go -> objects.go -------+
//	                            +-----> hints.go, truth.go
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"sort"
	"strconv"
	"strings"
	"syscall"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
)

var (
	listen   = flag.String("listen", "127.0.0.1:0", "address for clients")
	orders   = flag.String("control", "127.0.0.1:0", "address for the test")
	single   = flag.Bool("esx", false, "a single ESXi host, no vCenter")
	site     = flag.Int("site", 1, "0 to 3: tells stand-ins apart")
	clusters = flag.Int("clusters", 2, "clusters")
	hosts    = flag.Int("hosts", 4, "hosts in a cluster")
	machines = flag.Int("machines", 40, "machines in a cluster")
	user     = flag.String("user", "reader", "who may log in")
	password = flag.String("password", "secret", "the password")
	cert     = flag.String("cert", "", "certificate; without one, plain http")
	key      = flag.String("key", "", "its key")
	trace    = flag.Bool("trace", false, "all that is said, to stderr")
)

// number is the 12 of host-12.
func number(e mo.Entity) int {
	ref := e.Reference().Value
	n, _ := strconv.Atoi(ref[strings.LastIndexByte(ref, '-')+1:])
	return n
}

// all gives the inventory's objects of a kind in the order they were made.
func all(kind string) []mo.Entity {
	list := simulator.Map.All(kind)
	sort.Slice(list, func(i, j int) bool {
		return number(list[i]) < number(list[j])
	})
	return list
}

// distribute plans the port groups of the distributed switch.
func distribute(p *plan, o *objects) {
	for _, e := range all("DistributedVirtualSwitch") {
		o.dvs = e.(*simulator.DistributedVirtualSwitch)
	}
	if o.dvs == nil {
		return
	}
	made := distributedGroups()
	for _, e := range all("DistributedVirtualPortgroup") {
		pg := e.(*simulator.DistributedVirtualPortgroup)
		if strings.Contains(pg.Name, "Uplinks") {
			o.uplinks = pg.Key
			continue
		}
		g := made[len(p.groups)]
		g.ID, g.Switch = pg.Key, distributed
		o.groups[g.ID] = pg
		p.groups = append(p.groups, g)
	}
	showSwitch(o, fmt.Sprintf("50 12 a0 0%d 11 22 33 44-55 66 77 88 99 aa bb cc",
		p.site))
	for _, g := range p.groups {
		showGroup(g, o)
	}
}

// dress makes a plan for what the simulator has and shows it.
func dress(p *plan) *objects {
	o := &objects{hosts: map[string]*simulator.HostSystem{},
		machines: map[int]*simulator.VirtualMachine{},
		groups:   map[string]*simulator.DistributedVirtualPortgroup{}}
	distribute(p, o)
	for _, e := range all("HostSystem") {
		h := p.newHost(len(p.hosts), *single)
		o.hosts[h.Name] = e.(*simulator.HostSystem)
		p.hosts = append(p.hosts, h)
		showHost(p, h, o)
		hints := &hintSystem{plan: p, host: h}
		hints.HostNetworkSystem = *simulator.Map.Get(*o.hosts[h.Name].
			ConfigManager.NetworkSystem).(*simulator.HostNetworkSystem)
		simulator.Map.Put(hints)
	}
	for _, e := range all("VirtualMachine") {
		m := p.newMachine(len(p.machines))
		o.machines[m.number] = e.(*simulator.VirtualMachine)
		p.machines = append(p.machines, m)
		showMachine(p, m, o)
	}
	return o
}

func inventory() (*simulator.Model, error) {
	m := simulator.VPX()
	if *single {
		m = simulator.ESX()
	} else {
		m.Host, m.Cluster, m.ClusterHost = 0, *clusters, *hosts
		m.Portgroup = len(distributedGroups())
	}
	m.Machine, m.Autostart = *machines, false
	return m, m.Create()
}

// open listens and says nothing of what it hears in errors of HTTP.
func open(address string, handler http.Handler, secure bool) (string, error) {
	at, err := net.Listen("tcp", address)
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler,
		ErrorLog:     log.New(io.Discard, "", 0),
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}}
	if secure {
		go server.ServeTLS(at, *cert, *key)
		return "https://" + at.Addr().String(), nil
	}
	go server.Serve(at)
	return "http://" + at.Addr().String(), nil
}

func run() error {
	model, err := inventory()
	if err != nil {
		return err
	}
	defer model.Remove()
	p := &plan{site: *site}
	o := dress(p)
	pages := &collector{}
	pages.Self = model.ServiceContent.PropertyCollector
	simulator.Map.Put(pages)
	about := &simulator.Map.Get(vim25.ServiceInstance).(*simulator.
		ServiceInstance).Content.About
	about.InstanceUuid = ""
	if !*single {
		about.InstanceUuid = fmt.Sprintf(
			"dbed6e0c-%04x-4a36-a4b9-f4e9c1e3a1b2", *site)
	}
	model.Service.Listen = &url.URL{User: url.UserPassword(*user, *password)}
	model.Service.RegisterSDK(simulator.Map)
	f := newFront(model.Service.ServeMux)
	where, err := open(*listen, f, *cert != "")
	if err != nil {
		return err
	}
	to, err := open(*orders, &control{p, o, f}, false)
	if err != nil {
		return err
	}
	fmt.Printf("{\"url\": \"%s/sdk\", \"control\": \"%s\"}\n", where, to)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	<-stop
	return nil
}

func main() {
	flag.IntVar(&pageLimit, "page", 0, "most objects in a reply (0: as asked)")
	flag.Parse()
	log.SetFlags(0)
	simulator.Trace = *trace
	errors := log.New(os.Stderr, "vcenter: ", 0)
	if !*trace {
		log.SetOutput(io.Discard)
	}
	if err := run(); err != nil {
		errors.Fatal(err)
	}
}
