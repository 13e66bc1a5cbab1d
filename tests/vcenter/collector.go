// collector.go - what the packaged property collector lacks: pages, updates in
// parts that can be asked for again, and properties that must not be read.
//
// The simulator makes one of these for every session, all zero.
package main

import (
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

var (
	pageLimit int      // objects in one reply; 0: no limit but the client's
	hidden    sync.Map // "host-21" -> path that nobody may read, as missingSet
)

type collector struct {
	simulator.PropertyCollector
	paging  sync.Mutex // of the three below
	token   int
	rest    map[string][]types.ObjectContent
	size    map[string]int
	waiting sync.Mutex // of the three below
	version int
	last    types.UpdateSet // told with 'version'; told again if asked again
	late    []update        // not told yet
}

// An update of one object, and the filter that it belongs to.
type update struct {
	filter types.ManagedObjectReference
	object types.ObjectUpdate
}

func limit(asked int32) int {
	if pageLimit > 0 && (asked <= 0 || int(asked) > pageLimit) {
		return pageLimit
	}
	return int(asked)
}

// isHidden says whether 'path' of the object lies under its hidden one.
func isHidden(obj types.ManagedObjectReference, path string) bool {
	under, found := hidden.Load(obj.Value)
	return found && (path == under || strings.HasPrefix(path+".",
		under.(string)+"."))
}

func missing(obj types.ManagedObjectReference, path string) types.MissingProperty {
	return types.MissingProperty{Path: path, Fault: types.LocalizedMethodFault{
		Fault: &types.NoPermission{Object: obj, PrivilegeId: "System.Read"}}}
}

// isEmpty says whether a value is an array without elements: a real vCenter
// leaves such a property out, or tells that it is unset by a change without a
// value.
func isEmpty(val types.AnyType) bool {
	v := reflect.ValueOf(val)
	if v.Kind() != reflect.Ptr || !strings.HasPrefix(v.Elem().Type().Name(),
		"ArrayOf") {
		return val == nil
	}
	return v.Elem().Field(0).Len() == 0
}

func (c *collector) page(all []types.ObjectContent, size int) types.RetrieveResult {
	if size <= 0 || len(all) <= size {
		return types.RetrieveResult{Objects: all}
	}
	if c.rest == nil {
		c.rest = map[string][]types.ObjectContent{}
		c.size = map[string]int{}
	}
	c.token++
	token := strconv.Itoa(c.token)
	c.rest[token], c.size[token] = all[size:], size
	return types.RetrieveResult{Objects: all[:size], Token: token}
}

func (c *collector) RetrievePropertiesEx(ctx *simulator.Context,
	r *types.RetrievePropertiesEx) soap.HasFault {
	reply := c.PropertyCollector.RetrievePropertiesEx(ctx, r)
	body, ok := reply.(*methods.RetrievePropertiesExBody)
	if !ok || body.Res == nil || body.Res.Returnval == nil {
		return reply
	}
	all := body.Res.Returnval.Objects
	for i := range all {
		var shown []types.DynamicProperty
		for _, p := range all[i].PropSet {
			if isHidden(all[i].Obj, p.Name) {
				all[i].MissingSet = append(all[i].MissingSet,
					missing(all[i].Obj, p.Name))
			} else if !isEmpty(p.Val) {
				shown = append(shown, p)
			}
		}
		all[i].PropSet = shown
	}
	c.paging.Lock()
	defer c.paging.Unlock()
	page := c.page(all, limit(r.Options.MaxObjects))
	body.Res.Returnval = &page
	return body
}

func (c *collector) ContinueRetrievePropertiesEx(
	r *types.ContinueRetrievePropertiesEx) soap.HasFault {
	c.paging.Lock()
	defer c.paging.Unlock()
	body := &methods.ContinueRetrievePropertiesExBody{}
	rest, ok := c.rest[r.Token]
	if !ok {
		body.Fault_ = simulator.Fault("", &types.InvalidProperty{Name: "token"})
		return body
	}
	page := c.page(rest, c.size[r.Token])
	delete(c.rest, r.Token)
	body.Res = &types.ContinueRetrievePropertiesExResponse{Returnval: page}
	return body
}

func (c *collector) CancelRetrievePropertiesEx(
	r *types.CancelRetrievePropertiesEx) soap.HasFault {
	c.paging.Lock()
	defer c.paging.Unlock()
	delete(c.rest, r.Token)
	return &methods.CancelRetrievePropertiesExBody{
		Res: &types.CancelRetrievePropertiesExResponse{}}
}

// CreatePropertyCollector gives another one like this, not like the packaged.
func (c *collector) CreatePropertyCollector(ctx *simulator.Context,
	r *types.CreatePropertyCollector) soap.HasFault {
	made := &collector{}
	made.Self.Type = "PropertyCollector"
	return &methods.CreatePropertyCollectorBody{
		Res: &types.CreatePropertyCollectorResponse{
			Returnval: ctx.Session.Put(made).Reference()}}
}

// WaitForUpdatesEx tells updates in parts.  Who lost the last reply may ask
// with the version before it and is told the same again, as by a real one.
func (c *collector) WaitForUpdatesEx(ctx *simulator.Context,
	r *types.WaitForUpdatesEx) soap.HasFault {
	c.waiting.Lock()
	defer c.waiting.Unlock()
	body := &methods.WaitForUpdatesExBody{}
	current := strconv.Itoa(c.version)
	switch {
	case r.Version == "":
		c.late = nil
	case r.Version == strconv.Itoa(c.version-1) && c.last.Version == current:
		again := c.last
		body.Res = &types.WaitForUpdatesExResponse{Returnval: &again}
		return body
	case r.Version != current:
		body.Fault_ = simulator.Fault("", &types.InvalidCollectorVersion{})
		return body
	}
	if len(c.late) == 0 {
		reply := c.wait(ctx, r).(*methods.WaitForUpdatesExBody)
		if reply.Res == nil || reply.Res.Returnval == nil {
			return reply
		}
		c.collect(reply.Res.Returnval.FilterSet)
	}
	set := c.part(r)
	body.Res = &types.WaitForUpdatesExResponse{Returnval: &set}
	return body
}

func (c *collector) wait(ctx *simulator.Context,
	r *types.WaitForUpdatesEx) soap.HasFault {
	ask := *r
	if ask.Version != "" {
		ask.Version = "-" // the only one that the packaged collector knows
	}
	return c.PropertyCollector.WaitForUpdatesEx(ctx, &ask)
}

func (c *collector) collect(sets []types.PropertyFilterUpdate) {
	for _, set := range sets {
		for _, object := range set.ObjectSet {
			var shown []types.PropertyChange
			for _, p := range object.ChangeSet {
				if isHidden(object.Obj, p.Name) {
					object.MissingSet = append(object.MissingSet,
						missing(object.Obj, p.Name))
				} else if !isEmpty(p.Val) {
					shown = append(shown, p)
				} else if object.Kind == types.ObjectUpdateKindModify {
					p.Val = nil
					shown = append(shown, p)
				}
			}
			object.ChangeSet = shown
			c.late = append(c.late, update{set.Filter, object})
		}
	}
}

func (c *collector) part(r *types.WaitForUpdatesEx) types.UpdateSet {
	size := 0
	if r.Options != nil {
		size = int(r.Options.MaxObjectUpdates)
	}
	size = limit(int32(size))
	if size <= 0 || size > len(c.late) {
		size = len(c.late)
	}
	c.version++
	set := types.UpdateSet{Version: strconv.Itoa(c.version)}
	for _, one := range c.late[:size] {
		n := len(set.FilterSet)
		if n == 0 || set.FilterSet[n-1].Filter != one.filter {
			set.FilterSet = append(set.FilterSet,
				types.PropertyFilterUpdate{Filter: one.filter})
			n++
		}
		set.FilterSet[n-1].ObjectSet = append(set.FilterSet[n-1].ObjectSet,
			one.object)
	}
	c.late = c.late[size:]
	if len(c.late) > 0 {
		set.Truncated = yes
	}
	c.last = set
	return set
}
