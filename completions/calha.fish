complete --keep-order --exclusive --command calha --arguments "(CALHA_COMPLETE=fish calha -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
