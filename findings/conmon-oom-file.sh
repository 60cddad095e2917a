#!/usr/bin/env bash
# Podman's conmon: when a container runs out of memory, an empty file `oom` appears in the folder that Podman was called in.
#
# Expected: what a container comes to is told by exit code and `inspect`; who starts one finds nothing new in his folder.
# Happens: conmon, which watches the container, writes a mark called `oom` into its own working folder, and Podman starts it
#   in the caller's: of `podman system service` that is wherever the service was started, for all its clients. The file
#   stays when the container and its storage are removed.
# Seen with: Debian's podman 4.3.1 and conmon 2.1.6 by root, cgroup v1. Source: conmon's src/cgroup.c (write_oom_files).
# Why it matters here: a judge's boxes run out of memory all day; a checkout in which Podman's service was started had a file
#   that Git wanted to add. The tests start the service in a folder of its own.
set -euo pipefail
folder=$(mktemp -d)
podman=(podman --root "$folder/root" --runroot "$folder/run" --tmpdir "$folder/tmp"
    --cgroup-manager cgroupfs --events-backend file)
clean() {
    "${podman[@]}" system reset --force >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap clean EXIT
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends 'podman=4.3.1*' 'conmon=2.1.6*' >/dev/null 2>&1
mkdir "$folder/package" "$folder/image" "$folder/here"
(cd "$folder/package" && apt-get download -qq busybox-static 2>/dev/null && dpkg-deb --extract ./*.deb ../image)
cd "$folder/here"
tar -C ../image -c . | "${podman[@]}" import - tiny >/dev/null 2>&1

"${podman[@]}" --version | tee "$folder/seen"
conmon --version | head -n 1 | tee -a "$folder/seen"
echo "before: $(ls)" | tee -a "$folder/seen"
status=0
"${podman[@]}" run --rm --network none --memory 8m --memory-swap 8m --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
    tiny /bin/busybox sh -c 'x=a; while :; do x=$x$x; done' || status=$?
for _ in $(seq 50); do [ -e oom ] && break || sleep 0.1; done
echo "exit code $status, after: $(ls)" | tee -a "$folder/seen"
diff "$folder/seen" - <<'SEEN'
podman version 4.3.1
conmon version 2.1.6
before: 
exit code 137, after: oom
SEEN
