// switches.go - shows the distributed switch and its port groups.
package main

import (
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

func ranges(trunks string) []types.NumericRange {
	var list []types.NumericRange
	var first, last int32
	for text := trunks; text != ""; {
		n, _ := fmt.Sscanf(text, "%d-%d", &first, &last)
		if n == 1 {
			last = first
		}
		list = append(list, types.NumericRange{Start: first, End: last})
		i := 0
		for i < len(text) && text[i] != ',' {
			i++
		}
		text = text[i:]
		if text != "" {
			text = text[1:]
		}
	}
	return list
}

func vlanOf(g *group) types.BaseVmwareDistributedVirtualSwitchVlanSpec {
	switch {
	case g.Trunks != "":
		return &types.VmwareDistributedVirtualSwitchTrunkVlanSpec{
			VlanId: ranges(g.Trunks)}
	case g.Secondary != 0:
		return &types.VmwareDistributedVirtualSwitchPvlanSpec{
			PvlanId: int32(g.Secondary)}
	default:
		return &types.VmwareDistributedVirtualSwitchVlanIdSpec{
			VlanId: int32(g.Vlan)}
	}
}

func settings(g *group) *types.VMwareDVSPortSetting {
	return &types.VMwareDVSPortSetting{
		Vlan: vlanOf(g),
		UplinkTeamingPolicy: &types.VmwareUplinkPortTeamingPolicy{
			Policy: &types.StringPolicy{Value: g.Policy},
			UplinkPortOrder: &types.VMwareUplinkPortOrderPolicy{
				ActiveUplinkPort:  g.Active,
				StandbyUplinkPort: g.Standby},
		},
	}
}

func showGroup(g *group, o *objects) {
	tell(o.groups[g.ID], []change{
		{Name: "name", Val: g.Name},
		{Name: "config.name", Val: g.Name},
		{Name: "config.defaultPortConfig", Val: settings(g)},
	})
}

// showSwitch tells what the whole distributed switch has: uplinks, a LAG with
// LACP, private VLANs, LLDP.
func showSwitch(o *objects, uuid string) {
	config := *o.dvs.Config.(*types.VMwareDVSConfigInfo)
	config.Uuid = uuid
	config.MaxMtu = 9000
	config.DefaultPortConfig = settings(&group{Policy: srcid,
		Active: []string{uplink1, uplink2}})
	config.UplinkPortPolicy = &types.DVSNameArrayUplinkPortPolicy{
		UplinkPortName: []string{uplink1, uplink2}}
	config.LinkDiscoveryProtocolConfig = &types.LinkDiscoveryProtocolConfig{
		Protocol: "lldp", Operation: "both"}
	config.LacpApiVersion = "multipleLag"
	config.LacpGroupConfig = []types.VMwareDvsLacpGroupConfig{{
		Key: "1001", Name: lag, Mode: "active", UplinkNum: 2,
		LoadbalanceAlgorithm: "srcDestIpTcpUdpPortVlan",
		UplinkName:           []string{lag + "-0", lag + "-1"}}}
	config.PvlanConfig = []types.VMwareDVSPvlanMapEntry{
		{PrimaryVlanId: 500, SecondaryVlanId: 500, PvlanType: "promiscuous"},
		{PrimaryVlanId: 500, SecondaryVlanId: 501, PvlanType: "isolated"},
		{PrimaryVlanId: 500, SecondaryVlanId: 502, PvlanType: "community"}}
	for _, ref := range o.dvs.Portgroup {
		pg := simulator.Map.Get(ref).(*simulator.DistributedVirtualPortgroup)
		if pg.Key == o.uplinks {
			pg.Config.Uplink = yes
			config.UplinkPortgroup = []types.ManagedObjectReference{ref}
		}
	}
	tell(o.dvs, []change{
		{Name: "uuid", Val: uuid},
		{Name: "summary.uuid", Val: uuid},
		{Name: "config", Val: &config},
	})
}
