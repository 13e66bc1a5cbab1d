// hints.go - QueryNetworkHint as an ESXi host answers it: what its NICs hear by
// CDP (standard switches) or LLDP (distributed ones), and the VLANs that they
// see.  The packaged simulator tells the names of the NICs only.
package main

import (
	"fmt"
	"hash/fnv"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type hintSystem struct {
	simulator.HostNetworkSystem
	plan *plan
	host *host
}

func (s *hintSystem) QueryNetworkHint(r *types.QueryNetworkHint) soap.HasFault {
	s.plan.Lock()
	defer s.plan.Unlock()
	body := &methods.QueryNetworkHintBody{}
	if s.host.Connection != "connected" {
		body.Fault_ = simulator.Fault("", &types.HostNotConnected{})
		return body
	}
	body.Res = &types.QueryNetworkHintResponse{}
	for _, n := range s.host.Nics {
		if len(r.Device) == 0 || has(r.Device, n.Name) {
			body.Res.Returnval = append(body.Res.Returnval, hint(n))
		}
	}
	return body
}

func hint(n *nic) types.PhysicalNicHintInfo {
	told := types.PhysicalNicHintInfo{Device: n.Name}
	if !n.Up {
		return told
	}
	for _, id := range n.Vlans {
		told.Subnet = append(told.Subnet, types.PhysicalNicIpHint{
			PhysicalNicHint: types.PhysicalNicHint{VlanId: int32(id)},
			IpSubnet: fmt.Sprintf("10.%d.%d.1-10.%d.%d.126", id/256, id%256,
				id/256, id%256)})
	}
	if n.Neighbor == nil {
		return told
	}
	if n.Neighbor.Protocol == "cdp" {
		told.ConnectedSwitchPort = cdp(n.Neighbor)
	} else {
		told.LldpInfo = lldp(n.Neighbor)
	}
	return told
}

// number tells one switch from another; the same name gives the same.
func (n *neighbor) number() uint32 {
	sum := fnv.New32a()
	sum.Write([]byte(n.Device))
	return sum.Sum32()
}

func (n *neighbor) address() string {
	return fmt.Sprintf("198.18.%d.%d", n.number()>>8&0xff, n.number()&0xff)
}

// cdp is what a Nexus says; the serial number in brackets is its habit.
func cdp(from *neighbor) *types.PhysicalNicCdpInfo {
	return &types.PhysicalNicCdpInfo{
		CdpVersion: 2, Timeout: 60, Ttl: 133, Samples: 4711,
		DevId:   fmt.Sprintf("%s(FDO%08X)", from.Device, from.number()),
		Address: from.address(), PortId: from.Port,
		DeviceCapability: &types.PhysicalNicCdpDeviceCapability{
			Router: true, NetworkSwitch: true, IgmpEnabled: true},
		SoftwareVersion: "Cisco Nexus Operating System (NX-OS) Software, " +
			"Version 9.3(8)",
		HardwarePlatform: "N9K-C93180YC-EX", IpPrefix: "0.0.0.0",
		Vlan: 1, FullDuplex: yes, Mtu: 1500, SystemName: from.Device,
		MgmtAddr: from.address(), Location: "snmplocation",
	}
}

// lldp has a value of every kind that a client may meet.
func lldp(from *neighbor) *types.LinkLayerDiscoveryProtocolInfo {
	return &types.LinkLayerDiscoveryProtocolInfo{
		ChassisId: from.Chassis, PortId: from.Port, TimeToLive: 113,
		Parameter: []types.KeyAnyValue{
			{Key: "Aggregated Port ID", Value: "0"},
			{Key: "Enabled Capabilities",
				Value: types.PhysicalNicCdpDeviceCapability{
					Router: true, TransparentBridge: true}},
			{Key: "MTU", Value: "9216"},
			{Key: "Management Address", Value: from.address()},
			{Key: "Port Description", Value: " to a hypervisor "},
			{Key: "Samples", Value: int32(17)},
			{Key: "System Description", Value: "Cisco Nexus Operating " +
				"System (NX-OS) Software 9.3(8)"},
			{Key: "System Name", Value: from.Device},
			{Key: "TimeOut", Value: int32(60)},
			{Key: "Vlan ID", Value: "100"},
		},
	}
}
