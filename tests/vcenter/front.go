// front.go - stands before the simulator: keeps sessions, counts calls, and
// spoils replies when a test asks for it.
package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/vmware/govmomi/vim25/soap"
)

type front struct {
	sync.Mutex
	simulator http.Handler
	sessions  map[string]bool
	killed    chan struct{} // closed when all sessions are killed
	spoil     []order
	swaps     map[string]string // in replies: this text -> that one, any octets
	calls     map[string]int    // how often each method was called
	failed    int               // logins that were refused
	spoiled   int               // replies
	sent      int64             // octets of spoiled replies that were taken
}

// An order to spoil the next 'count' replies to 'method' ("" is any).
type order struct {
	kind, method, text string
	count              int
}

var methodName = regexp.MustCompile(`<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)`)

const notAuthenticated = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
<soapenv:Fault><faultcode>ServerFaultCode</faultcode>
<faultstring>The session is not authenticated.</faultstring><detail>
<NotAuthenticatedFault xmlns="urn:vim25" xsi:type="NotAuthenticated">
<privilegeId>System.View</privilegeId></NotAuthenticatedFault></detail>
</soapenv:Fault></soapenv:Body></soapenv:Envelope>
`

func newFront(simulator http.Handler) *front {
	return &front{simulator: simulator, sessions: map[string]bool{},
		killed: make(chan struct{}), swaps: map[string]string{},
		calls: map[string]int{}}
}

// kill ends all sessions, those with a call under way too.
func (f *front) kill() {
	f.Lock()
	defer f.Unlock()
	f.sessions = map[string]bool{}
	close(f.killed)
	f.killed = make(chan struct{})
}

// take counts the call and gives what is to be done with its reply.
func (f *front) take(method string) *order {
	f.calls[method]++
	for i := range f.spoil {
		one := &f.spoil[i]
		if one.count != 0 && (one.method == "" || one.method == method) {
			one.count--
			f.spoiled++
			return one
		}
	}
	return nil
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	method := ""
	if found := methodName.FindSubmatch(request); found != nil {
		method = string(found[1])
	}
	f.Lock()
	spoil, killed := f.take(method), f.killed
	cookie, err := r.Cookie(soap.SessionCookieName)
	known := err == nil && f.sessions[cookie.Value]
	f.Unlock()
	if spoil != nil && spoils[spoil.kind].before != nil {
		spoils[spoil.kind].before(w, r, f, spoil)
		return
	}
	reply := httptest.NewRecorder()
	if known || method == "RetrieveServiceContent" || method == "Login" {
		reply = f.ask(r, request, killed)
	} else {
		reply.WriteHeader(http.StatusInternalServerError)
		reply.WriteString(notAuthenticated)
	}
	f.remember(method, reply)
	if spoil != nil && spoils[spoil.kind].after != nil {
		spoils[spoil.kind].after(w, reply.Body.Bytes())
		return
	}
	f.send(w, r, reply)
}

// ask lets the simulator answer, unless the session is killed before it does.
func (f *front) ask(r *http.Request, request []byte,
	killed chan struct{}) *httptest.ResponseRecorder {
	answer := make(chan *httptest.ResponseRecorder, 1)
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(request))
	go func() {
		reply := httptest.NewRecorder()
		f.simulator.ServeHTTP(reply, again)
		answer <- reply
	}()
	select {
	case reply := <-answer:
		return reply
	case <-killed:
		reply := httptest.NewRecorder()
		reply.WriteHeader(http.StatusInternalServerError)
		reply.WriteString(notAuthenticated)
		return reply
	}
}

func (f *front) remember(method string, reply *httptest.ResponseRecorder) {
	if method != "Login" {
		return
	}
	f.Lock()
	defer f.Unlock()
	if reply.Code != http.StatusOK {
		f.failed++
	}
	for _, cookie := range reply.Result().Cookies() {
		if cookie.Name == soap.SessionCookieName {
			f.sessions[cookie.Value] = true
		}
	}
}

func (f *front) send(w http.ResponseWriter, r *http.Request,
	reply *httptest.ResponseRecorder) {
	body := reply.Body.Bytes()
	f.Lock()
	for from, to := range f.swaps {
		body = bytes.ReplaceAll(body, []byte(from), []byte(to))
	}
	f.Unlock()
	for name, values := range reply.Header() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(reply.Code)
		packed, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		packed.Write(body)
		packed.Close()
		return
	}
	w.WriteHeader(reply.Code)
	w.Write(body)
}

// silence keeps the caller waiting until it gives up.
func silence(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-time.After(10 * time.Minute):
	}
}
