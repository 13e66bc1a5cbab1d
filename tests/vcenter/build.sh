#!/bin/bash
# build.sh - builds the stand-in into $BUILD/vcenter, from Debian's packages
# alone; nothing is fetched.  Says nothing and takes a moment when it is built.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
mkdir -p "$BUILD"
GOCACHE=$(realpath "$BUILD")/go-cache GOPATH=/usr/share/gocode \
	GO111MODULE=off GOFLAGS='' go build -o "$BUILD/vcenter" ./tests/vcenter
