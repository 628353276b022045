# Reads crm_mon's XML and prints a line for each fact, from single attributes:
#   node NAME ONLINE
#   resource GROUP NAME ENABLED PENDING BLOCKED NODES FAILED (no node: "-"; several: with commas)
#   failure NAME NODE TASK
function value(name) {
  if (!match($0, " " name "=\"[^\"]*\"")) return "-"
  return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
}
function end_of_resource() {
  if (resource == "") return
  print "resource", group, resource, enabled, pending, blocked, nodes == "" ? "-" : nodes, failed
  resource = ""
}
BEGIN { group = "-" }
/<nodes>/ { part = "nodes" }
/<resources>/ { part = "resources" }
/<node_history/ { part = "history" }
/<failures>/ { part = "failures" }
part == "nodes" && /<node / { print "node", value("name"), value("online") }
part == "resources" && /<group / { group = value("id") }
part == "resources" && /<\/group>/ { group = "-" }
part == "resources" && /<node / { nodes = nodes (nodes == "" ? "" : ",") value("name") }
part == "resources" && /<resource / {
  resource = value("id")
  enabled = value("target_role") == "Stopped" ? "no" : "yes"
  # What is on its way has a role of its own.
  pending = value("role")
  if (pending != "Starting" && pending != "Stopping") pending = "-"
  blocked = value("blocked")
  failed = value("failed")
  nodes = ""
  if (/\/>$/) end_of_resource()
}
/<\/resource>/ { end_of_resource() }
part == "failures" && /<failure / {
  name = value("op_key")
  sub("_" value("task") "_[0-9]*$", "", name)
  print "failure", name, value("node"), value("task")
}
