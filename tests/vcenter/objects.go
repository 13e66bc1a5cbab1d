// objects.go - shows hosts and machines of the plan as the objects that a
// client of vSphere's API reads.
//
// The packaged simulator gives every host the same two NICs and leaves out
// what a distributed switch needs; all of that is put in here.
package main

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// The simulator's objects, by the names and numbers of the plan.
type objects struct {
	hosts    map[string]*simulator.HostSystem
	machines map[int]*simulator.VirtualMachine
	groups   map[string]*simulator.DistributedVirtualPortgroup
	dvs      *simulator.DistributedVirtualSwitch
	uplinks  string // the port group of the distributed switch's uplinks
}

type change = types.PropertyChange

var yes, no = types.NewBool(true), types.NewBool(false)

func pnicKeys(h *host, name string) []string {
	var keys []string
	for _, n := range h.Nics {
		if n.Switch == name {
			keys = append(keys, "key-vim.host.PhysicalNic-"+n.Name)
		}
	}
	return keys
}

func pnics(h *host) []types.PhysicalNic {
	var list []types.PhysicalNic
	for i, n := range h.Nics {
		one := types.PhysicalNic{
			Key:    "key-vim.host.PhysicalNic-" + n.Name,
			Device: n.Name,
			Pci:    fmt.Sprintf("0000:%02x:00.%d", 0x3b+i/2, i%2),
			Driver: "nmlx5_core",
			Mac:    n.Mac,
			ValidLinkSpecification: []types.PhysicalNicLinkInfo{
				{SpeedMb: 10000, Duplex: true},
				{SpeedMb: 25000, Duplex: true}},
			VmDirectPathGen2Supported: no,
		}
		if n.Up {
			one.LinkSpeed = &types.PhysicalNicLinkInfo{
				SpeedMb: 25000, Duplex: true}
		}
		list = append(list, one)
	}
	return list
}

func nicTeam(g *group) *types.HostNicTeamingPolicy {
	return &types.HostNicTeamingPolicy{
		Policy: g.Policy, NotifySwitches: yes,
		NicOrder: &types.HostNicOrderPolicy{
			ActiveNic: g.Active, StandbyNic: g.Standby},
	}
}

func vswitches(h *host) []types.HostVirtualSwitch {
	var list []types.HostVirtualSwitch
	for _, name := range []string{standard, lonely} {
		one := types.HostVirtualSwitch{
			Name: name, Key: "key-vim.host.VirtualSwitch-" + name,
			NumPorts: 1536, NumPortsAvailable: 1530, Mtu: 1500,
			Pnic: pnicKeys(h, name),
		}
		for _, g := range h.groups {
			if g.Switch == name {
				one.Portgroup = append(one.Portgroup,
					"key-vim.host.PortGroup-"+g.Name)
			}
		}
		if len(one.Portgroup) == 0 {
			continue
		}
		policy := &group{Policy: srcid}
		for _, n := range h.Nics {
			if n.Switch == name {
				policy.Active = append(policy.Active, n.Name)
			}
		}
		one.Spec = types.HostVirtualSwitchSpec{NumPorts: 1536, Mtu: 1500,
			Policy: &types.HostNetworkPolicy{NicTeaming: nicTeam(policy)}}
		if len(policy.Active) > 0 {
			one.Spec.Bridge = &types.HostVirtualSwitchBondBridge{
				NicDevice: policy.Active,
				LinkDiscoveryProtocolConfig: &types.LinkDiscoveryProtocolConfig{
					Protocol: "cdp", Operation: "listen"},
			}
		}
		list = append(list, one)
	}
	return list
}

func portGroups(h *host) []types.HostPortGroup {
	var list []types.HostPortGroup
	for _, g := range h.groups {
		if g.Switch == opaque {
			continue
		}
		one := types.HostPortGroup{
			Key:     "key-vim.host.PortGroup-" + g.Name,
			Vswitch: "key-vim.host.VirtualSwitch-" + g.Switch,
			Spec: types.HostPortGroupSpec{Name: g.Name,
				VlanId: int32(g.Vlan), VswitchName: g.Switch},
			ComputedPolicy: types.HostNetworkPolicy{NicTeaming: nicTeam(g)},
		}
		if g.Trunks != "" {
			one.Spec.VlanId = 4095
		}
		if !g.inherits {
			one.Spec.Policy.NicTeaming = nicTeam(g)
		}
		list = append(list, one)
	}
	return list
}

// proxySwitch is the distributed switch as one host has it.
func proxySwitch(h *host, o *objects) []types.HostProxySwitch {
	if o.dvs == nil {
		return nil
	}
	one := types.HostProxySwitch{
		DvsUuid: o.dvs.Uuid, DvsName: o.dvs.Name,
		Key:      "key-vim.host.ProxySwitch-" + distributed,
		NumPorts: 5632, NumPortsAvailable: 5600, Mtu: 9000,
		Pnic: pnicKeys(h, distributed),
	}
	backing := &types.DistributedVirtualSwitchHostMemberPnicBacking{}
	bundle := types.HostProxySwitchHostLagConfig{LagKey: "1001", LagName: lag}
	for i, name := range []string{uplink1, uplink2, lag + "-0", lag + "-1"} {
		pair := types.KeyValue{Key: strconv.Itoa(4*h.number + i), Value: name}
		one.UplinkPort = append(one.UplinkPort, pair)
		if i >= 2 {
			bundle.UplinkPort = append(bundle.UplinkPort, pair)
		}
	}
	inLag := 0
	for _, n := range h.Nics {
		if n.Switch != distributed {
			continue
		}
		at := map[string]int{uplink1: 0, uplink2: 1, lag: 2 + inLag}[n.Uplink]
		if n.Uplink == lag {
			inLag++
		}
		backing.PnicSpec = append(backing.PnicSpec,
			types.DistributedVirtualSwitchHostMemberPnicSpec{
				PnicDevice:         n.Name,
				UplinkPortKey:      strconv.Itoa(4*h.number + at),
				UplinkPortgroupKey: o.uplinks})
	}
	one.Spec.Backing = backing
	one.HostLag = []types.HostProxySwitchHostLagConfig{bundle}
	return []types.HostProxySwitch{one}
}

func kernelPorts(p *plan, h *host, o *objects) []types.HostVirtualNic {
	var list []types.HostVirtualNic
	for i, k := range h.Kernel {
		one := types.HostVirtualNic{
			Device: k.Name, Key: "key-vim.host.VirtualNic-" + k.Name,
			Spec: types.HostVirtualNicSpec{Mac: k.Mac, Mtu: 1500,
				Ip: &types.HostIpConfig{
					IpAddress: fmt.Sprintf("10.%d.%d.%d", 8*p.site+i,
						h.number/250, h.number%250+1),
					SubnetMask: "255.255.0.0"}},
		}
		if g := p.group(h, k.Group); g != nil && g.ID != "" && o.dvs != nil {
			one.Spec.DistributedVirtualPort =
				&types.DistributedVirtualSwitchPortConnection{
					SwitchUuid: o.dvs.Uuid, PortgroupKey: g.ID,
					PortKey: strconv.Itoa(20000 + h.number)}
		} else {
			one.Portgroup, one.Spec.Portgroup = k.Group, k.Group
		}
		list = append(list, one)
	}
	return list
}

func opaqueParts(h *host) ([]types.HostOpaqueSwitch, []types.HostOpaqueNetworkInfo) {
	for _, g := range h.groups {
		if g.Switch == opaque {
			return []types.HostOpaqueSwitch{{Key: "nsx-0", Name: opaque,
					Pnic: pnicKeys(h, opaque), Status: "up"}},
				[]types.HostOpaqueNetworkInfo{{OpaqueNetworkId: g.ID,
					OpaqueNetworkName: g.Name,
					OpaqueNetworkType: "nsx.LogicalSwitch"}}
		}
	}
	return nil, nil
}

// told is what tell said last, by object and property.
var told = map[types.ManagedObjectReference]map[string]interface{}{}

// tell changes properties of an object and tells those who wait for updates;
// like a real vCenter it tells what is new and not what stays.
func tell(obj mo.Reference, all []change) {
	last := told[obj.Reference()]
	if last == nil {
		last = map[string]interface{}{}
		told[obj.Reference()] = last
	}
	var changes []change
	for _, c := range all {
		if before, ok := last[c.Name]; !ok || !reflect.DeepEqual(before, c.Val) {
			last[c.Name] = c.Val
			changes = append(changes, c)
		}
	}
	simulator.Map.WithLock(obj, func() { simulator.Map.Update(obj, changes) })
}

func showHost(p *plan, h *host, o *objects) {
	obj := o.hosts[h.Name]
	network := *obj.Config.Network // a new one: others may be reading the old
	obj.Config.Network = &network
	summary := obj.Hardware.SystemInfo
	summary.Vendor, summary.Model = "Dell Inc.", h.Model
	summary.Uuid, summary.SerialNumber = h.UUID, ""
	if h.number%2 == 0 { // since 6.7; before, and still, as a service tag
		summary.SerialNumber = h.Serial
	}
	summary.OtherIdentifyingInfo = []types.HostSystemIdentificationInfo{
		{IdentifierValue: " ", IdentifierType: &types.ElementDescription{
			Key: "AssetTag"}},
		{IdentifierValue: h.Serial, IdentifierType: &types.ElementDescription{
			Key: "ServiceTag"}}}
	switches, networks := opaqueParts(h)
	changes := []change{
		{Name: "name", Val: h.Name},
		{Name: "hardware.systemInfo", Val: summary},
		{Name: "runtime.connectionState",
			Val: types.HostSystemConnectionState(h.Connection)},
		{Name: "config.network.pnic", Val: pnics(h)},
		{Name: "config.network.vswitch", Val: vswitches(h)},
		{Name: "config.network.portgroup", Val: portGroups(h)},
		{Name: "config.network.proxySwitch", Val: proxySwitch(h, o)},
		{Name: "config.network.vnic", Val: kernelPorts(p, h, o)},
		{Name: "config.network.opaqueSwitch", Val: switches},
		{Name: "config.network.opaqueNetwork", Val: networks},
	}
	tell(obj, changes)
}

func card(number, index int) types.BaseVirtualEthernetCard {
	switch (number + index) % 4 {
	case 0:
		return &types.VirtualE1000e{}
	case 1:
		return &types.VirtualE1000{}
	default:
		return &types.VirtualVmxnet3{}
	}
}

func backing(g *group, o *objects, key int) types.BaseVirtualDeviceBackingInfo {
	switch {
	case g.Switch == opaque:
		return &types.VirtualEthernetCardOpaqueNetworkBackingInfo{
			OpaqueNetworkId: g.ID, OpaqueNetworkType: "nsx.LogicalSwitch"}
	case g.Switch == distributed:
		return &types.VirtualEthernetCardDistributedVirtualPortBackingInfo{
			Port: types.DistributedVirtualSwitchPortConnection{
				SwitchUuid: o.dvs.Uuid, PortgroupKey: g.ID,
				PortKey: strconv.Itoa(key), ConnectionCookie: int32(key)}}
	default:
		return &types.VirtualEthernetCardNetworkBackingInfo{
			VirtualDeviceDeviceBackingInfo: types.
				VirtualDeviceDeviceBackingInfo{DeviceName: g.Name}}
	}
}

// devices are the machine's own, with the planned NICs in place of its NICs.
func devices(p *plan, m *machine, o *objects) []types.BaseVirtualDevice {
	var list []types.BaseVirtualDevice
	for _, d := range o.machines[m.number].Config.Hardware.Device {
		if _, isCard := d.(types.BaseVirtualEthernetCard); !isCard {
			list = append(list, d)
		}
	}
	h := p.host(m.Host)
	for i, n := range m.Nics {
		made := card(m.number, i)
		c := made.GetVirtualEthernetCard()
		c.Key = int32(4000 + i)
		c.DeviceInfo = &types.Description{Label: n.Name, Summary: n.Group}
		c.MacAddress, c.AddressType = n.Mac, "assigned"
		c.Connectable = &types.VirtualDeviceConnectInfo{StartConnected: true,
			Connected: m.State == "running", Status: "ok"}
		if g := p.group(h, n.Group); g != nil {
			c.Backing = backing(g, o, 1000+2*m.number+i)
		}
		list = append(list, made.(types.BaseVirtualDevice))
	}
	return list
}

func showMachine(p *plan, m *machine, o *objects) {
	obj := o.machines[m.number]
	to := o.hosts[m.Host].Self
	state := map[string]types.VirtualMachinePowerState{
		"running":   types.VirtualMachinePowerStatePoweredOn,
		"off":       types.VirtualMachinePowerStatePoweredOff,
		"suspended": types.VirtualMachinePowerStateSuspended}[m.State]
	if from := obj.Runtime.Host; from != nil && *from != to {
		old := simulator.Map.Get(*from).(*simulator.HostSystem)
		simulator.Map.RemoveReference(old, &old.Vm, obj.Self)
	}
	simulator.Map.AddReference(o.hosts[m.Host], &o.hosts[m.Host].Vm, obj.Self)
	tell(obj, []change{
		{Name: "name", Val: m.Name},
		{Name: "config.name", Val: m.Name},
		{Name: "config.uuid", Val: m.UUID},
		{Name: "config.instanceUuid", Val: m.UUID},
		{Name: "runtime.host", Val: &to},
		{Name: "runtime.powerState", Val: state},
		{Name: "summary.runtime.powerState", Val: state},
		{Name: "config.hardware.device", Val: devices(p, m, o)},
	})
}
