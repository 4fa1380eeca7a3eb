# Sourced by the programs that run Java. Needs $program; sets $java to that of JAVA_HOME, where it is set, else to the one on the PATH.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if ! command -v "$java" >/dev/null; then
  echo "$program: there is no '$java'; install a JDK 17, or set JAVA_HOME to one." >&2
  exit 3
fi
# From 23 on Java lacks what Hadoop's S3 client, and with it Flink, calls.
java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || true
if [ "${java_version:-0}" -lt 17 ] || [ "$java_version" -gt 22 ]; then
  echo "$program: '$java' is Java ${java_version:-of an unknown version}; JDK 17 is needed. Set JAVA_HOME to one." >&2
  exit 3
fi
