// spoil.go - the ways in which a reply can be spoiled.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
)

// 'before' answers in place of the simulator, 'after' sends its reply spoiled.
type spoiler struct {
	before func(http.ResponseWriter, *http.Request, *front, *order)
	after  func(http.ResponseWriter, []byte)
}

var spoils = map[string]spoiler{
	"half":     {after: half},        // half a document, whole as HTTP
	"cut":      {after: cut},         // the connection ends in the middle
	"claim":    {after: claim},       // says that 4 GB follow
	"status":   {before: status},     // HTTP status 'text', no SOAP
	"reset":    {before: reset},      // hangs up at once
	"silent":   {before: silent},     // takes the call and says nothing
	"redirect": {before: redirect},   // to the URL 'text'
	"fault":    {before: fault},      // a SOAP fault of type 'text'
	"reply":    {before: reply},      // 'text' as it is
	"bomb":     {before: bomb},       // entities that grow to gigabytes
	"deep":     {before: deep},       // a million elements in one another
	"endless":  {before: endless},    // objects without end
	"longtext": {before: longText},   // one value without end
	"gzipbomb": {before: packedBomb}, // a gigabyte in a megabyte
}

const envelope = `<?xml version="1.0" encoding="UTF-8"?>` +
	`<soapenv:Envelope xmlns:soapenv=` +
	`"http://schemas.xmlsoap.org/soap/envelope/"` +
	` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>`

func half(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Write(body[:len(body)/2])
}

// raw sends a head of our own and octets, then hangs up.
func raw(w http.ResponseWriter, size int64, body []byte) {
	talk, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	fmt.Fprintf(talk, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"+
		"Content-Length: %d\r\n\r\n", size)
	talk.Write(body)
	talk.Close()
}

func cut(w http.ResponseWriter, body []byte) {
	raw(w, int64(len(body)), body[:len(body)/2])
}

func claim(w http.ResponseWriter, body []byte) {
	raw(w, 4<<30, body)
}

func status(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	code := http.StatusServiceUnavailable
	fmt.Sscan(o.text, &code)
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(code)
	fmt.Fprint(w, "<html><body>no healthy upstream</body></html>")
}

func reset(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	if talk, _, err := w.(http.Hijacker).Hijack(); err == nil {
		talk.Close()
	}
}

func silent(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	silence(r)
}

func redirect(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	http.Redirect(w, r, o.text, http.StatusTemporaryRedirect)
}

func fault(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	text := strings.Replace(notAuthenticated, "The session is not authenticated.",
		"spoiled", 1)
	w.WriteHeader(http.StatusInternalServerError)
	fmt.Fprint(w, strings.ReplaceAll(text, "NotAuthenticated", o.text))
}

func reply(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	fmt.Fprint(w, o.text)
}

func bomb(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	fmt.Fprint(w, `<?xml version="1.0"?><!DOCTYPE e [<!ENTITY x0 "boom">`)
	for i := 1; i < 12; i++ {
		fmt.Fprintf(w, `<!ENTITY x%d "%s">`, i,
			strings.Repeat(fmt.Sprintf("&x%d;", i-1), 10))
	}
	fmt.Fprint(w, `]>`, envelope[strings.Index(envelope, "?>")+2:],
		`<r><returnval><name>&x11;</name></returnval></r>`,
		`</soapenv:Body></soapenv:Envelope>`)
}

// flood sends the same block again and again, until nobody takes it any more
// or 8 GB are sent, and counts what was taken.
func flood(w http.ResponseWriter, f *front, block string) {
	octets := []byte(strings.Repeat(block, 1+65536/len(block)))
	for total := 0; total < 8<<30; total += len(octets) {
		n, err := w.Write(octets)
		f.Lock()
		f.sent += int64(n)
		f.Unlock()
		if err != nil {
			return
		}
	}
}

func deep(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	fmt.Fprint(w, envelope)
	for i := 0; i < 16; i++ {
		fmt.Fprint(w, strings.Repeat("<a>", 65536))
	}
}

// begin starts a reply to 'method' as far as its first object.
func begin(w http.ResponseWriter, method string) {
	fmt.Fprintf(w, `%s<%sResponse xmlns="urn:vim25"><returnval>`, envelope,
		method)
	if method == "WaitForUpdatesEx" {
		fmt.Fprint(w, `<version>1</version><filterSet>`+
			`<filter type="PropertyFilter">f</filter>`)
	}
}

func endless(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	begin(w, o.method)
	if o.method == "WaitForUpdatesEx" {
		flood(w, f, `<objectSet><kind>enter</kind>`+
			`<obj type="HostSystem">host-0</obj><changeSet><name>name</name>`+
			`<op>assign</op><val xsi:type="xsd:string">x</val></changeSet>`+
			`</objectSet>`)
		return
	}
	flood(w, f, `<objects><obj type="HostSystem">host-0</obj><propSet>`+
		`<name>name</name><val xsi:type="xsd:string">x</val></propSet></objects>`)
}

func longText(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	begin(w, o.method)
	fmt.Fprint(w, `<objects><obj type="HostSystem">`)
	flood(w, f, "host-0 ")
}

func packedBomb(w http.ResponseWriter, r *http.Request, f *front, o *order) {
	var packed bytes.Buffer
	stream, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	fmt.Fprint(stream, envelope)
	block := bytes.Repeat([]byte(" "), 1<<20)
	for i := 0; i < 1024; i++ {
		stream.Write(block)
	}
	stream.Close()
	w.Header().Set("Content-Encoding", "gzip")
	w.Write(packed.Bytes())
}
