
Register-ArgumentCompleter -Native -CommandName calha -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $prev = $env:CALHA_COMPLETE;
    $env:CALHA_COMPLETE = "powershell";

    $args = $commandAst.Extent.Text
    $args = $args.Substring(0, [math]::Min($cursorPosition, $args.Length));
    if ($wordToComplete -eq "") {
        $args += " ''";
    }

    $results = Invoke-Expression @"
& calha -- $args
"@;
    if ($null -eq $prev) {
        Remove-Item Env:\CALHA_COMPLETE;
    } else {
        $env:CALHA_COMPLETE = $prev;
    }
    $results | ForEach-Object {
        $split = $_.Split("`t");
        $cmd = $split[0];

        if ($split.Length -eq 2) {
            $help = $split[1];
        }
        else {
            $help = $split[0];
        }

        [System.Management.Automation.CompletionResult]::new($cmd, $cmd, 'ParameterValue', $help)
    }
};
