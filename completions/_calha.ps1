
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'calha' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'calha'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'calha' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Ask what an installation needs to know, and write a profile')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Show what an installation will do: the exact commands and diffs, in order. Changes nothing')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Do everything that is left to do, validate every step')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on where the last run ended, forward or back')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Take back what calha did, the last first')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Take a whole installation back')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Note that an undo that was stuck has been settled by hand')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Say what is different from what the profile wants. Changes nothing')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Open every connection and say who answers: user, system, shell, clock, round trip. Changes nothing')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Rebuild a lost journal from what the nodes keep')
            [CompletionResult]::new('service', 'service', [CompletionResultType]::ParameterValue, 'Start, stop, move, restart or remove the service of an instance')
            [CompletionResult]::new('debug', 'debug', [CompletionResultType]::ParameterValue, 'Have the agent write what it does on every node, stop that again, read it')
            [CompletionResult]::new('import-results', 'import-results', [CompletionResultType]::ParameterValue, 'Make a journal from the results of printed scripts')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the same work for another engine')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show how the installation, its group and its resources stand')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Write the hand-over report: what was done and proved, what stays, how to operate and to remove it')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a file back as it was before it was edited, or list the copies')
            [CompletionResult]::new('lab', 'lab', [CompletionResultType]::ParameterValue, 'Make and look at a simulated cluster')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'Compare the three models: what speaks for each, for whom it is meant')
            [CompletionResult]::new('downtime', 'downtime', [CompletionResultType]::ParameterValue, 'Work out how long each model is down, with your own figures')
            [CompletionResult]::new('worksheet', 'worksheet', [CompletionResultType]::ParameterValue, 'Print the tables of names to note values in, blank or filled, with a picture of the cluster')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a step, a row of the guide or an erratum is about')
            [CompletionResult]::new('rehearse', 'rehearse', [CompletionResultType]::ParameterValue, 'Try the whole installation on a simulated cluster in a scratch directory')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Work on a profile file alone, without any node')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what a shell needs to complete this command line')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of profiles, for editors')
            [CompletionResult]::new('settings', 'settings', [CompletionResultType]::ParameterValue, 'Print the reference of all settings, in Markdown')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;new' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;plan' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'format')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write files into this directory, which is made; with --format sh one a script')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Connect to no node; the plan says what it could not know')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;install' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these steps; what they need must be done already. May be repeated')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only this step and those after it')
            [CompletionResult]::new('--on-failure', '--on-failure', [CompletionResultType]::ParameterName, 'What to do when a step fails')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Write profile, --set and what is asked because it is missing as a new profile, and go on with that one')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;resume' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;rollback' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only this step and what began after it')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;uninstall' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('--instance', '--instance', [CompletionResultType]::ParameterName, 'Only this instance and what is on nodes that no other one uses; the others go on')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;resolve' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'A step that was skipped is to be done after all; calha install does it then')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Note it as left for good, whatever is there')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;verify' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'So many profiles at a time')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;check' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'So many profiles at a time')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;adopt' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--from-nodes', '--from-nodes', [CompletionResultType]::ParameterName, 'Rebuild it from the record that each node keeps of its own operations')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;service' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Failover: the node to move to. Without it the other one')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;debug' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('on', 'on', [CompletionResultType]::ParameterValue, 'Have the agent write what it does, to /var/adm/clusterlog on every node')
            [CompletionResult]::new('off', 'off', [CompletionResultType]::ParameterValue, 'Take that back: only what debug on has put there')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Read the messages of all nodes, in the order of time')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;debug;on' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'How much the agent writes: 0 nothing, 9 everything')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;debug;off' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;debug;log' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Of this resource type: SUNW.scics')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Of this resource group')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'Of this resource')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'Of this method: ics_svc_start')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Of this severity and worse: error, warning, notice, info, debug')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'From this time on: "Dec 11 18:00". A log has no years')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Up to this time')
            [CompletionResult]::new('--node', '--node', [CompletionResultType]::ParameterName, 'Of this node only')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file on each node')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'A message a line, for people, or as JSON')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Go on with what is written from now on, until ^C')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Go on with what is written from now on, until ^C')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;debug;help' {
            [CompletionResult]::new('on', 'on', [CompletionResultType]::ParameterValue, 'Have the agent write what it does, to /var/adm/clusterlog on every node')
            [CompletionResult]::new('off', 'off', [CompletionResultType]::ParameterValue, 'Take that back: only what debug on has put there')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Read the messages of all nodes, in the order of time')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;debug;help;on' {
            break
        }
        'calha;debug;help;off' {
            break
        }
        'calha;debug;help;log' {
            break
        }
        'calha;debug;help;help' {
            break
        }
        'calha;import-results' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;export' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('ansible', 'ansible', [CompletionResultType]::ParameterValue, 'Write an inventory and a playbook for Ansible. The nodes need no Python')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;export;ansible' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;export;help' {
            [CompletionResult]::new('ansible', 'ansible', [CompletionResultType]::ParameterValue, 'Write an inventory and a playbook for Ansible. The nodes need no Python')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;export;help;ansible' {
            break
        }
        'calha;export;help;help' {
            break
        }
        'calha;status' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'So many profiles at a time')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Only what the journal says; connect to no node')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;report' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'format')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write it into this file instead of to standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;restore' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept a question or a problem with this code; may be repeated. Recorded in the journal')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Tell what happens in a form for programs')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file that was edited, as the node spells it')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Agree to the changes beforehand; nothing is asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;lab' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a fresh cluster for a profile in a directory that is missing or empty')
            [CompletionResult]::new('shell', 'shell', [CompletionResultType]::ParameterValue, 'A shell on a node; with words behind the node it runs those: a printed script, for example')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Nodes, groups, resources and mounts')
            [CompletionResult]::new('down', 'down', [CompletionResultType]::ParameterValue, 'Power a node off: its groups go to the next one')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Power a node on')
            [CompletionResult]::new('fault', 'fault', [CompletionResultType]::ParameterValue, 'Have something go wrong: a fault as JSON; without one the faults that wait are listed')
            [CompletionResult]::new('digest', 'digest', [CompletionResultType]::ParameterValue, 'A line for every path and every line of the configuration: two equal digests are two equal clusters')
            [CompletionResult]::new('calls', 'calls', [CompletionResultType]::ParameterValue, 'The calls of simulated programs so far')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;lab;create' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;lab;shell' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;lab;status' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;lab;down' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;lab;up' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;lab;fault' {
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Nothing goes wrong any more')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;lab;digest' {
            [CompletionResult]::new('--except', '--except', [CompletionResultType]::ParameterName, 'Leave this path and what is below it out; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;lab;calls' {
            [CompletionResult]::new('--changing', '--changing', [CompletionResultType]::ParameterName, 'Only those after which something was different')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;lab;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a fresh cluster for a profile in a directory that is missing or empty')
            [CompletionResult]::new('shell', 'shell', [CompletionResultType]::ParameterValue, 'A shell on a node; with words behind the node it runs those: a printed script, for example')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Nodes, groups, resources and mounts')
            [CompletionResult]::new('down', 'down', [CompletionResultType]::ParameterValue, 'Power a node off: its groups go to the next one')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Power a node on')
            [CompletionResult]::new('fault', 'fault', [CompletionResultType]::ParameterValue, 'Have something go wrong: a fault as JSON; without one the faults that wait are listed')
            [CompletionResult]::new('digest', 'digest', [CompletionResultType]::ParameterValue, 'A line for every path and every line of the configuration: two equal digests are two equal clusters')
            [CompletionResult]::new('calls', 'calls', [CompletionResultType]::ParameterValue, 'The calls of simulated programs so far')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;lab;help;create' {
            break
        }
        'calha;lab;help;shell' {
            break
        }
        'calha;lab;help;status' {
            break
        }
        'calha;lab;help;down' {
            break
        }
        'calha;lab;help;up' {
            break
        }
        'calha;lab;help;fault' {
            break
        }
        'calha;lab;help;digest' {
            break
        }
        'calha;lab;help;calls' {
            break
        }
        'calha;lab;help;help' {
            break
        }
        'calha;models' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;downtime' {
            [CompletionResult]::new('--server-days', '--server-days', [CompletionResultType]::ParameterName, 'Days that a server is down each time')
            [CompletionResult]::new('--server-months', '--server-months', [CompletionResultType]::ParameterName, 'Months from one such time to the next')
            [CompletionResult]::new('--storage-days', '--storage-days', [CompletionResultType]::ParameterName, 'Days that its storage is down each time')
            [CompletionResult]::new('--storage-months', '--storage-months', [CompletionResultType]::ParameterName, 'Months from one such time to the next')
            [CompletionResult]::new('--nodes', '--nodes', [CompletionResultType]::ParameterName, 'Active nodes of the N+1 model')
            [CompletionResult]::new('--together-hours', '--together-hours', [CompletionResultType]::ParameterName, 'Hours of a year in which more servers are down than the spare node can replace')
            [CompletionResult]::new('--failover-minutes', '--failover-minutes', [CompletionResultType]::ParameterName, 'Minutes that the service is away while a group fails over')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;worksheet' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Use this value instead of the profile''s; may be repeated')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model of a blank worksheet')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What to print')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'calha;explain' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Use this value instead of the profile''s; may be repeated')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'The whole guide, for all models, as a page in Markdown')
            [CompletionResult]::new('--codes', '--codes', [CompletionResultType]::ParameterName, 'Every code of problems, notes and questions, as a page in Markdown')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;rehearse' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep the simulated cluster in this directory, which must be missing or empty, to look at it or go on there (calha lab)')
            [CompletionResult]::new('--uninstall', '--uninstall', [CompletionResultType]::ParameterName, 'Take everything back at the end, and show that the nodes are as before')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;profile' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;profile;check' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Answer a setting here instead of in the file; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;profile;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;profile;help;check' {
            break
        }
        'calha;profile;help;help' {
            break
        }
        'calha;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;schema' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;settings' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'calha;help' {
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Ask what an installation needs to know, and write a profile')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Show what an installation will do: the exact commands and diffs, in order. Changes nothing')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Do everything that is left to do, validate every step')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on where the last run ended, forward or back')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Take back what calha did, the last first')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Take a whole installation back')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Note that an undo that was stuck has been settled by hand')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Say what is different from what the profile wants. Changes nothing')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Open every connection and say who answers: user, system, shell, clock, round trip. Changes nothing')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Rebuild a lost journal from what the nodes keep')
            [CompletionResult]::new('service', 'service', [CompletionResultType]::ParameterValue, 'Start, stop, move, restart or remove the service of an instance')
            [CompletionResult]::new('debug', 'debug', [CompletionResultType]::ParameterValue, 'Have the agent write what it does on every node, stop that again, read it')
            [CompletionResult]::new('import-results', 'import-results', [CompletionResultType]::ParameterValue, 'Make a journal from the results of printed scripts')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the same work for another engine')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show how the installation, its group and its resources stand')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Write the hand-over report: what was done and proved, what stays, how to operate and to remove it')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a file back as it was before it was edited, or list the copies')
            [CompletionResult]::new('lab', 'lab', [CompletionResultType]::ParameterValue, 'Make and look at a simulated cluster')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'Compare the three models: what speaks for each, for whom it is meant')
            [CompletionResult]::new('downtime', 'downtime', [CompletionResultType]::ParameterValue, 'Work out how long each model is down, with your own figures')
            [CompletionResult]::new('worksheet', 'worksheet', [CompletionResultType]::ParameterValue, 'Print the tables of names to note values in, blank or filled, with a picture of the cluster')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a step, a row of the guide or an erratum is about')
            [CompletionResult]::new('rehearse', 'rehearse', [CompletionResultType]::ParameterValue, 'Try the whole installation on a simulated cluster in a scratch directory')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Work on a profile file alone, without any node')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what a shell needs to complete this command line')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of profiles, for editors')
            [CompletionResult]::new('settings', 'settings', [CompletionResultType]::ParameterValue, 'Print the reference of all settings, in Markdown')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'calha;help;new' {
            break
        }
        'calha;help;plan' {
            break
        }
        'calha;help;install' {
            break
        }
        'calha;help;resume' {
            break
        }
        'calha;help;rollback' {
            break
        }
        'calha;help;uninstall' {
            break
        }
        'calha;help;resolve' {
            break
        }
        'calha;help;verify' {
            break
        }
        'calha;help;check' {
            break
        }
        'calha;help;adopt' {
            break
        }
        'calha;help;service' {
            break
        }
        'calha;help;debug' {
            [CompletionResult]::new('on', 'on', [CompletionResultType]::ParameterValue, 'Have the agent write what it does, to /var/adm/clusterlog on every node')
            [CompletionResult]::new('off', 'off', [CompletionResultType]::ParameterValue, 'Take that back: only what debug on has put there')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Read the messages of all nodes, in the order of time')
            break
        }
        'calha;help;debug;on' {
            break
        }
        'calha;help;debug;off' {
            break
        }
        'calha;help;debug;log' {
            break
        }
        'calha;help;import-results' {
            break
        }
        'calha;help;export' {
            [CompletionResult]::new('ansible', 'ansible', [CompletionResultType]::ParameterValue, 'Write an inventory and a playbook for Ansible. The nodes need no Python')
            break
        }
        'calha;help;export;ansible' {
            break
        }
        'calha;help;status' {
            break
        }
        'calha;help;report' {
            break
        }
        'calha;help;restore' {
            break
        }
        'calha;help;lab' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a fresh cluster for a profile in a directory that is missing or empty')
            [CompletionResult]::new('shell', 'shell', [CompletionResultType]::ParameterValue, 'A shell on a node; with words behind the node it runs those: a printed script, for example')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Nodes, groups, resources and mounts')
            [CompletionResult]::new('down', 'down', [CompletionResultType]::ParameterValue, 'Power a node off: its groups go to the next one')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Power a node on')
            [CompletionResult]::new('fault', 'fault', [CompletionResultType]::ParameterValue, 'Have something go wrong: a fault as JSON; without one the faults that wait are listed')
            [CompletionResult]::new('digest', 'digest', [CompletionResultType]::ParameterValue, 'A line for every path and every line of the configuration: two equal digests are two equal clusters')
            [CompletionResult]::new('calls', 'calls', [CompletionResultType]::ParameterValue, 'The calls of simulated programs so far')
            break
        }
        'calha;help;lab;create' {
            break
        }
        'calha;help;lab;shell' {
            break
        }
        'calha;help;lab;status' {
            break
        }
        'calha;help;lab;down' {
            break
        }
        'calha;help;lab;up' {
            break
        }
        'calha;help;lab;fault' {
            break
        }
        'calha;help;lab;digest' {
            break
        }
        'calha;help;lab;calls' {
            break
        }
        'calha;help;models' {
            break
        }
        'calha;help;downtime' {
            break
        }
        'calha;help;worksheet' {
            break
        }
        'calha;help;explain' {
            break
        }
        'calha;help;rehearse' {
            break
        }
        'calha;help;profile' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is')
            break
        }
        'calha;help;profile;check' {
            break
        }
        'calha;help;completions' {
            break
        }
        'calha;help;schema' {
            break
        }
        'calha;help;settings' {
            break
        }
        'calha;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
