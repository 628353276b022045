
use builtin;
use str;

set edit:completion:arg-completer[calha] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'calha'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'calha'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand new 'Ask what an installation needs to know, and write a profile'
            cand plan 'Show what an installation will do: the exact commands and diffs, in order. Changes nothing'
            cand install 'Do everything that is left to do, validate every step'
            cand resume 'Go on where the last run ended, forward or back'
            cand rollback 'Take back what calha did, the last first'
            cand uninstall 'Take a whole installation back'
            cand resolve 'Note that an undo that was stuck has been settled by hand'
            cand verify 'Say what is different from what the profile wants. Changes nothing'
            cand check 'Open every connection and say who answers: user, system, shell, clock, round trip. Changes nothing'
            cand adopt 'Rebuild a lost journal from what the nodes keep'
            cand service 'Start, stop, move, restart or remove the service of an instance'
            cand debug 'Have the agent write what it does on every node, stop that again, read it'
            cand import-results 'Make a journal from the results of printed scripts'
            cand export 'Write the same work for another engine'
            cand status 'Show how the installation, its group and its resources stand'
            cand report 'Write the hand-over report: what was done and proved, what stays, how to operate and to remove it'
            cand restore 'Put a file back as it was before it was edited, or list the copies'
            cand lab 'Make and look at a simulated cluster'
            cand models 'Compare the three models: what speaks for each, for whom it is meant'
            cand downtime 'Work out how long each model is down, with your own figures'
            cand worksheet 'Print the tables of names to note values in, blank or filled, with a picture of the cluster'
            cand explain 'Say what a step, a row of the guide or an erratum is about'
            cand rehearse 'Try the whole installation on a simulated cluster in a scratch directory'
            cand profile 'Work on a profile file alone, without any node'
            cand completions 'Print what a shell needs to complete this command line'
            cand schema 'Print the JSON Schema of profiles, for editors'
            cand settings 'Print the reference of all settings, in Markdown'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;new'= {
            cand --set 'Answer a setting here; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;plan'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --format 'format'
            cand --out 'Write files into this directory, which is made; with --format sh one a script'
            cand --offline 'Connect to no node; the plan says what it could not know'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;install'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand --only 'Only these steps; what they need must be done already. May be repeated'
            cand --from 'Only this step and those after it'
            cand --on-failure 'What to do when a step fails'
            cand --record 'Write profile, --set and what is asked because it is missing as a new profile, and go on with that one'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;resume'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;rollback'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand --from 'Only this step and what began after it'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;uninstall'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand --instance 'Only this instance and what is on nodes that no other one uses; the others go on'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;resolve'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand --again 'A step that was skipped is to be done after all; calha install does it then'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand --keep 'Note it as left for good, whatever is there'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;verify'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand --jobs 'So many profiles at a time'
            cand --format 'How the answer is written'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;check'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --jobs 'So many profiles at a time'
            cand --format 'How the answer is written'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;adopt'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand --from-nodes 'Rebuild it from the record that each node keeps of its own operations'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;service'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand --to 'Failover: the node to move to. Without it the other one'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;debug'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand on 'Have the agent write what it does, to /var/adm/clusterlog on every node'
            cand off 'Take that back: only what debug on has put there'
            cand log 'Read the messages of all nodes, in the order of time'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;debug;on'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand --level 'How much the agent writes: 0 nothing, 9 everything'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;debug;off'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;debug;log'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --type 'Of this resource type: SUNW.scics'
            cand --group 'Of this resource group'
            cand --resource 'Of this resource'
            cand --method 'Of this method: ics_svc_start'
            cand --level 'Of this severity and worse: error, warning, notice, info, debug'
            cand --since 'From this time on: "Dec 11 18:00". A log has no years'
            cand --until 'Up to this time'
            cand --node 'Of this node only'
            cand --file 'The file on each node'
            cand --format 'A message a line, for people, or as JSON'
            cand -f 'Go on with what is written from now on, until ^C'
            cand --follow 'Go on with what is written from now on, until ^C'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;debug;help'= {
            cand on 'Have the agent write what it does, to /var/adm/clusterlog on every node'
            cand off 'Take that back: only what debug on has put there'
            cand log 'Read the messages of all nodes, in the order of time'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;debug;help;on'= {
        }
        &'calha;debug;help;off'= {
        }
        &'calha;debug;help;log'= {
        }
        &'calha;debug;help;help'= {
        }
        &'calha;import-results'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;export'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand ansible 'Write an inventory and a playbook for Ansible. The nodes need no Python'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;export;ansible'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;export;help'= {
            cand ansible 'Write an inventory and a playbook for Ansible. The nodes need no Python'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;export;help;ansible'= {
        }
        &'calha;export;help;help'= {
        }
        &'calha;status'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --jobs 'So many profiles at a time'
            cand --format 'How the answer is written'
            cand --offline 'Only what the journal says; connect to no node'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;report'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --format 'format'
            cand --out 'Write it into this file instead of to standard output'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;restore'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --accept 'Accept a question or a problem with this code; may be repeated. Recorded in the journal'
            cand --events 'Tell what happens in a form for programs'
            cand --file 'The file that was edited, as the node spells it'
            cand -y 'Agree to the changes beforehand; nothing is asked'
            cand --yes 'Agree to the changes beforehand; nothing is asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;lab'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand create 'Make a fresh cluster for a profile in a directory that is missing or empty'
            cand shell 'A shell on a node; with words behind the node it runs those: a printed script, for example'
            cand status 'Nodes, groups, resources and mounts'
            cand down 'Power a node off: its groups go to the next one'
            cand up 'Power a node on'
            cand fault 'Have something go wrong: a fault as JSON; without one the faults that wait are listed'
            cand digest 'A line for every path and every line of the configuration: two equal digests are two equal clusters'
            cand calls 'The calls of simulated programs so far'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;lab;create'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;lab;shell'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;lab;status'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;lab;down'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;lab;up'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;lab;fault'= {
            cand --clear 'Nothing goes wrong any more'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;lab;digest'= {
            cand --except 'Leave this path and what is below it out; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;lab;calls'= {
            cand --changing 'Only those after which something was different'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;lab;help'= {
            cand create 'Make a fresh cluster for a profile in a directory that is missing or empty'
            cand shell 'A shell on a node; with words behind the node it runs those: a printed script, for example'
            cand status 'Nodes, groups, resources and mounts'
            cand down 'Power a node off: its groups go to the next one'
            cand up 'Power a node on'
            cand fault 'Have something go wrong: a fault as JSON; without one the faults that wait are listed'
            cand digest 'A line for every path and every line of the configuration: two equal digests are two equal clusters'
            cand calls 'The calls of simulated programs so far'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;lab;help;create'= {
        }
        &'calha;lab;help;shell'= {
        }
        &'calha;lab;help;status'= {
        }
        &'calha;lab;help;down'= {
        }
        &'calha;lab;help;up'= {
        }
        &'calha;lab;help;fault'= {
        }
        &'calha;lab;help;digest'= {
        }
        &'calha;lab;help;calls'= {
        }
        &'calha;lab;help;help'= {
        }
        &'calha;models'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;downtime'= {
            cand --server-days 'Days that a server is down each time'
            cand --server-months 'Months from one such time to the next'
            cand --storage-days 'Days that its storage is down each time'
            cand --storage-months 'Months from one such time to the next'
            cand --nodes 'Active nodes of the N+1 model'
            cand --together-hours 'Hours of a year in which more servers are down than the spare node can replace'
            cand --failover-minutes 'Minutes that the service is away while a group fails over'
            cand --format 'How the answer is written'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;worksheet'= {
            cand --set 'Use this value instead of the profile''s; may be repeated'
            cand --model 'The model of a blank worksheet'
            cand --format 'What to print'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'calha;explain'= {
            cand --set 'Use this value instead of the profile''s; may be repeated'
            cand --all 'The whole guide, for all models, as a page in Markdown'
            cand --codes 'Every code of problems, notes and questions, as a page in Markdown'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;rehearse'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand --keep 'Keep the simulated cluster in this directory, which must be missing or empty, to look at it or go on there (calha lab)'
            cand --uninstall 'Take everything back at the end, and show that the nodes are as before'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;profile'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand check 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;profile;check'= {
            cand --set 'Answer a setting here instead of in the file; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;profile;help'= {
            cand check 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;profile;help;check'= {
        }
        &'calha;profile;help;help'= {
        }
        &'calha;completions'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;schema'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;settings'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'calha;help'= {
            cand new 'Ask what an installation needs to know, and write a profile'
            cand plan 'Show what an installation will do: the exact commands and diffs, in order. Changes nothing'
            cand install 'Do everything that is left to do, validate every step'
            cand resume 'Go on where the last run ended, forward or back'
            cand rollback 'Take back what calha did, the last first'
            cand uninstall 'Take a whole installation back'
            cand resolve 'Note that an undo that was stuck has been settled by hand'
            cand verify 'Say what is different from what the profile wants. Changes nothing'
            cand check 'Open every connection and say who answers: user, system, shell, clock, round trip. Changes nothing'
            cand adopt 'Rebuild a lost journal from what the nodes keep'
            cand service 'Start, stop, move, restart or remove the service of an instance'
            cand debug 'Have the agent write what it does on every node, stop that again, read it'
            cand import-results 'Make a journal from the results of printed scripts'
            cand export 'Write the same work for another engine'
            cand status 'Show how the installation, its group and its resources stand'
            cand report 'Write the hand-over report: what was done and proved, what stays, how to operate and to remove it'
            cand restore 'Put a file back as it was before it was edited, or list the copies'
            cand lab 'Make and look at a simulated cluster'
            cand models 'Compare the three models: what speaks for each, for whom it is meant'
            cand downtime 'Work out how long each model is down, with your own figures'
            cand worksheet 'Print the tables of names to note values in, blank or filled, with a picture of the cluster'
            cand explain 'Say what a step, a row of the guide or an erratum is about'
            cand rehearse 'Try the whole installation on a simulated cluster in a scratch directory'
            cand profile 'Work on a profile file alone, without any node'
            cand completions 'Print what a shell needs to complete this command line'
            cand schema 'Print the JSON Schema of profiles, for editors'
            cand settings 'Print the reference of all settings, in Markdown'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'calha;help;new'= {
        }
        &'calha;help;plan'= {
        }
        &'calha;help;install'= {
        }
        &'calha;help;resume'= {
        }
        &'calha;help;rollback'= {
        }
        &'calha;help;uninstall'= {
        }
        &'calha;help;resolve'= {
        }
        &'calha;help;verify'= {
        }
        &'calha;help;check'= {
        }
        &'calha;help;adopt'= {
        }
        &'calha;help;service'= {
        }
        &'calha;help;debug'= {
            cand on 'Have the agent write what it does, to /var/adm/clusterlog on every node'
            cand off 'Take that back: only what debug on has put there'
            cand log 'Read the messages of all nodes, in the order of time'
        }
        &'calha;help;debug;on'= {
        }
        &'calha;help;debug;off'= {
        }
        &'calha;help;debug;log'= {
        }
        &'calha;help;import-results'= {
        }
        &'calha;help;export'= {
            cand ansible 'Write an inventory and a playbook for Ansible. The nodes need no Python'
        }
        &'calha;help;export;ansible'= {
        }
        &'calha;help;status'= {
        }
        &'calha;help;report'= {
        }
        &'calha;help;restore'= {
        }
        &'calha;help;lab'= {
            cand create 'Make a fresh cluster for a profile in a directory that is missing or empty'
            cand shell 'A shell on a node; with words behind the node it runs those: a printed script, for example'
            cand status 'Nodes, groups, resources and mounts'
            cand down 'Power a node off: its groups go to the next one'
            cand up 'Power a node on'
            cand fault 'Have something go wrong: a fault as JSON; without one the faults that wait are listed'
            cand digest 'A line for every path and every line of the configuration: two equal digests are two equal clusters'
            cand calls 'The calls of simulated programs so far'
        }
        &'calha;help;lab;create'= {
        }
        &'calha;help;lab;shell'= {
        }
        &'calha;help;lab;status'= {
        }
        &'calha;help;lab;down'= {
        }
        &'calha;help;lab;up'= {
        }
        &'calha;help;lab;fault'= {
        }
        &'calha;help;lab;digest'= {
        }
        &'calha;help;lab;calls'= {
        }
        &'calha;help;models'= {
        }
        &'calha;help;downtime'= {
        }
        &'calha;help;worksheet'= {
        }
        &'calha;help;explain'= {
        }
        &'calha;help;rehearse'= {
        }
        &'calha;help;profile'= {
            cand check 'Say everything that is wrong with a profile, each with its line and remedy. Exit status 2 when anything is'
        }
        &'calha;help;profile;check'= {
        }
        &'calha;help;completions'= {
        }
        &'calha;help;schema'= {
        }
        &'calha;help;settings'= {
        }
        &'calha;help;help'= {
        }
    ]
    $completions[$command]
}
