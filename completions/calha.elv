
set edit:completion:arg-completer[calha] = { |@words|
    var index = (count $words)
    set index = (- $index 1)

    put (env _CLAP_IFS="\n" _CLAP_COMPLETE_INDEX=(to-string $index) CALHA_COMPLETE="elvish" calha -- $@words) | to-lines
}
