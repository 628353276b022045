# CycloneDX of the crates on the input; sums by NAME@VERSION.
def purl: "pkg:cargo/\(.name)@\(.version | @uri)";
# Older crates write OR as a slash, which no other reader takes.
def license: [{ expression: (.license | gsub(" ?/ ?"; " OR ")) }];
def hashes: [{ alg: "SHA-256", content: . }];

map(select(.name != "calha")) as $crates
| (map(select(.name == "calha"))[0]) as $own
| {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      timestamp: $time,
      component: {
        type: "application",
        "bom-ref": ($own | purl),
        name: "calha",
        version: $version,
        description: $own.description,
        licenses: ($own | license),
        purl: ($own | purl),
        hashes: ($sum | hashes)
      }
    },
    components: ($crates | map({
      type: "library",
      "bom-ref": purl,
      name, version,
      description,
      scope: "required",
      licenses: license,
      purl: purl,
      hashes: ($sums["\(.name)@\(.version)"] | hashes)
    } | del(.[] | nulls))),
    dependencies: ([$own] + $crates | map({
      ref: purl,
      dependsOn: ([.dependencies[] | select(.kind == null) | .name] as $names
        | $crates | map(select(.name | IN($names[])) | purl))
    }))
  }
