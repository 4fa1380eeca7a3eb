# Sourced by the programs that run the local module from its build: ./demo, bin/replay. Needs $root and $program.
class_path=$root/local/target/demo.classpath
. "$root/bin/java.sh"

need() {
  command -v "$1" >/dev/null || { echo "$program: $1 is not installed; README.md says what is needed." >&2; exit 3; }
}

# Sources that are newer than the build are built first.
stale() {
  [ ! -f "$class_path" ] || [ ! -d "$root/local/node_modules" ] ||
    [ -n "$(find "$root"/*/src/main "$root"/*/pom.xml "$root"/local/standins "$root/pom.xml" \
      -name target -prune -o -type f -newer "$class_path" -print -quit)" ]
}

# run_main CLASS ARGUMENTS...: in place of this shell.
run_main() {
  need node
  if stale; then
    need mvn
    echo "$program: building first" >&2
    log=$(mktemp)
    if ! mvn -B -q -f "$root/pom.xml" package -DskipTests >"$log" 2>&1; then
      tail -n 40 "$log" >&2
      echo "$program: the build failed; its whole output is in $log" >&2
      exit 3
    fi
    rm -f "$log"
    touch "$class_path"
  fi

  jvm=(
    -Xms1500m -Xmn900m -Xmx2g -XX:+UseParallelGC
    # A run lasts a minute or two: by its defaults the JVM would spend a third of the CPU on compiling what runs for so short.
    -XX:Tier4InvocationThreshold=10000 -XX:Tier4MinInvocationThreshold=2000
    -XX:Tier4CompileThreshold=30000 -XX:Tier4BackEdgeThreshold=80000
    # Flink on JDK 17 reaches into these.
    --add-opens java.base/java.util=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED
    --add-opens java.base/java.time=ALL-UNNAMED --add-opens java.base/java.util.concurrent=ALL-UNNAMED
    --add-opens java.base/java.nio=ALL-UNNAMED
    # Else the JDK's HTTP server stalls 40 ms a request.
    -Dsun.net.httpserver.nodelay=true
    -Dinvoiceflow.root="$root"
  )
  exec "$java" "${jvm[@]}" -cp "$root/local/target/classes:$(cat "$class_path")" "$@"
}
