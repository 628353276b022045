# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_calha_global_optspecs
    string join \n h/help V/version
end

function __fish_calha_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_calha_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_calha_using_subcommand
    set -l cmd (__fish_calha_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c calha -n "__fish_calha_needs_command" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_needs_command" -s V -l version -d 'Print version'
complete -c calha -n "__fish_calha_needs_command" -f -a "new" -d 'Ask what an installation needs to know, and write a profile'
complete -c calha -n "__fish_calha_needs_command" -f -a "plan" -d 'Show what an installation will do: the exact commands and diffs, in order. Changes nothing'
complete -c calha -n "__fish_calha_needs_command" -f -a "install" -d 'Do everything that is left to do, validate every step'
complete -c calha -n "__fish_calha_needs_command" -f -a "resume" -d 'Go on where the last run ended, forward or back'
complete -c calha -n "__fish_calha_needs_command" -f -a "rollback" -d 'Take back what calha did, the last first'
complete -c calha -n "__fish_calha_needs_command" -f -a "uninstall" -d 'Take a whole installation back'
complete -c calha -n "__fish_calha_needs_command" -f -a "resolve" -d 'Note that an undo that was stuck has been settled by hand'
complete -c calha -n "__fish_calha_needs_command" -f -a "verify" -d 'Say what is different from what the profile wants. Changes nothing'
complete -c calha -n "__fish_calha_needs_command" -f -a "check" -d 'Open every connection and say who answers: user, system, shell, clock, round trip. Changes nothing'
complete -c calha -n "__fish_calha_needs_command" -f -a "adopt" -d 'Rebuild a lost journal from what the nodes keep'
complete -c calha -n "__fish_calha_needs_command" -f -a "service" -d 'Start, stop, move, restart or remove the service of an instance'
complete -c calha -n "__fish_calha_needs_command" -f -a "debug" -d 'Have the agent write what it does on every node, stop that again, read it'
complete -c calha -n "__fish_calha_needs_command" -f -a "import-results" -d 'Make a journal from the results of printed scripts'
complete -c calha -n "__fish_calha_needs_command" -f -a "export" -d 'Write the same work for another engine'
complete -c calha -n "__fish_calha_needs_command" -f -a "status" -d 'Show how the installation, its group and its resources stand'
complete -c calha -n "__fish_calha_needs_command" -f -a "report" -d 'Write the hand-over report: what was done and proved, what stays, how to operate and to remove it'
complete -c calha -n "__fish_calha_needs_command" -f -a "restore" -d 'Put a file back as it was before it was edited, or list the copies'
complete -c calha -n "__fish_calha_needs_command" -f -a "lab" -d 'Make and look at a simulated cluster'
complete -c calha -n "__fish_calha_needs_command" -f -a "models" -d 'Compare the three models: what speaks for each, for whom it is meant'
complete -c calha -n "__fish_calha_needs_command" -f -a "downtime" -d 'Work out how long each model is down, with your own figures'
complete -c calha -n "__fish_calha_needs_command" -f -a "worksheet" -d 'Print the tables of names to note values in, blank or filled, with a picture of the cluster'
complete -c calha -n "__fish_calha_needs_command" -f -a "explain" -d 'Say what a step, a row of the guide or an erratum is about'
complete -c calha -n "__fish_calha_needs_command" -f -a "rehearse" -d 'Try the whole installation on a simulated cluster in a scratch directory'
complete -c calha -n "__fish_calha_needs_command" -f -a "profile" -d 'Work on a profile file alone, without any node'
complete -c calha -n "__fish_calha_needs_command" -f -a "completions" -d 'Print what a shell needs to complete this command line'
complete -c calha -n "__fish_calha_needs_command" -f -a "schema" -d 'Print the JSON Schema of profiles, for editors'
complete -c calha -n "__fish_calha_needs_command" -f -a "settings" -d 'Print the reference of all settings, in Markdown'
complete -c calha -n "__fish_calha_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand new" -l set -d 'Answer a setting here; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand new" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand plan" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand plan" -l format -r -f -a "text\t'Commands and diffs, for people'
sh\t'One Bourne script for each node and hand-over'
json\t'Everything, for programs'"
complete -c calha -n "__fish_calha_using_subcommand plan" -l out -d 'Write files into this directory, which is made; with --format sh one a script' -r -F
complete -c calha -n "__fish_calha_using_subcommand plan" -l offline -d 'Connect to no node; the plan says what it could not know'
complete -c calha -n "__fish_calha_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand install" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand install" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand install" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand install" -l only -d 'Only these steps; what they need must be done already. May be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand install" -l from -d 'Only this step and those after it' -r
complete -c calha -n "__fish_calha_using_subcommand install" -l on-failure -d 'What to do when a step fails' -r -f -a "stop\t'Stop and keep everything; `calha resume` goes on'
rollback\t'Take everything back'"
complete -c calha -n "__fish_calha_using_subcommand install" -l record -d 'Write profile, --set and what is asked because it is missing as a new profile, and go on with that one' -r -F
complete -c calha -n "__fish_calha_using_subcommand install" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand resume" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand resume" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand resume" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand resume" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand rollback" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand rollback" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand rollback" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand rollback" -l from -d 'Only this step and what began after it' -r
complete -c calha -n "__fish_calha_using_subcommand rollback" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand uninstall" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand uninstall" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand uninstall" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand uninstall" -l instance -d 'Only this instance and what is on nodes that no other one uses; the others go on' -r
complete -c calha -n "__fish_calha_using_subcommand uninstall" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand uninstall" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand resolve" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand resolve" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand resolve" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand resolve" -l again -d 'A step that was skipped is to be done after all; calha install does it then' -r
complete -c calha -n "__fish_calha_using_subcommand resolve" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand resolve" -l keep -d 'Note it as left for good, whatever is there'
complete -c calha -n "__fish_calha_using_subcommand resolve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand verify" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand verify" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand verify" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand verify" -l jobs -d 'So many profiles at a time' -r
complete -c calha -n "__fish_calha_using_subcommand verify" -l format -d 'How the answer is written' -r -f -a "text\t''
json\t''"
complete -c calha -n "__fish_calha_using_subcommand verify" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand check" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand check" -l jobs -d 'So many profiles at a time' -r
complete -c calha -n "__fish_calha_using_subcommand check" -l format -d 'How the answer is written' -r -f -a "text\t''
json\t''"
complete -c calha -n "__fish_calha_using_subcommand check" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand adopt" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand adopt" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand adopt" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand adopt" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand adopt" -l from-nodes -d 'Rebuild it from the record that each node keeps of its own operations'
complete -c calha -n "__fish_calha_using_subcommand adopt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand service" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand service" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand service" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand service" -l to -d 'Failover: the node to move to. Without it the other one' -r
complete -c calha -n "__fish_calha_using_subcommand service" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand service" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand debug; and not __fish_seen_subcommand_from on off log help" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand debug; and not __fish_seen_subcommand_from on off log help" -f -a "on" -d 'Have the agent write what it does, to /var/adm/clusterlog on every node'
complete -c calha -n "__fish_calha_using_subcommand debug; and not __fish_seen_subcommand_from on off log help" -f -a "off" -d 'Take that back: only what debug on has put there'
complete -c calha -n "__fish_calha_using_subcommand debug; and not __fish_seen_subcommand_from on off log help" -f -a "log" -d 'Read the messages of all nodes, in the order of time'
complete -c calha -n "__fish_calha_using_subcommand debug; and not __fish_seen_subcommand_from on off log help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from on" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from on" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from on" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from on" -l level -d 'How much the agent writes: 0 nothing, 9 everything' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from on" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from on" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from off" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from off" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from off" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from off" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from off" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l type -d 'Of this resource type: SUNW.scics' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l group -d 'Of this resource group' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l resource -d 'Of this resource' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l method -d 'Of this method: ics_svc_start' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l level -d 'Of this severity and worse: error, warning, notice, info, debug' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l since -d 'From this time on: "Dec 11 18:00". A log has no years' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l until -d 'Up to this time' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l node -d 'Of this node only' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l file -d 'The file on each node' -r
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -l format -d 'A message a line, for people, or as JSON' -r -f -a "text\t''
json\t''"
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -s f -l follow -d 'Go on with what is written from now on, until ^C'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from help" -f -a "on" -d 'Have the agent write what it does, to /var/adm/clusterlog on every node'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from help" -f -a "off" -d 'Take that back: only what debug on has put there'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from help" -f -a "log" -d 'Read the messages of all nodes, in the order of time'
complete -c calha -n "__fish_calha_using_subcommand debug; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand import-results" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand import-results" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand import-results" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand import-results" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand import-results" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand export; and not __fish_seen_subcommand_from ansible help" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand export; and not __fish_seen_subcommand_from ansible help" -f -a "ansible" -d 'Write an inventory and a playbook for Ansible. The nodes need no Python'
complete -c calha -n "__fish_calha_using_subcommand export; and not __fish_seen_subcommand_from ansible help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand export; and __fish_seen_subcommand_from ansible" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand export; and __fish_seen_subcommand_from ansible" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "ansible" -d 'Write an inventory and a playbook for Ansible. The nodes need no Python'
complete -c calha -n "__fish_calha_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand status" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand status" -l jobs -d 'So many profiles at a time' -r
complete -c calha -n "__fish_calha_using_subcommand status" -l format -d 'How the answer is written' -r -f -a "text\t''
json\t''"
complete -c calha -n "__fish_calha_using_subcommand status" -l offline -d 'Only what the journal says; connect to no node'
complete -c calha -n "__fish_calha_using_subcommand status" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand report" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand report" -l format -r -f -a "md\t'Markdown'
html\t'One page that needs nothing else, for the screen and for paper'"
complete -c calha -n "__fish_calha_using_subcommand report" -l out -d 'Write it into this file instead of to standard output' -r -F
complete -c calha -n "__fish_calha_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand restore" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand restore" -l accept -d 'Accept a question or a problem with this code; may be repeated. Recorded in the journal' -r
complete -c calha -n "__fish_calha_using_subcommand restore" -l events -d 'Tell what happens in a form for programs' -r -f -a "json\t'One event a line, as JSON, on standard output'"
complete -c calha -n "__fish_calha_using_subcommand restore" -l file -d 'The file that was edited, as the node spells it' -r
complete -c calha -n "__fish_calha_using_subcommand restore" -s y -l yes -d 'Agree to the changes beforehand; nothing is asked'
complete -c calha -n "__fish_calha_using_subcommand restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "create" -d 'Make a fresh cluster for a profile in a directory that is missing or empty'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "shell" -d 'A shell on a node; with words behind the node it runs those: a printed script, for example'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "status" -d 'Nodes, groups, resources and mounts'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "down" -d 'Power a node off: its groups go to the next one'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "up" -d 'Power a node on'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "fault" -d 'Have something go wrong: a fault as JSON; without one the faults that wait are listed'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "digest" -d 'A line for every path and every line of the configuration: two equal digests are two equal clusters'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "calls" -d 'The calls of simulated programs so far'
complete -c calha -n "__fish_calha_using_subcommand lab; and not __fish_seen_subcommand_from create shell status down up fault digest calls help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from create" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from shell" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from down" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from up" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from fault" -l clear -d 'Nothing goes wrong any more'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from fault" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from digest" -l except -d 'Leave this path and what is below it out; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from digest" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from calls" -l changing -d 'Only those after which something was different'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from calls" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a fresh cluster for a profile in a directory that is missing or empty'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "shell" -d 'A shell on a node; with words behind the node it runs those: a printed script, for example'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "status" -d 'Nodes, groups, resources and mounts'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "down" -d 'Power a node off: its groups go to the next one'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "up" -d 'Power a node on'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "fault" -d 'Have something go wrong: a fault as JSON; without one the faults that wait are listed'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "digest" -d 'A line for every path and every line of the configuration: two equal digests are two equal clusters'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "calls" -d 'The calls of simulated programs so far'
complete -c calha -n "__fish_calha_using_subcommand lab; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand models" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand downtime" -l server-days -d 'Days that a server is down each time' -r
complete -c calha -n "__fish_calha_using_subcommand downtime" -l server-months -d 'Months from one such time to the next' -r
complete -c calha -n "__fish_calha_using_subcommand downtime" -l storage-days -d 'Days that its storage is down each time' -r
complete -c calha -n "__fish_calha_using_subcommand downtime" -l storage-months -d 'Months from one such time to the next' -r
complete -c calha -n "__fish_calha_using_subcommand downtime" -l nodes -d 'Active nodes of the N+1 model' -r
complete -c calha -n "__fish_calha_using_subcommand downtime" -l together-hours -d 'Hours of a year in which more servers are down than the spare node can replace' -r
complete -c calha -n "__fish_calha_using_subcommand downtime" -l failover-minutes -d 'Minutes that the service is away while a group fails over' -r
complete -c calha -n "__fish_calha_using_subcommand downtime" -l format -d 'How the answer is written' -r -f -a "text\t''
json\t''"
complete -c calha -n "__fish_calha_using_subcommand downtime" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand worksheet" -l set -d 'Use this value instead of the profile\'s; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand worksheet" -l model -d 'The model of a blank worksheet' -r -f -a "asymmetric\t''
symmetric\t''
n-plus-one\t''"
complete -c calha -n "__fish_calha_using_subcommand worksheet" -l format -d 'What to print' -r -f -a "md\t'Markdown'
html\t'One page that needs nothing else, for the screen and for paper'
svg\t'The picture alone'"
complete -c calha -n "__fish_calha_using_subcommand worksheet" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c calha -n "__fish_calha_using_subcommand explain" -l set -d 'Use this value instead of the profile\'s; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand explain" -l all -d 'The whole guide, for all models, as a page in Markdown'
complete -c calha -n "__fish_calha_using_subcommand explain" -l codes -d 'Every code of problems, notes and questions, as a page in Markdown'
complete -c calha -n "__fish_calha_using_subcommand explain" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand rehearse" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand rehearse" -l keep -d 'Keep the simulated cluster in this directory, which must be missing or empty, to look at it or go on there (calha lab)' -r -F
complete -c calha -n "__fish_calha_using_subcommand rehearse" -l uninstall -d 'Take everything back at the end, and show that the nodes are as before'
complete -c calha -n "__fish_calha_using_subcommand rehearse" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand profile; and not __fish_seen_subcommand_from check help" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand profile; and not __fish_seen_subcommand_from check help" -f -a "check" -d 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is'
complete -c calha -n "__fish_calha_using_subcommand profile; and not __fish_seen_subcommand_from check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand profile; and __fish_seen_subcommand_from check" -l set -d 'Answer a setting here instead of in the file; may be repeated' -r
complete -c calha -n "__fish_calha_using_subcommand profile; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "check" -d 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is'
complete -c calha -n "__fish_calha_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand completions" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand schema" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand settings" -s h -l help -d 'Print help'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "new" -d 'Ask what an installation needs to know, and write a profile'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "plan" -d 'Show what an installation will do: the exact commands and diffs, in order. Changes nothing'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "install" -d 'Do everything that is left to do, validate every step'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "resume" -d 'Go on where the last run ended, forward or back'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "rollback" -d 'Take back what calha did, the last first'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "uninstall" -d 'Take a whole installation back'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "resolve" -d 'Note that an undo that was stuck has been settled by hand'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "verify" -d 'Say what is different from what the profile wants. Changes nothing'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "check" -d 'Open every connection and say who answers: user, system, shell, clock, round trip. Changes nothing'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "adopt" -d 'Rebuild a lost journal from what the nodes keep'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "service" -d 'Start, stop, move, restart or remove the service of an instance'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "debug" -d 'Have the agent write what it does on every node, stop that again, read it'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "import-results" -d 'Make a journal from the results of printed scripts'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "export" -d 'Write the same work for another engine'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "status" -d 'Show how the installation, its group and its resources stand'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "report" -d 'Write the hand-over report: what was done and proved, what stays, how to operate and to remove it'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "restore" -d 'Put a file back as it was before it was edited, or list the copies'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "lab" -d 'Make and look at a simulated cluster'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "models" -d 'Compare the three models: what speaks for each, for whom it is meant'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "downtime" -d 'Work out how long each model is down, with your own figures'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "worksheet" -d 'Print the tables of names to note values in, blank or filled, with a picture of the cluster'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "explain" -d 'Say what a step, a row of the guide or an erratum is about'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "rehearse" -d 'Try the whole installation on a simulated cluster in a scratch directory'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "profile" -d 'Work on a profile file alone, without any node'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "completions" -d 'Print what a shell needs to complete this command line'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "schema" -d 'Print the JSON Schema of profiles, for editors'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "settings" -d 'Print the reference of all settings, in Markdown'
complete -c calha -n "__fish_calha_using_subcommand help; and not __fish_seen_subcommand_from new plan install resume rollback uninstall resolve verify check adopt service debug import-results export status report restore lab models downtime worksheet explain rehearse profile completions schema settings help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from debug" -f -a "on" -d 'Have the agent write what it does, to /var/adm/clusterlog on every node'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from debug" -f -a "off" -d 'Take that back: only what debug on has put there'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from debug" -f -a "log" -d 'Read the messages of all nodes, in the order of time'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "ansible" -d 'Write an inventory and a playbook for Ansible. The nodes need no Python'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from lab" -f -a "create" -d 'Make a fresh cluster for a profile in a directory that is missing or empty'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from lab" -f -a "shell" -d 'A shell on a node; with words behind the node it runs those: a printed script, for example'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from lab" -f -a "status" -d 'Nodes, groups, resources and mounts'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from lab" -f -a "down" -d 'Power a node off: its groups go to the next one'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from lab" -f -a "up" -d 'Power a node on'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from lab" -f -a "fault" -d 'Have something go wrong: a fault as JSON; without one the faults that wait are listed'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from lab" -f -a "digest" -d 'A line for every path and every line of the configuration: two equal digests are two equal clusters'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from lab" -f -a "calls" -d 'The calls of simulated programs so far'
complete -c calha -n "__fish_calha_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "check" -d 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is'
