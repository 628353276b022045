//! Codes of a run: the journal, questions, steps that fail, undoing.

codes! {
    JOURNAL_ELSEWHERE: Code(
        "journal.elsewhere",
        Blocks,
        "The nodes keep a record of this installation by calha, and its journal is not here: \
         another machine, another user or XDG_STATE_HOME, or a profile that was renamed.",
        "Go on where the journal is, take the installation over with calha adopt --from-nodes, or \
         give the profile its name back. Accepting it takes what is there for somebody else's.",
    ),
    CONSENT: Code(
        "consent",
        Asks,
        "calha wants consent to the changes, and has no terminal to ask on.",
        "Add --yes; --accept does not stand for it.",
    ),
    DRIFT: StepCode(
        "drift.STEP",
        Asks,
        "What the step did, or would do, is neither there as wanted nor absent: somebody changed \
         something, or it failed half way.",
        "Look at what was found. Accepting it does it again where it is gone, takes it as done \
         where it is there, and else leaves it as it is.",
    ),
    RUN_UNDONE: Code(
        "run.undone",
        Ends,
        "What a step of this run did was not there any more, or was changed, when the run ended: a \
         later program undid it, or somebody else.",
        "Look for what did that, then type the command again: it does the step again, or asks.",
    ),
    GROUP_NOT_OURS: Code(
        "group.not-ours",
        Asks,
        "The resource group exists, and calha did not make it.",
        "Accepting it uses the group and never removes it.",
    ),
    RESOURCE_NOT_OURS: Code(
        "resource.not-ours",
        Asks,
        "The resource exists, and calha did not make it.",
        "Accepting it uses the resource and never removes it.",
    ),
    UNREACHABLE: StepCode(
        "STEP.unreachable",
        Asks,
        "What is to be done or undone is on a file system that is mounted nowhere.",
        "Bring the resource group online first. Accepting it at the way back leaves it there for \
         good.",
    ),
    OPERATOR: StepCode(
        "operator.STEP",
        Asks,
        "Somebody has to do the step by hand, and calha has no terminal to ask on.",
        "Do it, then the command after \"next:\": it looks for the effect. --accept does not stand \
         for it.",
    ),
    ATTENDED: StepCode(
        "attended.STEP",
        Asks,
        "A vendor's program asks, and standard input is not a terminal.",
        "Run calha on a terminal, or set the mode to silent or operator.",
    ),
    SKIP: StepCode(
        "skip.STEP",
        Said,
        "Somebody left the step out; the journal has it under this code.",
        "calha resolve --again STEP puts it back to what is to be done.",
    ),
    STEP_UNKNOWN: Code(
        "step.unknown",
        Refuses,
        "No step has this id.",
        "Take the one that is proposed; calha plan lists them.",
    ),
    STEP_NEEDS: Code(
        "step.needs",
        Refuses,
        "The step needs another one, which is not done.",
        "Add it with --only, or run without --only and --from.",
    ),
    STEP_NOT_BEGUN: Code(
        "step.not-begun",
        Refuses,
        "Nothing of the step began, so there is nothing to undo from there.",
        "calha status lists the steps that did.",
    ),
    STEP_NOT_SKIPPED: Code(
        "step.not-skipped",
        Refuses,
        "Nobody skipped the step.",
        "calha status lists what was skipped or accepted.",
    ),
    STEP_FAILED: Code(
        "step.failed",
        Ends,
        "The step failed on another node too.",
        "Put right what the output below it says, then type the command after \"next:\".",
    ),
    STEP_LEFT_RUNNING: Code(
        "step.left-running",
        Ends,
        "A command is not finished after its limit on another node; calha leaves it running.",
        "The command after \"next:\" waits for it. limit.query, limit.cluster or limit.vendor is \
         the limit: `calha explain limit.vendor`.",
    ),
    UNDO_STUCK: Code(
        "undo.stuck",
        Ends,
        "A command that undoes something failed.",
        "Type the next command that is named, then calha rollback, or calha resolve when it is \
         settled by hand.",
    ),
    VERIFY_NOT_CHECKED: Code(
        "verify.not-checked",
        Blocks,
        "What was done could not be looked at, so nothing proves it now.",
        "Usually its file system is mounted nowhere; bring the group online.",
    ),
    RESTORE_ENDANGERS: Code(
        "restore.endangers",
        Said,
        "Something stands on what restore undoes, and fails later without it.",
        "Agree only if that is meant; calha install puts it back where the file system is mounted.",
    ),
    RESUME_UNCLEAR: Code(
        "resume.unclear",
        Refuses,
        "The last run went back by an older calha, whose journal does not say how far it was to \
         go.",
        "Say it: calha install goes forward, calha rollback undoes everything.",
    ),
    RESTORE_UNKNOWN: Code(
        "restore.unknown",
        Refuses,
        "The installation edits no such file.",
        "calha restore without a file lists those that it does.",
    ),
    STATE_NOWHERE: Code(
        "state.nowhere",
        Refuses,
        "There is no place for the journal.",
        "Set HOME or XDG_STATE_HOME to an absolute path.",
    ),
    LOG_UNWRITABLE: Code(
        "log.unwritable",
        Said,
        "The run has no log, because its file cannot be made.",
        "Make room, or give yourself the right; the journal is what counts.",
    ),
}
