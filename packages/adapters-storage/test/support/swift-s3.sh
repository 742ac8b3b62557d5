#!/usr/bin/env bash
# A real S3 server: OpenStack Swift's s3api, out of Debian's packages
#   apt-get install --no-install-recommends swift-proxy swift-account swift-container swift-object
# in one folder and four processes, without memcached, mounts or a service manager. Swift takes its hash seed from the
# /etc/swift/swift.conf that the package brings; everything else is in the folder.
#   swift-s3.sh FOLDER PROXY_PORT ACCOUNT_PORT CONTAINER_PORT OBJECT_PORT
# Prints "ready" when it answers, and runs until its standard input ends, so that it goes however its starter goes.
# Key test:tester, secret testing, region us-east-1, path style.
set -euo pipefail
folder=$1 proxy_port=$2
declare -A ports=([account]=$3 [container]=$4 [object]=$5)
common="bind_ip = 127.0.0.1
workers = 0
user = $(id -un)
swift_dir = $folder
devices = $folder/devices
mount_check = false
log_address = $folder/no-log
log_level = CRITICAL"
mkdir -p "$folder/devices/sda"
cat > "$folder/swift.conf" <<CONF
[swift-hash]
swift_hash_path_suffix = tests
swift_hash_path_prefix = tests
[storage-policy:0]
name = Policy-0
default = yes
CONF
cat > "$folder/proxy-server.conf" <<CONF
[DEFAULT]
bind_port = $proxy_port
$common
[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth copy slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
CONF
for filter in catch_errors listing_formats copy slo dlo versioned_writes symlink; do
  printf '[filter:%s]\nuse = egg:swift#%s\n' "$filter" "$filter" >> "$folder/proxy-server.conf"
done

pids=()
stop() {
  kill "${pids[@]}" 2>/dev/null || true
  wait
}
trap stop EXIT

rings=()
for kind in account container object; do
  cat > "$folder/$kind-server.conf" <<CONF
[DEFAULT]
bind_port = ${ports[$kind]}
$common
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
CONF
  (
    cd "$folder"
    swift-ring-builder "$kind.builder" create 4 1 1
    swift-ring-builder "$kind.builder" add "r1z1-127.0.0.1:${ports[$kind]}/sda" 1
    swift-ring-builder "$kind.builder" rebalance
  ) > "$folder/$kind-ring.log" 2>&1 < /dev/null &
  rings+=($!)
done
wait "${rings[@]}"
for kind in account container object proxy; do
  "swift-$kind-server" "$folder/$kind-server.conf" > "$folder/$kind.log" 2>&1 < /dev/null &
  pids+=($!)
done
# The proxy last of all: it shuns for a minute whatever did not answer it once.
for port in "${ports[@]}" "$proxy_port"; do
  for _ in $(seq 1 600); do
    if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue 2; fi
    sleep 0.1
  done
  exit 1
done
echo ready
cat > /dev/null
